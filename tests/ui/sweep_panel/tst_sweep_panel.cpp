#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "tests/ui/bridge/table_samples.h"
#include "tests/ui/bridge/test_channels.h"
#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/sweep/sweep_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestSweepPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<CatalogLoader> m_catalog;
  std::unique_ptr<SweepPanel> m_panel;

  template <class Widget>
  Widget* child(const QString& name) {
    return m_panel->findChild<Widget*>(name);
  }
  void click(const char* name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  QString textOf(const char* name) { return child<QLabel>(name)->text(); }
  QString cell(int row, int column) {
    return child<QTableView>("sweepTable")->model()->index(row, column).data().toString();
  }
  void openProject() {
    m_session->setProject(m_test->release());
    QTRY_VERIFY(!m_panel->isLoading());
  }
  /// Two backbones beside each other.
  void openAndRun(const char* mode) {
    openProject();
    tickAll("sweepBackbone-");
    qputenv("FAKE_WORKER", mode);
    click("startSweep");
  }
  void tickAll(const QString& stem) {
    for (auto* box : m_panel->findChildren<QCheckBox*>()) {
      if (box->objectName().startsWith(stem)) {
        box->setChecked(true);
      }
    }
  }
  /// Its values go into a row of their own.
  void vary(const char* key, const char* values) {
    const auto rows = m_panel->findChildren<QLineEdit*>(QRegularExpression("variedValues-.*"));
    click("varyOption");
    const QString number = QString::number(rows.size());
    auto* option = child<QComboBox>("variedOption-" + number);
    option->setCurrentIndex(option->findData(QLatin1String(key)));
    QCOMPARE(option->currentData().toString(), QString(key));
    child<QLineEdit>("variedValues-" + number)->setText(QLatin1String(values));
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_catalog = std::make_unique<CatalogLoader>();
    m_catalog->load();
    QTRY_VERIFY(m_catalog->catalog() != nullptr);
    m_panel = std::make_unique<SweepPanel>(*m_session, m_theme, *m_catalog);
    m_panel->resize(1300, 700);
    m_panel->show();
  }
  void cleanup() {
    m_panel.reset();
    m_session.reset();
    m_test.reset();
  }

  void withoutAProjectOrASplitItSaysTheCure() {
    QVERIFY(textOf("emptyText").contains("Open a project"));
    QTemporaryDir folder;
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(folder.filePath("empty").toStdString())));
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    click("emptyAction");
    QCOMPARE(wanted[0][0].toString(), QString("data"));
  }

  void nothingVariesAtFirstAndThatIsSaid() {
    openProject();
    QVERIFY(!child<QPushButton>("startSweep")->isEnabled());
    QVERIFY2(textOf("sweepProblem").contains("Nothing varies yet"),
             qPrintable(textOf("sweepProblem")));
    QVERIFY_EXCEPTION_THROWN(std::ignore = m_panel->arguments(), Error);
  }

  void backbonesTimesChannelSetsIsTheCommandAndTheCount() {
    openProject();
    tickAll("sweepBackbone-");
    child<QCheckBox>("sweepChannel-calpha")->click();
    click("addChannelSet");
    QVERIFY(!child<QPushButton>("addChannelSet")->isEnabled());  // it is there now
    child<QSpinBox>("sweepSeeds")->setValue(2);
    QVERIFY2(textOf("sweepSummary").startsWith("This makes 8 runs: 4 arms, seeds of each: 2."),
             qPrintable(textOf("sweepSummary")));
    QVERIFY(textOf("sweepSummary").contains("held against composition · sequence"));
    QVERIFY(textOf("sweepSummary").contains("cannot be said"));  // nothing was run here yet
    click("copySweepCommand");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             "twofold-worker sweep --pairs demo --split random --backbone composition --channels "
             "sequence --vary backbone=composition,esm2 --vary "
             "channels=sequence,sequence+calpha --set training.epochs=10 --seeds 2 --experiment "
             "sweep --project " +
                 m_test->folder());
    child<QListWidget>("channelSets")->setCurrentRow(1);
    click("removeChannelSet");
    QVERIFY(textOf("sweepSummary").startsWith("This makes 4 runs: 2 arms"));
  }

  void anOptionsValuesAreAnAxis() {
    openProject();
    vary("training.rate", "0.01, 0.001");
    QVERIFY2(textOf("sweepSummary").startsWith("This makes 3 runs: 3 arms"),
             qPrintable(textOf("sweepSummary") + textOf("sweepProblem")));
    QVERIFY(m_panel->arguments().contains("training.rate=0.01,0.001"));
    vary("fusion", "attention,concat");
    QVERIFY(textOf("sweepSummary").startsWith("This makes 5 runs: 5 arms"));
    child<QLineEdit>("variedValues-0")->setText("7");
    QVERIFY2(textOf("sweepProblem").contains("rate"), qPrintable(textOf("sweepProblem")));
    QTest::mouseClick(child<QToolButton>("removeVaried-0"), Qt::LeftButton);
    QVERIFY(textOf("sweepSummary").startsWith("This makes 2 runs: 2 arms"));
  }

  void armsAreDrawnFromARange() {
    openProject();
    vary("training.rate", "log:1e-4..1e-2");
    QVERIFY(textOf("sweepProblem").contains("draw at random"));
    QVERIFY(!child<QSpinBox>("sweepDraws")->isEnabled());
    child<QComboBox>("sweepSearch")->setCurrentIndex(1);
    child<QSpinBox>("sweepDraws")->setValue(6);
    QVERIFY2(textOf("sweepSummary").startsWith("This makes 7 runs"),
             qPrintable(textOf("sweepProblem")));
    QVERIFY(m_panel->arguments().join(' ').contains("--random 6"));
    child<QSpinBox>("sweepDraws")->setValue(600);  // too many to be made between two keys
    QVERIFY(m_panel->isLoading());
    // One of them is the default, so no other arm than the recipe as given.
    QTRY_VERIFY2(textOf("sweepSummary").startsWith("This makes 600 runs"),
                 qPrintable(textOf("sweepSummary")));
  }

  void drawingMoreThanThereAreIsRefusedBeforeTheStart() {
    openProject();
    tickAll("sweepBackbone-");
    child<QComboBox>("sweepSearch")->setCurrentIndex(1);
    child<QSpinBox>("sweepDraws")->setValue(6);
    QVERIFY2(textOf("sweepProblem").contains("only 2 combinations"),
             qPrintable(textOf("sweepProblem")));
    QVERIFY(!child<QPushButton>("startSweep")->isEnabled());
  }

  void aRowWithoutValuesIsAsked() {
    openProject();
    tickAll("sweepBackbone-");
    QVERIFY(textOf("sweepSummary").startsWith("This makes 2 runs"));
    click("varyOption");
    QVERIFY2(textOf("sweepProblem").startsWith("Give values for "),
             qPrintable(textOf("sweepProblem")));
    QVERIFY(!child<QPushButton>("startSweep")->isEnabled());
    QTest::mouseClick(child<QToolButton>("removeVaried-0"), Qt::LeftButton);
    QVERIFY(child<QPushButton>("startSweep")->isEnabled());
  }

  void epochsStayAsTheyWereSet() {
    openProject();
    auto* epochs = child<QSpinBox>("sweepEpochs");
    QCOMPARE(epochs->value(), 10);
    epochs->setValue(epochs->minimum());
    Q_EMIT m_session->dataChanged();
    QCOMPARE(epochs->value(), epochs->minimum());
  }

  void halvingSaysWhoEndsWhen() {
    openProject();
    vary("training.rate", "0.01,0.02,0.03,0.04");
    child<QCheckBox>("sweepHalving")->click();
    child<QSpinBox>("sweepFactor")->setValue(2);
    QVERIFY2(textOf("sweepSummary").contains("After epoch 5, 1 of 2 arms go on."),
             qPrintable(textOf("sweepSummary")));
    QVERIFY(m_panel->arguments().join(' ').contains("--halving 2"));
    vary("training.epochs", "2,4");
    QVERIFY(textOf("sweepProblem").contains("epochs cannot vary"));
  }

  void channelsOfTheUsersMakeSetsToo() {
    addUserChannel(m_test->project(), m_test->a(), "mine");
    openProject();
    child<QCheckBox>("sweepChannel-user:mine")->click();
    click("addChannelSet");
    QVERIFY(m_panel->arguments().contains("channels=sequence,sequence+user:mine"));
  }

  void anEstimateComesFromEndedRunsOnThisSplit() {
    auto runs = m_test->runs();
    const auto id = runs.create("x", runs::toJson(TestProject::spec()).dump(), "").id;
    runs.claim(id, currentProcess());
    runs.setEpochs(id, 10);
    runs.setStatus(id, store::RunStatus::Done);
    openProject();
    vary("training.rate", "0.01");
    QVERIFY2(textOf("sweepSummary").contains("by the median of 1 ended runs on this split"),
             qPrintable(textOf("sweepSummary")));
  }

  void aSweepEndsAsATableThatSaysTheBest() {
    openAndRun("good");
    QVERIFY(m_panel->isRunning());
    QVERIFY(!child<QPushButton>("startSweep")->isVisible());
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("sweepState").contains("done"), qPrintable(textOf("sweepState")));
    QCOMPARE(cell(0, StudyTableModel::Gain), QString("first row"));
    QCOMPARE(cell(1, StudyTableModel::Channels), QString("esm2"));
    QCOMPARE(cell(1, StudyTableModel::Gain), QString("+0.125 [+0.063, +0.188]"));
    QCOMPARE(cell(1, StudyTableModel::P), QString("0.008"));
    const auto* model = child<QTableView>("sweepTable")->model();
    QCOMPARE(model->headerData(0, Qt::Horizontal).toString(), QString("backbone"));
    const QString words = child<QTextBrowser>("sweepReading")->toPlainText();
    QVERIFY2(words.startsWith("Best on validation: esm2, AUPRC 0.750. Beside as given: composition "
                              "that is +0.125 [+0.063, +0.188], p 0.008 "
                              "after Holm's correction: beyond chance."),
             qPrintable(words));
    QVERIFY(words.contains("Arms not to be told apart from as given: composition: 1."));
    QVERIFY(words.contains("Failed: calpha (there are no structures)."));
    QVERIFY(words.contains("The best of 5 arms looks better than it is."));
  }

  void whatEndedEarlyIsMarkedAndSaysWhy() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    const auto* model = child<QTableView>("sweepTable")->model();
    QCOMPARE(model->rowCount(), 6);
    QVERIFY(cell(3, 0).startsWith("Ended early"));
    QCOMPARE(cell(4, StudyTableModel::Gain), QString("ended after epoch 2"));
    QCOMPARE(cell(4, StudyTableModel::Auprc), QString("0.500"));
    QCOMPARE(cell(4, StudyTableModel::Accuracy), QString("–"));
    QCOMPARE(cell(4, StudyTableModel::P), QString());
    QVERIFY(!model->index(4, 0).data(Qt::DecorationRole).value<QIcon>().isNull());
    QVERIFY(model->index(4, StudyTableModel::Gain)
                .data(Qt::ToolTipRole)
                .toString()
                .contains("place 2 of 2"));
    QCOMPARE(cell(5, StudyTableModel::Gain), QString("failed"));
    QVERIFY(
        child<QTextBrowser>("sweepReading")
            ->toPlainText()
            .contains("Ended early because others did better up to there: rate 0.5 (after epoch "
                      "2; fell behind: place 2 of 2, where 1 goes on)"));
    click("copySweepTable");
    const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
    QVERIFY(lines[0].startsWith("arm\t"));
    QVERIFY2(lines[4].endsWith("\t2\tfell behind: place 2 of 2, where 1 goes on\tr4"),
             qPrintable(lines[4]));
  }

  void aRowPutsItsRunInFocus() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    child<QTableView>("sweepTable")->selectRow(1);
    QCOMPARE(m_session->run(), QString("r2"));
    child<QTableView>("sweepTable")->selectRow(4);
    QCOMPARE(m_session->run(), QString("r4"));
  }

  void aStoppedSweepGoesOnWhenStartedAgain() {
    openAndRun("slow");
    QTRY_VERIFY2(textOf("sweepState").startsWith("Rung 1 of 2"), qPrintable(textOf("sweepState")));
    QVERIFY(!child<QComboBox>("sweepSplit")->isEnabled());
    click("stopSweep");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY(textOf("sweepState").contains("goes on when it is started again"));
    qputenv("FAKE_WORKER", "good");
    click("startSweep");
    QTRY_VERIFY(child<QTableView>("sweepTable")->isVisible());
  }

  void aFailureIsSaidInItsWords() {
    openAndRun("early");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("sweepState").startsWith("The sweep failed.") &&
                 textOf("sweepState").contains("two columns are needed"),
             qPrintable(textOf("sweepState")));
    QVERIFY(!child<QTableView>("sweepTable")->isVisible());
  }

  void anotherProjectLeavesNothingOfTheFormer() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    click("startSweep");
    openProject();
    QVERIFY(!m_panel->isRunning());
    QVERIFY(!child<QTableView>("sweepTable")->isVisible());
  }

  void armsAreCalledByFewWords() {
    QCOMPARE(armWords("as given"), QString("as given"));
    QCOMPARE(armValues("as given"), QString("as given"));
    QCOMPARE(armKeys("as given"), QString());
    QCOMPARE(armValues("as given: backbone = esm2, training.width = 16"), QString("esm2 · 16"));
    QCOMPARE(armKeys("backbone = esm2, training.width = 16"), QString("backbone · width"));
    QCOMPARE(armWords("as given: backbone = esm2, training.width = 16"),
             QString("as given: esm2 · width 16"));
    QCOMPARE(armWords("channels = sequence+user:mine, head = mlp, calpha.cutoff = 8"),
             QString("sequence+user:mine · mlp · cutoff 8"));
  }

  void theModelKeepsTheRulesOfModels() {
    StudyTableModel model(m_theme);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setStudy(studyResult(sweepSample()));
    model.setStudy({});
  }

  void theReadingSaysWhenNoArmIsBetter() {
    auto sweep = studyResult(sweepSample());
    sweep.rows.resize(1);
    QVERIFY(sweepReading(sweep).front().startsWith("No arm but as given"));
    sweep = studyResult(sweepSample());
    sweep.rows[1].auprc = 0.5;
    sweep.rows[2].auprc = 0.4;
    QVERIFY(sweepReading(sweep).front().contains("No arm that was trained to its end is above"));
    sweep = studyResult(sweepSample());
    sweep.rows[1].holm = 0.3;
    QVERIFY(sweepReading(sweep).front().endsWith("not shown to be better."));
    sweep.rows[1].low = std::nan("");
    QVERIFY(sweepReading(sweep).front().endsWith("nothing is shown."));
  }

  void everythingTheKeyboardReachesHasAName() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    vary("training.rate", "0.01");
    QCOMPARE(namelessWidgets(*m_panel), QStringList());
  }
};

QTEST_MAIN(TestSweepPanel)
#include "tst_sweep_panel.moc"
