#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "core/base/error.h"
#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "tests/ui/shell/settings.h"
#include "ui/panels/transfer/mlflow_dialogs.h"
#include "ui/panels/transfer/run_transfer.h"
#include "ui/panels/transfer/scores_dialog.h"

using namespace twofold;
using namespace twofold::ui;

class TestTransferDialogs : public QObject {
  Q_OBJECT

 private:
  TestSettings m_settings;
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;

  static void type(WorkerDialog& dialog, const char* name, const QString& text) {
    dialog.findChild<QLineEdit*>(name)->setText(text);
  }
  static void choose(WorkerDialog& dialog, const char* name, const QString& value) {
    auto* box = dialog.findChild<QComboBox*>(name);
    const int index = box->findData(value);
    QVERIFY2(index >= 0, qPrintable(value));
    box->setCurrentIndex(index);
  }
  static QPushButton* button(WorkerDialog& dialog, const char* name) {
    return dialog.findChild<QPushButton*>(name);
  }
  static QString problem(WorkerDialog& dialog) {
    return dialog.findChild<QLabel*>("dialogProblem")->text();
  }
  static bool canStart(WorkerDialog& dialog) { return button(dialog, "dialogStart")->isEnabled(); }

  /// A set without a split.
  void addData() {
    auto& database = m_session->project()->database();
    store::Transaction transaction(database);
    store::PairRepository pairs(database);
    std::ignore =
        pairs.insertSet("other", "x", {{m_test->a(), m_test->b(), data::Label::Positive}});
    transaction.commit();
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_session->setProject(m_test->release());
  }
  void cleanup() {
    m_session.reset();
    m_test.reset();
  }

  void scoresAskForWhatIsMissing() {
    ScoresDialog dialog(*m_session, m_theme);
    QVERIFY(!canStart(dialog));
    QVERIFY2(problem(dialog).contains("Choose the file"), qPrintable(problem(dialog)));
    type(dialog, "scoresFile", "/x/D-SCRIPT human.tsv");
    QCOMPARE(dialog.findChild<QLineEdit*>("scoresName")->text(), QString("D-SCRIPT human"));
    QVERIFY(canStart(dialog));
    type(dialog, "scoresName", " ");
    QVERIFY2(problem(dialog).contains("what the model is called"), qPrintable(problem(dialog)));
    type(dialog, "scoresName", "mine");
    type(dialog, "scoresFile", "/x/other.tsv");
    QCOMPARE(dialog.findChild<QLineEdit*>("scoresName")->text(), QString("mine"));
  }

  void theScoresFormIsTheCommand() {
    addData();
    ScoresDialog dialog(*m_session, m_theme);
    type(dialog, "scoresFile", "/x/scores.tsv");
    choose(dialog, "scoresPairs", "demo");
    QCOMPARE(dialog.arguments(),
             (QStringList{"import", "scores", "/x/scores.tsv", "--pairs", "demo", "--name",
                          "scores", "--split", "random", "--scores", "auto", "--missing", "refuse",
                          "--repeated", "refuse"}));
    choose(dialog, "scoresPairs", "other");
    choose(dialog, "scoresPart", "validation");
    choose(dialog, "scoresScale", "rank");
    choose(dialog, "scoresMissing", "leave-out");
    choose(dialog, "scoresRepeated", "mean");
    type(dialog, "scoresIds", "/x/ids.tsv");
    type(dialog, "scoresColumns", "1,2,4");
    choose(dialog, "scoresHeader", "no");
    choose(dialog, "scoresDelimiter", "tab");
    QCOMPARE(dialog.arguments(),
             (QStringList{"import", "scores",      "/x/scores.tsv", "--pairs",    "other",
                          "--name", "scores",      "--split",       "none",       "--scores",
                          "rank",   "--missing",   "leave-out",     "--repeated", "mean",
                          "--part", "validation",  "--columns",     "1,2,4",      "--header",
                          "no",     "--delimiter", "tab",           "--ids",      "/x/ids.tsv"}));
    QTest::mouseClick(button(dialog, "dialogCopy"), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(
        "twofold-worker import scores /x/scores.tsv --pairs other"));
    QVERIFY(QGuiApplication::clipboard()->text().endsWith("--project " + m_test->folder()));
  }

  void mlflowTakesSelectedRunsAnExperimentOrAll() {
    MlflowExportDialog dialog(*m_session, m_theme, {"r1", "r2"}, {"o'hara"});
    QVERIFY2(problem(dialog).contains("http://localhost:5000"), qPrintable(problem(dialog)));
    type(dialog, "mlflowServer", "localhost:5000");
    QVERIFY(!canStart(dialog));
    type(dialog, "mlflowServer", " http://localhost:5000 ");
    const QStringList command{"export", "mlflow", "--url", "http://localhost:5000"};
    QCOMPARE(dialog.arguments(), command + (QStringList{"--runs", "r1,r2"}));
    auto* runs = dialog.findChild<QComboBox*>("mlflowRuns");
    runs->setCurrentIndex(1);
    QCOMPARE(dialog.arguments(), command + (QStringList{"--filter", "experiment = 'o''hara'"}));
    runs->setCurrentIndex(2);
    type(dialog, "mlflowExperiment", "shared");
    type(dialog, "mlflowToken", "/x/token");
    QCOMPARE(dialog.arguments(),
             command + (QStringList{"--experiment", "shared", "--token-file", "/x/token"}));
  }

  void theServerIsRemembered() {
    {
      MlflowExportDialog dialog(*m_session, m_theme, {}, {});
      type(dialog, "mlflowServer", "http://tracking:5000");
      dialog.start();
      QTRY_VERIFY(!dialog.isBusy());
    }
    const MlflowExportDialog dialog(*m_session, m_theme, {}, {});
    QCOMPARE(dialog.findChild<QLineEdit*>("mlflowServer")->text(), QString("http://tracking:5000"));
  }

  void otherFormsAreTheirCommands() {
    MlflowImportDialog mlflow(*m_session, m_theme);
    QVERIFY(problem(mlflow).contains("mlflow.db"));
    type(mlflow, "mlflowFile", "/x/mlflow.db");
    type(mlflow, "mlflowOnly", "mine");
    QCOMPARE(mlflow.arguments(),
             (QStringList{"import", "mlflow", "/x/mlflow.db", "--experiment", "mine"}));

    RunImportDialog folder(*m_session, m_theme);
    QVERIFY(problem(folder).contains("folder"));
    type(folder, "runFolder", "/x/r1");
    type(folder, "runWeights", "/w");
    type(folder, "runExperiment", "again");
    QCOMPARE(folder.arguments(),
             (QStringList{"import", "run", "/x/r1", "--weights", "/w", "--experiment", "again"}));

    RunExportDialog out(*m_session, m_theme, {"r1", "r2"});
    QVERIFY(!canStart(out));
    type(out, "exportParent", "/x");
    QCOMPARE(out.arguments(), (QStringList{"export", "folder", "r1", "--out", "/x/r1"}));
    out.findChild<QComboBox*>("exportRun")->setCurrentText("r2");
    QCOMPARE(out.arguments(), (QStringList{"export", "folder", "r2", "--out", "/x/r2"}));

    RunTableDialog table(*m_session, m_theme,
                         {"metrics.auprc > 0.6", "params.seed", false, {}, {}});
    type(table, "tableFile", "/x/runs.csv");
    QCOMPARE(table.arguments(), (QStringList{"export", "runs", "--out", "/x/runs.csv", "--filter",
                                             "metrics.auprc > 0.6", "--columns", "params.seed"}));
    table.findChild<QCheckBox*>("tableFiltered")->setChecked(false);
    table.findChild<QCheckBox*>("tableArchived")->setChecked(true);
    QCOMPARE(table.arguments(), (QStringList{"export", "runs", "--out", "/x/runs.csv", "--columns",
                                             "params.seed", "--archived"}));
  }

  void nothingComesIntoAProjectThatCanBeReadOnly() {
    m_session->project()->database().execute("PRAGMA user_version = 99999");  // of a later version
    m_session->setProject(
        std::make_unique<store::Project>(store::Project::open(m_test->folder().toStdString())));
    const auto reason = QString::fromStdString(m_session->project()->readOnlyReason());
    QVERIFY(!reason.isEmpty());
    MlflowImportDialog import(*m_session, m_theme);
    type(import, "mlflowFile", "/x/mlflow.db");
    QVERIFY(!canStart(import));
    QCOMPARE(problem(import), reason);
    RunTableDialog table(*m_session, m_theme, {});
    type(table, "tableFile", "/x/runs.csv");
    QVERIFY2(canStart(table), "what leaves changes nothing");
  }

  void aTableHoldsTheRunsThatWordsFound() {
    RunTableDialog table(*m_session, m_theme, {{}, {}, false, "esm2", {"r1", "r2"}});
    type(table, "tableFile", "/x/runs.csv");
    auto* filtered = table.findChild<QCheckBox*>("tableFiltered");
    QVERIFY2(filtered->text().contains("2 that the list shows for \"esm2\""),
             qPrintable(filtered->text()));
    const QStringList all{"export", "runs", "--out", "/x/runs.csv"};
    QCOMPARE(table.arguments(), all + (QStringList{"--filter", "id in ('r1', 'r2')"}));
    filtered->setChecked(false);
    QCOMPARE(table.arguments(), all);

    RunTableDialog none(*m_session, m_theme, {{}, {}, false, "nothing", {}});
    type(none, "tableFile", "/x/runs.csv");
    QVERIFY(!canStart(none));
    QVERIFY2(problem(none).contains("shows no run for \"nothing\""), qPrintable(problem(none)));
    none.findChild<QCheckBox*>("tableFiltered")->setChecked(false);
    QVERIFY(canStart(none));
  }

  void allColumnsCanBeHadThoughSomeWereAdded() {
    RunTableDialog table(*m_session, m_theme, {{}, "params.seed", false, {}, {}});
    type(table, "tableFile", "/x/runs.csv");
    QVERIFY(table.arguments().contains("--columns"));
    table.findChild<QCheckBox*>("tableAdded")->setChecked(false);
    QVERIFY(!table.arguments().contains("--columns"));
  }

  void whatWentWellIsNotStartedAgainUnchanged() {
    MlflowImportDialog dialog(*m_session, m_theme);
    dialog.show();
    type(dialog, "mlflowFile", "/x/mlflow.db");
    QSignalSpy succeeded(&dialog, &WorkerDialog::succeeded);
    QTest::mouseClick(button(dialog, "dialogStart"), Qt::LeftButton);
    QVERIFY(dialog.isBusy());
    QVERIFY(!dialog.findChild<QLineEdit*>("mlflowFile")->isEnabled());
    QTRY_COMPARE(succeeded.size(), 1);
    QTRY_VERIFY(!dialog.isBusy());
    QVERIFY(!canStart(dialog));
    type(dialog, "mlflowFile", "/x/another.db");
    QVERIFY(canStart(dialog));
  }

  void aFailureKeepsTheWorkersWordsAndTheForm() {
    useFakeWorker("early");
    MlflowImportDialog dialog(*m_session, m_theme);
    type(dialog, "mlflowFile", "/x/mlflow.db");
    dialog.start();
    QTRY_VERIFY(!dialog.isBusy());
    QCOMPARE(dialog.reportText(), QString("pairs.tsv:3: two columns are needed"));
    QVERIFY(canStart(dialog));
    QCOMPARE(dialog.findChild<QLineEdit*>("mlflowFile")->text(), QString("/x/mlflow.db"));
  }

  void escapeStopsAndThenCloses() {
    useFakeWorker("slow");
    MlflowExportDialog dialog(*m_session, m_theme, {}, {});
    type(dialog, "mlflowServer", "http://tracking:5000");
    dialog.show();
    dialog.start();
    auto* state = dialog.findChild<QLabel*>("importState");
    QTRY_VERIFY(state->text().contains("Reading"));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(dialog.isVisible());
    QTRY_VERIFY(!dialog.isBusy());
    QVERIFY2(state->text().contains("stopped, what was sent is there"), qPrintable(state->text()));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
  }

  void thereIsOneDialogAtATime() {
    useFakeWorker("slow");
    QWidget window;
    RunsAtHand runs;
    RunTransfer transfer(
        *m_session, m_theme, [&] { return runs; }, &window);
    const auto trigger = [&](const char* name) { transfer.findChild<QAction*>(name)->trigger(); };
    QSignalSpy said(m_session.get(), &Session::message);
    trigger("exportRunFolder");
    QVERIFY(transfer.dialog() == nullptr);
    QVERIFY(said[0][0].toString().contains("Select the run"));
    runs.selected = QStringList{"r1"};
    trigger("exportRunFolder");
    QCOMPARE(transfer.dialog()->objectName(), QString("runExportDialog"));
    trigger("importMlflow");
    QCOMPARE(transfer.dialog()->objectName(), QString("mlflowImportDialog"));
    type(*transfer.dialog(), "mlflowFile", "/x/mlflow.db");
    transfer.dialog()->start();
    trigger("importScores");
    QCOMPARE(transfer.dialog()->objectName(), QString("mlflowImportDialog"));
    QVERIFY(said.last()[0].toString().contains("at work"));
    m_session->setProject(nullptr);
    QVERIFY(transfer.dialog() == nullptr);
    QVERIFY(!transfer.imports().first()->isEnabled());
  }

  void everythingTheKeyboardReachesHasAName() {
    ScoresDialog scores(*m_session, m_theme);
    MlflowExportDialog mlflow(*m_session, m_theme, {"r1"}, {"e"});
    RunImportDialog folder(*m_session, m_theme);
    RunExportDialog out(*m_session, m_theme, {"r1"});
    RunTableDialog table(*m_session, m_theme, {"status = 'done'", "", false});
    for (const WorkerDialog* dialog :
         std::initializer_list<WorkerDialog*>{&scores, &mlflow, &folder, &out, &table}) {
      QCOMPARE(namelessWidgets(*dialog), QStringList());
    }
  }
};

QTEST_MAIN(TestTransferDialogs)
#include "tst_transfer_dialogs.moc"
