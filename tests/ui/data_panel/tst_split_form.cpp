#include <QCheckBox>
#include <QSignalSpy>
#include <QTest>

#include "core/data/splitters.h"
#include "ui/panels/data/split_form.h"

using namespace twofold;
using namespace twofold::ui;

class TestSplitForm : public QObject {
  Q_OBJECT

 private:
  SplitForm m_form;

  template <class Widget>
  Widget* child(const char* name) {
    return m_form.findChild<Widget*>(name);
  }
  void choose(const char* rule) {
    auto* box = child<QComboBox>("splitRule");
    box->setCurrentIndex(box->findData(QString(rule)));
  }

 private Q_SLOTS:
  void initTestCase() {
    m_form.setPairSets({"demo"});
    m_form.show();
  }

  void everyRuleIsOfferedWithEditorsForItsOptions() {
    QCOMPARE(child<QComboBox>("splitRule")->count(),
             static_cast<int>(data::splitters().entries().size()));
    for (const auto& entry : data::splitters().entries()) {
      choose(entry.descriptor.id.c_str());
      for (const auto& option : entry.descriptor.options) {
        QVERIFY(child<QWidget>(("option-" + option.id).c_str()) != nullptr);
      }
      QCOMPARE(child<QWidget>("splitOptions")->isVisibleTo(&m_form),
               !entry.descriptor.options.empty());
    }
  }

  void theNameFollowsTheRuleUntilOneIsTyped() {
    choose("c3");
    QCOMPARE(child<QLineEdit>("splitName")->text(), QString("c3"));
    child<QLineEdit>("splitName")->setText("mine");
    choose("clusters");
    QCOMPARE(child<QLineEdit>("splitName")->text(), QString("mine"));
  }

  void optionsThatDifferAreArguments() {
    choose("species");
    child<QLineEdit>("option-test")->setText("Mus musculus");
    const auto arguments = m_form.arguments();
    const auto set = arguments.indexOf("--set");
    QVERIFY(set > 0);
    QCOMPARE(arguments.at(set + 1), QString("test=Mus musculus"));
    QCOMPARE(arguments.count("--set"), 1);
    QVERIFY(!arguments.contains("--negatives"));
  }

  void drawnNegativesAreArguments() {
    choose("random");
    child<QSpinBox>("option-per_positive")->setValue(10);
    QVERIFY(!m_form.arguments().contains("--per-positive"));  // of given ones nothing is drawn
    child<QComboBox>("option-negatives")->setCurrentText("degree");
    child<QCheckBox>("option-other_compartments")->setChecked(true);
    QCOMPARE(m_form.arguments().mid(11), (QStringList{"--negatives", "degree", "--per-positive",
                                                      "10", "--other-compartments"}));
    child<QComboBox>("option-negatives")->setCurrentText("given");
  }

  void aPreviewIsTheSameCommandWithOneWordMore() {
    QSignalSpy wanted(&m_form, &SplitForm::previewWanted);
    child<QPushButton>("previewSplit")->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toStringList(), m_form.arguments() + QStringList{"--preview"});
  }

  void withoutPairSetsNothingCanBePressed() {
    SplitForm empty;
    empty.setPairSets({});
    for (const char* name : {"previewSplit", "makeSplit", "copySplit"}) {
      QVERIFY(!empty.findChild<QPushButton*>(name)->isEnabled());
    }
  }
};

QTEST_MAIN(TestSplitForm)
#include "tst_split_form.moc"
