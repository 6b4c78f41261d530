#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/forms/option_form.h"

using namespace twofold;
using namespace twofold::ui;

class TestOptionForm : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<OptionForm> m_form;

  template <class Editor>
  Editor* editor(const char* name) {
    return m_form->findChild<Editor*>(QString("option-") + name);
  }

  static std::vector<OptionSpec> specs() {
    std::vector<OptionSpec> list = {
        switchOption("mixed", "Mixed precision", true, "Half the memory."),
        integerOption("epochs", "Epochs", 10, 1, 1000, "Passes over the training part."),
        realOption("rate", "Learning rate", 3e-4, 1e-7, 1, "Step size."),
        choiceOption("pool", "Pooling", {"mean", "max"}, "How residues are joined."),
        folderOption("weights", "Weights", "Folder with the weights."),
        {"note", "Note", "Any text.", OptionType::Text, std::string("none"), 0, 0, "", {}, true}};
    list[1].unit = "epochs";
    return list;
  }

 private Q_SLOTS:
  void init() {
    m_form = std::make_unique<OptionForm>();
    m_form->setSpecs(specs());
    m_form->show();
  }

  void oneChoiceIsNone() {
    m_form->setSpecs({choiceOption("only", "Only", {"one"}, "There is no other.")});
    QVERIFY(m_form->isEmpty());
    QVERIFY(m_form->values().empty());
    QVERIFY(editor<QWidget>("only") == nullptr);
  }

  void untouchedFormHasNoValues() { QVERIFY(m_form->values().empty()); }

  void everyRealDefaultSurvivesItsEditor_data() {
    QTest::addColumn<double>("value");
    for (const double value :
         {0.0, 1e-6, 3e-4, 1e-3, 0.01, 0.05, 0.1, 0.15, 0.5, 0.999, 8.0, 1.5}) {
      QTest::newRow(qPrintable(QString::number(value))) << value;
    }
  }
  void everyRealDefaultSurvivesItsEditor() {
    QFETCH(double, value);
    m_form->setSpecs({realOption("x", "X", value, 0, 100, "A number.")});
    QVERIFY(m_form->values().empty());
  }

  void onlyChangedValuesAreGivenWithTheirTypes() {
    QSignalSpy edited(m_form.get(), &OptionForm::edited);
    editor<QCheckBox>("mixed")->click();
    editor<QSpinBox>("epochs")->setValue(20);
    editor<QDoubleSpinBox>("rate")->setValue(0.001);
    editor<QComboBox>("pool")->setCurrentText("max");
    editor<QLineEdit>("note")->setText("mine");
    QCOMPARE(edited.count(), 5);
    const OptionValues expected = {{"mixed", false},
                                   {"epochs", std::int64_t{20}},
                                   {"rate", 0.001},
                                   {"pool", std::string("max")},
                                   {"note", std::string("mine")}};
    QVERIFY(m_form->values() == expected);
  }

  void valueOutsideItsRangeCannotBeTyped() {
    auto* epochs = editor<QSpinBox>("epochs");
    epochs->selectAll();
    QTest::keyClicks(epochs, "5000");
    QVERIFY(epochs->value() <= 1000);
    QCOMPARE(epochs->suffix(), QString(" epochs"));
  }

  void missingFolderIsMarkedWithWords() {
    auto* line = editor<QWidget>("weights")->findChild<QLineEdit*>();
    auto* problem = m_form->findChild<QLabel*>("problem-weights");
    QVERIFY(!problem->isVisible());
    line->setText("/nowhere/at/all");
    QVERIFY(problem->isVisible());
    line->setText(QDir::tempPath());
    QVERIFY(!problem->isVisible());
    QCOMPARE(m_form->values().at("weights"), OptionValue(QDir::tempPath().toStdString()));
  }

  void advancedOptionsAreFoldedAwayAndKeepTheirValues() {
    auto* note = editor<QLineEdit>("note");
    QVERIFY(!note->isVisible());
    QTest::mouseClick(m_form->findChild<QPushButton*>("moreOptions"), Qt::LeftButton);
    QVERIFY(note->isVisible());
    note->setText("kept");
    QTest::mouseClick(m_form->findChild<QPushButton*>("moreOptions"), Qt::LeftButton);
    QVERIFY(!note->isVisible());
    QCOMPARE(m_form->values().at("note"), OptionValue(std::string("kept")));
  }

  void helpIsOnEveryEditor() {
    QCOMPARE(editor<QWidget>("pool")->toolTip(), QString("How residues are joined."));
    QCOMPARE(editor<QWidget>("pool")->accessibleDescription(), QString("How residues are joined."));
  }

  void givenValuesAreShown() {
    m_form->setSpecs(specs(), {{"epochs", std::int64_t{3}}, {"pool", std::string("max")}});
    QCOMPARE(editor<QSpinBox>("epochs")->value(), 3);
    QCOMPARE(editor<QComboBox>("pool")->currentText(), QString("max"));
    QCOMPARE(m_form->values().size(), std::size_t{2});
  }

  void formWithoutOptionsIsEmpty() {
    m_form->setSpecs({});
    QVERIFY(m_form->values().empty());
    QVERIFY(!m_form->findChild<QPushButton*>("moreOptions")->isVisible());
  }
};

QTEST_MAIN(TestOptionForm)
#include "tst_option_form.moc"
