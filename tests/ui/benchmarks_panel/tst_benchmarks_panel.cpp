#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "core/base/error.h"
#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/benchmarks/benchmarks_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestBenchmarksPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<QTemporaryDir> m_files;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<CatalogLoader> m_catalog;
  std::unique_ptr<BenchmarksPanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  void click(const char* name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  QString textOf(const char* name) { return child<QLabel>(name)->text(); }
  QString cell(int row, int column) {
    return child<QTableView>("benchmarkTable")->model()->index(row, column).data().toString();
  }
  void write(const char* name) {
    const QString path = m_files->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
  }
  void openProject() {
    m_session->setProject(m_test->release());
    QTRY_VERIFY(!m_panel->isLoading());
  }
  void choose(const char* benchmark) {
    auto* box = child<QComboBox>("benchmark");
    box->setCurrentIndex(box->findData(QLatin1String(benchmark)));
    QTRY_VERIFY(!m_panel->isLoading());
  }
  void lookInto(const QString& folder) {
    child<QLineEdit>("benchmarkFolder")->setText(folder);
    QTRY_VERIFY(!m_panel->isLoading());
  }
  /// Two of Guo's three splits lie in the folder.
  void openWithFiles() {
    for (const char* file : {"proteins.fasta", "random/guo_train.tsv", "random/guo_test.tsv",
                             "rewired/guo_train.tsv", "rewired/guo_test.tsv"}) {
      write(file);
    }
    openProject();
    choose("guo");
    lookInto(m_files->path());
  }
  /// The set "guo-random" with its split, as an import leaves it.
  void addSet(const char* name, data::Part part) {
    auto& database = m_session->project()->database();
    store::Transaction transaction(database);
    store::PairRepository pairs(database);
    const auto key =
        pairs.insertSet(name, "made", {{m_test->a(), m_test->b(), data::Label::Positive}});
    std::ignore = pairs.insertSplit(name, key, {"files", 0, {part}});
    transaction.commit();
    Q_EMIT m_session->dataChanged();
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_files = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    m_catalog = std::make_unique<CatalogLoader>();
    m_catalog->load();
    QTRY_VERIFY(m_catalog->catalog() != nullptr);
    m_panel = std::make_unique<BenchmarksPanel>(*m_session, m_theme, *m_catalog);
    m_panel->resize(1300, 700);
    m_panel->show();
  }
  void cleanup() {
    m_panel.reset();
    m_session.reset();
    m_test.reset();
  }

  void withoutAProjectItSaysTheCure() { QVERIFY(textOf("emptyText").contains("Open a project")); }

  void aBenchmarkSaysWhatItIsAndWhereItsFilesAreHad() {
    openProject();
    choose("bernett");
    QVERIFY(textOf("benchmarkAbout").contains("bbae076"));
    QVERIFY(textOf("benchmarkAbout").contains("GPL-3"));
    QVERIFY(textOf("benchmarkAbout").contains("no protein of one part is in another"));
    const QString link = child<QLineEdit>("benchmarkLink")->text();
    QVERIFY(link.startsWith("https://figshare.com/"));
    QVERIFY(child<QLineEdit>("benchmarkLink")->isReadOnly());
    click("copyBenchmarkLink");
    QCOMPARE(QGuiApplication::clipboard()->text(), link);
    QVERIFY2(textOf("benchmarkFound").contains("Intra1_pos_rr.txt"),
             qPrintable(textOf("benchmarkFound")));
    choose("dscript");
    QVERIFY(textOf("benchmarkAbout").contains("MIT"));
  }

  void withoutFilesNothingCanBeStarted() {
    openProject();
    choose("guo");
    QVERIFY(!child<QPushButton>("importBenchmark")->isEnabled());
    QVERIFY(!child<QPushButton>("startBenchmark")->isEnabled());
    QVERIFY(textOf("benchmarkProblem").contains("Choose the folder"));
    lookInto(m_files->filePath("nowhere"));
    QVERIFY2(textOf("benchmarkFound").contains("Missing for guo-random"),
             qPrintable(textOf("benchmarkFound")));
    QVERIFY(!child<QPushButton>("importBenchmark")->isEnabled());
    QVERIFY(child<QPushButton>("importBenchmark")->toolTip().contains("holds no set"));
  }

  void aFolderThatLacksFilesNamesThem() {
    openWithFiles();
    const QString words = textOf("benchmarkFound");
    QVERIFY2(words.contains("Found: guo-random, as Bernett et al. split it."), qPrintable(words));
    QVERIFY(words.contains("Found: guo-rewired"));
    QVERIFY(
        words.contains("Missing for guo-partition, as Bernett et al. split it: "
                       "partition/guo_block_0.tsv, partition/guo_block_1.tsv."));
    QVERIFY(child<QPushButton>("importBenchmark")->isEnabled());
  }

  void theFormIsTheCommand() {
    openWithFiles();
    child<QCheckBox>("benchmarkChannel-calpha")->click();
    child<QSpinBox>("benchmarkSeeds")->setValue(2);
    child<QCheckBox>("benchmarkControls")->click();
    click("copyBenchmarkCommand");
    const QString backbone = child<QComboBox>("benchmarkBackbone")->currentData().toString();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             "twofold-worker bench run guo --data " + m_files->path() + " --backbone " + backbone +
                 " --channels sequence,calpha --seeds 2 --no-controls --project " +
                 m_test->folder());
    QCOMPARE(m_panel->importArguments(),
             (QStringList{"bench", "import", "guo", "--data", m_files->path()}));
    child<QCheckBox>("benchmarkChannel-calpha")->click();
    child<QCheckBox>("benchmarkChannel-sequence")->click();
    QVERIFY(textOf("benchmarkProblem").contains("Tick at least one channel"));
  }

  void setsInTheProjectNeedNoFolder() {
    openProject();
    choose("guo");
    addSet("guo-random", data::Part::Train);
    QVERIFY2(textOf("benchmarkSummary").contains("In the project: guo-random (1 train"),
             qPrintable(textOf("benchmarkSummary")));
    QVERIFY(child<QPushButton>("startBenchmark")->isEnabled());
    QVERIFY(!m_panel->arguments().contains("--data"));
  }

  void setsWithoutTrainingPairsAreNotRun() {
    openProject();
    choose("dscript");
    addSet("dscript-yeast", data::Part::Test);
    QVERIFY(!child<QPushButton>("startBenchmark")->isEnabled());
    QVERIFY(textOf("benchmarkProblem").contains("no training pairs"));
  }

  void aFolderWithoutTrainingPairsIsForImportAlone() {
    write("yeast/proteins.fasta");
    write("yeast/test.tsv");
    openProject();
    choose("dscript");
    lookInto(m_files->path());
    QVERIFY(child<QPushButton>("importBenchmark")->isEnabled());
    QVERIFY(!child<QPushButton>("startBenchmark")->isEnabled());
    QVERIFY2(textOf("benchmarkProblem").contains("has no training pairs: import it"),
             qPrintable(textOf("benchmarkProblem")));
  }

  void publishedRowsStandThereFromTheStart() {
    openProject();
    auto* table = child<QTableView>("benchmarkTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 4);
    QCOMPARE(cell(0, BenchmarkTableModel::From), QString("yours on test, 2 seeds"));
    QCOMPARE(cell(1, BenchmarkTableModel::From), QString("published [1]"));
    const QString sources = child<QTextBrowser>("benchmarkSources")->toPlainText();
    QVERIFY2(sources.contains("[1] a repository") && sources.contains("[2] a paper") &&
                 sources.contains("What falls was never knowledge."),
             qPrintable(sources));
    QVERIFY(!child<QTextBrowser>("benchmarkSources")->openLinks());
  }

  void aRowOfYoursPutsItsRunInFocusAndAPublishedOneGivesItsSource() {
    openProject();
    auto* table = child<QTableView>("benchmarkTable");
    QTRY_VERIFY(table->isVisible());
    table->selectRow(0);
    QCOMPARE(m_session->run(), QString("r1"));
    QVERIFY(!child<QPushButton>("copyBenchmarkSource")->isEnabled());
    table->selectRow(3);
    QCOMPARE(m_session->run(), QString("r1"));
    click("copyBenchmarkSource");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("a paper"));
    click("copyBenchmarkTable");
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("set\tmodel\tpublished"));
  }

  void anImportTellsWhatCame() {
    openWithFiles();
    QSignalSpy changed(m_session.get(), &Session::dataChanged);
    click("importBenchmark");
    QVERIFY(m_panel->isRunning());
    QVERIFY(!child<QPushButton>("importBenchmark")->isEnabled());
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("benchmarkState").startsWith("Imported: sets of Guo's yeast pairs"),
             qPrintable(textOf("benchmarkState")));
    QVERIFY(textOf("benchmarkState").endsWith(": 2."));
    QCOMPARE(changed.size(), 1);
  }

  void aRunEndsAsTheTable() {
    openWithFiles();
    click("startBenchmark");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("benchmarkState").startsWith("Done"), qPrintable(textOf("benchmarkState")));
    QCOMPARE(child<QTableView>("benchmarkTable")->model()->rowCount(), 4);
  }

  void aRunIsStoppedAndGoesOn() {
    openWithFiles();
    qputenv("FAKE_WORKER", "slow");
    click("startBenchmark");
    QTRY_VERIFY(textOf("benchmarkStep").contains("Reading"));
    QVERIFY(!child<QComboBox>("benchmark")->isEnabled());
    click("stopBenchmark");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY(textOf("benchmarkState").startsWith("Stopped."));
  }

  void aFailureIsSaidInItsWords() {
    openWithFiles();
    qputenv("FAKE_WORKER", "early");
    click("importBenchmark");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("benchmarkState").contains("two columns are needed"),
             qPrintable(textOf("benchmarkState")));
  }

  void everythingTheKeyboardReachesHasAName() {
    openWithFiles();
    QTRY_VERIFY(child<QTableView>("benchmarkTable")->isVisible());
    QCOMPARE(namelessWidgets(*m_panel), QStringList());
  }
};

QTEST_MAIN(TestBenchmarksPanel)
#include "tst_benchmarks_panel.moc"
