// The dialogs with the worker that is shipped: what people meet.
#include <QFile>
#include <QLabel>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "core/base/files.h"
#include "tests/ui/compare_panel/compared_project.h"
#include "tests/ui/shell/settings.h"
#include "ui/panels/runs/runs_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestTransferWithWorker : public QObject {
  Q_OBJECT

 private:
  TestSettings m_settings;
  Theme m_theme{ThemeMode::Light};
  QTemporaryDir m_files;
  std::unique_ptr<ComparedProject> m_project;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<RunQueue> m_queue;
  std::unique_ptr<RunsPanel> m_panel;

  QAbstractItemModel* runs() { return m_panel->findChild<QTableView*>("runTable")->model(); }

  WorkerDialog& open(const char* action) {
    m_panel->transfer().findChild<QAction*>(action)->trigger();
    return *m_panel->transfer().dialog();
  }
  static void type(WorkerDialog& dialog, const char* name, const QString& text) {
    dialog.findChild<QLineEdit*>(name)->setText(text);
  }
  static QString state(const WorkerDialog& dialog) {
    return dialog.findChild<QLabel*>("importState")->text();
  }

  QString write(const QString& name, const QString& text) {
    const QString file = m_files.filePath(name);
    writeFileAtomically(file.toStdString(), text.toStdString());
    return file;
  }

  /// A score of every pair of the set, but for the first `missing`; every second pair swapped.
  QString scores(int missing = 0) {
    store::ProteinRepository proteins(m_project->project().database());
    QString text;
    int i = 0;
    for (const auto& pair : m_project->pairs()) {
      auto a = QString::fromStdString(proteins.byKey(pair.a).id);
      auto b = QString::fromStdString(proteins.byKey(pair.b).id);
      if (i % 2 == 1) {
        std::swap(a, b);
      }
      if (i++ >= missing) {
        text += QString("%1\t%2\t%3\n").arg(a, b).arg(0.01 + 0.0137 * i);
      }
    }
    return text;
  }

  std::string addRunOnASplit() {
    auto& database = m_project->project().database();
    store::PairRepository repository(database);
    const auto set = repository.set("demo").key;
    data::Split split{"random", 1, {}};
    for (std::size_t i = 0; i < m_project->pairs().size(); ++i) {
      split.parts.push_back(data::kParts[i % data::kParts.size()]);
    }
    store::Transaction transaction(database);
    std::ignore = repository.insertSplit("thirds", set, split);
    transaction.commit();
    runs::RunSpec spec;
    spec.experiment = "thirds";
    spec.pairSet = "demo";
    spec.split = "thirds";
    const auto id =
        m_project->runs().create(spec.experiment, runs::toJson(spec).dump(), split.hash()).id;
    m_project->runs().setStatus(id, store::RunStatus::Done);
    return id;
  }

  WorkerDialog& importScores(const QString& text) {
    auto& dialog = open("importScores");
    type(dialog, "scoresFile", write("rival.tsv", text));
    dialog.start();
    return dialog;
  }

 private Q_SLOTS:
  void init() {
    QStandardPaths::setTestModeEnabled(true);
    qputenv("TWOFOLD_WORKER", TWOFOLD_WORKER);
    m_project = std::make_unique<ComparedProject>();
    std::ignore = m_project->add(3);
    m_session = std::make_unique<Session>();
    m_queue = std::make_unique<RunQueue>();
    m_session->setProject(std::make_unique<store::Project>(m_project->open()));
    m_queue->setProject(m_session->project());
    m_panel = std::make_unique<RunsPanel>(*m_session, m_theme, *m_queue);
    m_panel->resize(1200, 600);
    m_panel->show();
    QTRY_COMPARE(runs()->rowCount(), 1);
  }
  void cleanup() {
    m_panel.reset();
    m_queue.reset();
    m_session.reset();
    m_project.reset();
  }

  void scoresBecomeARunOfTheList() {
    auto& dialog = importScores(scores() + "P1\tQ2\t0.5\nP1\tnobody\t0.5\n");
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 30'000);
    QVERIFY2(state(dialog).endsWith("done"), qPrintable(dialog.reportText()));
    const QString report = dialog.reportText();
    QVERIFY2(report.contains("Read 68, kept 66"), qPrintable(report));
    QVERIFY2(report.contains("Skipped 1: unknown protein"), qPrintable(report));
    QVERIFY2(report.contains("Skipped 1: pair not in the set"), qPrintable(report));
    QTRY_COMPARE(runs()->rowCount(), 2);
    const auto id = m_session->run().toStdString();
    const auto record = m_project->runs().run(id);
    QCOMPARE(record.parts.at("test").n, std::int64_t{66});
    QVERIFY(report.contains(m_session->run()));
  }

  void pairsWithoutAScoreAreRefusedWordForWordAndTheCureWorks() {
    auto& dialog = importScores(scores(3) + "P0\tP1\tnan\n");
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 30'000);
    QVERIFY2(state(dialog).contains("failed, nothing was changed"), qPrintable(state(dialog)));
    QVERIFY2(dialog.reportText().contains("pairs have no score"), qPrintable(dialog.reportText()));
    QCOMPARE(m_project->runs().runs().size(), std::size_t{1});
    auto* missing = dialog.findChild<QComboBox*>("scoresMissing");
    missing->setCurrentIndex(missing->findData("leave-out"));
    dialog.start();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 30'000);
    QVERIFY2(state(dialog).endsWith("done"), qPrintable(dialog.reportText()));
    QTRY_COMPARE(runs()->rowCount(), 2);
  }

  void aBrokenFileIsToldWithItsLine() {
    auto& dialog = importScores("P0\tP1\t0.5\nP0\tP2\tmuch\n");
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 30'000);
    QVERIFY2(dialog.reportText().contains("rival.tsv:2: "), qPrintable(dialog.reportText()));
  }

  void aServerThatIsDownIsTold() {
    auto& dialog = open("exportMlflow");
    type(dialog, "mlflowServer", "http://127.0.0.1:9");
    dialog.start();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 60'000);
    QVERIFY2(state(dialog).contains("failed, what was sent is there"), qPrintable(state(dialog)));
    QVERIFY2(dialog.reportText().contains("http://127.0.0.1:9"), qPrintable(dialog.reportText()));
  }

  void runsBecomeATable() {
    auto& dialog = open("exportRunTable");
    const QString file = m_files.filePath("runs.csv");
    type(dialog, "tableFile", file);
    dialog.start();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 30'000);
    QVERIFY2(dialog.reportText().startsWith("1 runs with"), qPrintable(dialog.reportText()));
    QVERIFY(QFile::exists(file));
  }

  void aRunGoesThroughAFolder() {
    const auto id = addRunOnASplit();
    QTRY_COMPARE(runs()->rowCount(), 2);
    auto* table = m_panel->findChild<QTableView*>("runTable");
    const bool isFirst =
        runs()->index(0, 0).data(RunTableModel::RunIdRole).toString() == QString::fromStdString(id);
    table->selectRow(isFirst ? 0 : 1);
    auto& out = open("exportRunFolder");
    type(out, "exportParent", m_files.path());
    out.start();
    QTRY_VERIFY_WITH_TIMEOUT(!out.isBusy(), 30'000);
    QVERIFY2(out.reportText().contains(QString::fromStdString("Run " + id)),
             qPrintable(out.reportText()));
    auto& in = open("importRunFolder");
    type(in, "runFolder", m_files.filePath(QString::fromStdString(id)));
    in.start();
    QTRY_VERIFY_WITH_TIMEOUT(!in.isBusy(), 30'000);
    QVERIFY2(in.reportText().contains("is in the project"), qPrintable(in.reportText()));
    QTRY_COMPARE(runs()->rowCount(), 3);
  }
};

QTEST_MAIN(TestTransferWithWorker)
#include "tst_transfer_with_worker.moc"
