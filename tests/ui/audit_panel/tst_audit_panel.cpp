#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "core/base/error.h"
#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/audit/audit_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestAuditPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<AuditPanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  void click(const char* name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  QString textOf(const char* name) { return child<QLabel>(name)->text(); }
  QString cell(const char* table, int row, int column) {
    return child<QTableView>(table)->model()->index(row, column).data().toString();
  }
  void openProject() { m_session->setProject(m_test->release()); }
  void openAndRun(const char* mode) {
    openProject();
    qputenv("FAKE_WORKER", mode);
    click("startAudit");
  }
  void audit() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_panel = std::make_unique<AuditPanel>(*m_session, m_theme);
    m_panel->resize(1200, 600);
    m_panel->show();
  }
  void cleanup() {
    qunsetenv("FAKE_WORKER_LOG");
    m_panel.reset();
    m_session.reset();
    m_test.reset();
  }

  void withoutAProjectOrPairsItSaysTheCure() {
    QVERIFY(textOf("emptyText").contains("Open a project"));
    QTemporaryDir folder;
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(folder.filePath("empty").toStdString())));
    QVERIFY_EXCEPTION_THROWN(std::ignore = m_panel->arguments(), Error);
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    click("emptyAction");
    QCOMPARE(wanted[0][0].toString(), QString("data"));
  }

  void theFormIsTheCommand() {
    openProject();
    QCOMPARE(m_panel->arguments(), (QStringList{"audit", "--pairs", "demo", "--split", "random"}));
    child<QComboBox>("auditSubject")->setCurrentIndex(1);
    child<QCheckBox>("auditRelatives")->click();
    QCOMPARE(m_panel->arguments(), (QStringList{"audit", "--pairs", "demo", "--no-relatives"}));
    click("copyAuditCommand");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             "twofold-worker audit --pairs demo --no-relatives --project " + m_test->folder());
  }

  void anAuditEndsAsALightAndItsFindings() {
    audit();
    QVERIFY2(textOf("auditState").contains("demo / random is red"),
             qPrintable(textOf("auditState")));
    QCOMPARE(child<QTableView>("auditFindings")->model()->rowCount(), 4);
    QCOMPARE(cell("auditFindings", 0, FindingTableModel::Light), QString("green"));
    QCOMPARE(cell("auditFindings", 1, FindingTableModel::Light), QString("red"));
    QCOMPARE(cell("auditFindings", 1, FindingTableModel::Title), QString("shared pairs"));
    QCOMPARE(cell("auditFindings", 2, FindingTableModel::Light), QString("amber"));
    QCOMPARE(cell("auditFindings", 2, FindingTableModel::Found), QString("2\u2009000"));
    QCOMPARE(cell("auditFindings", 3, FindingTableModel::Light), QString("not looked at"));
    QCOMPARE(cell("auditFindings", 3, FindingTableModel::Found), QString("–"));
    const auto* model = child<QTableView>("auditFindings")->model();
    for (int row = 0; row < 3; ++row) {  // a shape beside the word
      QVERIFY(!model->index(row, 0).data(Qt::DecorationRole).value<QIcon>().isNull());
    }
  }

  void theWorstFindingIsShownFirstWithItsRows() {
    audit();
    QCOMPARE(child<QTableView>("auditFindings")->currentIndex().row(), 1);
    QVERIFY(child<QTextBrowser>("auditDetails")->toPlainText().contains("Said in <one> sentence."));
    QCOMPARE(cell("auditRows", 0, AuditRowModel::First), QString("P1"));
    QCOMPARE(cell("auditRows", 0, AuditRowModel::Second), QString("P2"));
    QCOMPARE(cell("auditRows", 0, AuditRowModel::Reason),
             QString("in training with the same label"));
    QCOMPARE(textOf("auditRowCount"), QString("Rows: 1"));
    click("copyAuditRows");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString("part\tfirst\tsecond\tlabel\treason\n"
                     "test\tP1\tP2\t1\tin training with the same label\n"));
    child<QTableView>("auditFindings")->selectRow(2);
    QVERIFY(textOf("auditRowCount").contains("The first 1 of 2\u2009000 rows"));
    QCOMPARE(cell("auditRows", 0, AuditRowModel::First), QString("P1"));
    QCOMPARE(cell("auditRows", 0, AuditRowModel::Second), QString());
  }

  void onlyWhatCanBeLeftOutOffersASplitWithoutIt() {
    audit();
    QVERIFY(child<QPushButton>("splitWithout")->isEnabled());
    child<QTableView>("auditFindings")->selectRow(0);
    QVERIFY(!child<QPushButton>("splitWithout")->isEnabled());
    QVERIFY(child<QPushButton>("splitWithoutAll")->isEnabled());
    child<QLineEdit>("auditSplitName")->clear();
    QVERIFY(!child<QPushButton>("splitWithoutAll")->isEnabled());
  }

  void aSplitWithoutThisIsMadeAndItsOwnAuditShown() {
    audit();
    const QString log = m_test->folder() + "/log";
    qputenv("FAKE_WORKER_LOG", log.toUtf8());
    QCOMPARE(child<QLineEdit>("auditSplitName")->text(), QString("random-without"));
    QSignalSpy changed(m_session.get(), &Session::dataChanged);
    click("splitWithout");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("auditState").contains("demo / random-without is amber") &&
                 textOf("auditState").contains("1\u2009234 train"),
             qPrintable(textOf("auditState")));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(cell("auditFindings", 1, FindingTableModel::Light), QString("green"));
    click("splitWithoutAll");
    QVERIFY(!m_panel->isRunning());  // nothing more can be left out
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("audit random-without shared_pair\n"));
  }

  void aStoppedAuditSaysSo() {
    openAndRun("slow");
    QTRY_VERIFY(textOf("auditStep").contains("Reading"));
    QVERIFY(!child<QComboBox>("auditSubject")->isEnabled());
    click("stopAudit");
    QTRY_VERIFY(!m_panel->isRunning());
    QCOMPARE(textOf("auditState"), QString("Stopped."));
    QVERIFY(child<QPushButton>("startAudit")->isVisible());
  }

  void aFailureIsSaidInItsWords() {
    openAndRun("early");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY(textOf("auditState").contains("two columns are needed"));
    QVERIFY(!child<QTableView>("auditFindings")->isVisible());
  }

  void anotherProjectLeavesNothingOfTheFormer() {
    audit();
    click("startAudit");
    QVERIFY(m_panel->isRunning());
    openProject();
    QVERIFY(!m_panel->isRunning());
    QVERIFY(!child<QTableView>("auditFindings")->isVisible());
  }

  void whatIsNoAuditIsRefusedWithWords() {
    QVERIFY_EXCEPTION_THROWN(std::ignore = auditResult({{"command", "audit"}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        std::ignore = auditResult(
            {{"pairs", "p"}, {"light", "ok"}, {"findings", {{{"kind", "shared_pair"}}}}}),
        Error);
  }

  void modelsKeepTheRules() {
    FindingTableModel findings(m_theme);
    AuditRowModel rows;
    const QAbstractItemModelTester first(&findings,
                                         QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester second(&rows,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(findings.worstRow(), -1);
    AuditFinding finding;
    finding.severity = "bad";
    findings.setFindings({finding, finding});
    QCOMPARE(findings.worstRow(), 0);
    rows.setRows({{"test", "P1", "P2", "1", "why"}});
    QCOMPARE(rows.rowCount(), 1);
    findings.setFindings({});
    rows.setRows({});
  }

  void everythingTheKeyboardReachesHasAName() {
    audit();
    QCOMPARE(namelessWidgets(*m_panel), QStringList());
  }
};

QTEST_MAIN(TestAuditPanel)
#include "tst_audit_panel.moc"
