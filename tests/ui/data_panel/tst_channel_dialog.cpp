#include <QSignalSpy>
#include <QTest>

#include "ui/panels/data/channel_dialog.h"

using namespace twofold;
using namespace twofold::ui;

class TestChannelDialog : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<ChannelDialog> m_dialog;

  template <class Widget>
  Widget* child(const char* name) {
    return m_dialog->findChild<Widget*>(name);
  }
  void choose(const char* name, const char* value) {
    auto* box = child<QComboBox>(name);
    box->setCurrentIndex(box->findData(QString::fromLatin1(value)));
  }

 private Q_SLOTS:
  void init() {
    m_dialog = std::make_unique<ChannelDialog>(m_theme, "/data/liver-expression.v2.tsv.gz",
                                               QStringList{"taken"});
    m_dialog->show();
  }

  void aFilesNameMakesAChannelsName_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << "/a/expression.tsv"
                           << "expression";
    QTest::newRow("signs") << "/a/my table (2).tsv"
                           << "my_table_2";
    QTest::newRow("number first") << "/a/2024_rna.csv"
                                  << "rna";
    QTest::newRow("nothing is left") << "/a/123.csv"
                                     << "";
  }
  void aFilesNameMakesAChannelsName() {
    QFETCH(QString, file);
    QFETCH(QString, name);
    QCOMPARE(channelNameFrom(file), name);
  }

  void theDefaultsAreThoseOfTheCommand() {
    QCOMPARE(m_dialog->arguments(),
             (QStringList{"import", "channel", "/data/liver-expression.v2.tsv.gz", "--name",
                          "liver_expression", "--normalisation", "standard", "--missing", "mask",
                          "--non-finite", "mask", "--constant", "keep"}));
  }

  void everyChoiceReachesTheCommand() {
    choose("channelRows", "residue");
    choose("channelPooling", "mean-max");
    choose("channelNormalisation", "log");
    choose("channelMissing", "mean");
    choose("channelNonFinite", "refuse");
    choose("channelConstant", "drop");
    const auto text = m_dialog->arguments().join(' ');
    QVERIFY2(text.endsWith("--normalisation log --missing mean --non-finite refuse --constant drop "
                           "--per-residue --pooling mean-max"),
             qPrintable(text));
  }

  void poolingIsOfResidues() {
    QVERIFY(!child<QComboBox>("channelPooling")->isEnabled());
    choose("channelRows", "residue");
    QVERIFY(child<QComboBox>("channelPooling")->isEnabled());
  }

  void aNameThatIsNoneIsSaid() {
    child<QLineEdit>("channelName")->setText("a.b");
    QVERIFY(!child<QPushButton>("channelImport")->isEnabled());
    QVERIFY(child<QLabel>("channelProblem")->text().contains("letters, digits"));
    child<QLineEdit>("channelName")->setText("a_b");
    QVERIFY(child<QPushButton>("channelImport")->isEnabled());
    QVERIFY(!child<QLabel>("channelProblem")->isVisible());
  }

  void aTakenNameMustBeReplacedOnPurpose() {
    child<QLineEdit>("channelName")->setText("taken");
    QVERIFY(!child<QPushButton>("channelImport")->isEnabled());
    QVERIFY(child<QCheckBox>("channelReplace")->isVisible());
    child<QCheckBox>("channelReplace")->click();
    QVERIFY(child<QPushButton>("channelImport")->isEnabled());
    QVERIFY(m_dialog->arguments().contains("--replace"));
    child<QLineEdit>("channelName")->setText("other");
    QVERIFY(!m_dialog->arguments().contains("--replace"));
    child<QLineEdit>("channelName")->setText("TAKEN");
    QVERIFY(!child<QPushButton>("channelImport")->isEnabled());
  }

  void theKeyboardSuffices() {
    QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
    QSignalSpy rejected(m_dialog.get(), &QDialog::rejected);
    auto* name = child<QLineEdit>("channelName");
    QTest::keyClicks(name, "typed");  // the name is selected at first
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(m_dialog->arguments().at(4), QString("typed"));
    m_dialog->show();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QCOMPARE(rejected.size(), 1);
  }
};

QTEST_MAIN(TestChannelDialog)
#include "tst_channel_dialog.moc"
