#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <array>

#include "core/store/run_tracking.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/theme/number_text.h"

using namespace twofold;
using namespace twofold::ui;

class TestRunsPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<RunQueue> m_queue;
  std::unique_ptr<RunsPanel> m_panel;

  QTableView* table() { return m_panel->findChild<QTableView*>("runTable"); }
  QString cell(int row, int column) {
    return table()->model()->index(row, column).data().toString();
  }
  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }

  static metrics::PartMetrics part(double value) {
    metrics::PartMetrics part;
    part.n = 100;
    part.positives = 50;
    for (const auto& metric : metrics::metricCatalog()) {
      part.values[metric.id] = value;
      part.intervals[metric.id] = {value - 0.01, value + 0.01};
    }
    return part;
  }

  std::string addRun(const std::string& experiment, double value) {
    auto runs = m_test->runs();
    const auto id = runs.create(experiment, runs::toJson(TestProject::spec()).dump(), "").id;
    runs.setPartMetrics(id, "validation", part(value));
    runs.setPartMetrics(id, "test", part(value / 2));
    runs.setStatus(id, store::RunStatus::Done);
    return id;
  }

  void openProject() {
    m_session->setProject(m_test->release());
    m_queue->setProject(m_session->project());
  }

  void openPanel() {
    if (m_session->project() == nullptr) {
      openProject();
    }
    m_panel = std::make_unique<RunsPanel>(*m_session, m_theme, *m_queue);
    m_panel->resize(1200, 600);
    m_panel->show();
    QTRY_VERIFY(!m_panel->isLoading());
  }

 private Q_SLOTS:
  void theRecordHasMachineHashesFilesAndHistory() {
    const auto id = addRun("first", 0.6);
    {
      auto project = store::Project::open(m_test->folder().toStdString());
      store::RunTracking tracking(project.database());
      tracking.record(id, {{"system.host", std::string("lab1")},
                           {"system.memory", std::int64_t{17'179'869'184}},
                           {"hashes.data", std::string("abc")}});
      const store::Artifact file{"checkpoints/x", "runs/x", 2048, "def", 0};
      tracking.putArtifacts(id, "checkpoints/", std::array{file});
    }
    openPanel();
    m_session->focusRun(QString::fromStdString(id));
    auto* record = child<QTableView>("runRecord");
    QStringList lines;
    QTRY_VERIFY(!m_panel->isLoading() && record->model()->rowCount() > 4);
    for (int row = 0; row < record->model()->rowCount(); ++row) {
      lines << record->model()->index(row, 0).data().toString() + "=" +
                   record->model()->index(row, 1).data().toString();
    }
    const auto all = lines.join('|');
    QVERIFY2(all.contains("system.host=lab1"), qPrintable(all));
    QVERIFY2(all.contains("system.memory=" + bytesText(17'179'869'184)), qPrintable(all));
    QVERIFY(all.contains("hashes.data=abc") && all.contains("=done"));
    QVERIFY(all.contains("checkpoints/x=" + bytesText(2048) + ", SHA-256 def"));
    m_session->focusRun({});
    QTRY_COMPARE(record->model()->rowCount(), 0);
  }

  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_queue = std::make_unique<RunQueue>();
  }
  void cleanup() {
    m_panel.reset();
    m_queue.reset();
    m_session.reset();
    m_test.reset();
  }

  void emptyProjectOffersToSetUpARun() {
    openPanel();
    QVERIFY(child<QPushButton>("emptyAction")->isVisible());
  }

  void rowsAreFilteredAndSorted() {
    addRun("alpha", 0.6);
    addRun("beta", 0.8);
    addRun("gamma", 0.7);
    openPanel();
    QCOMPARE(table()->model()->rowCount(), 3);
    table()->sortByColumn(RunTableModel::FirstMetric, Qt::DescendingOrder);
    QCOMPARE(cell(0, RunTableModel::Experiment), QString("beta"));
    child<QLineEdit>("runFilter")->setText("GAM");
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(cell(0, RunTableModel::Experiment), QString("gamma"));
  }

  void columnsAreChosen() {
    addRun("alpha", 0.6);
    openPanel();
    auto* chooser = child<QToolButton>("columnChooser");
    chooser->menu()->actions().at(0)->trigger();
    QVERIFY(table()->isColumnHidden(RunTableModel::Status));
    chooser->menu()->actions().at(0)->trigger();
    QVERIFY(!table()->isColumnHidden(RunTableModel::Status));
  }

  void otherPartShowsItsMetrics() {
    addRun("alpha", 0.6);
    openPanel();
    QCOMPARE(cell(0, RunTableModel::FirstMetric), QString("0.600"));
    child<QComboBox>("partPicker")->setCurrentText("test");
    QCOMPARE(cell(0, RunTableModel::FirstMetric), QString("0.300"));
  }

  void clickFocusesTheRunAndShowsAllOfIt() {
    const auto id = QString::fromStdString(addRun("alpha", 0.6));
    openPanel();
    const auto index = table()->model()->index(0, RunTableModel::Experiment);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(index).center());
    QCOMPARE(m_session->run(), id);
    QVERIFY(child<QLabel>("runTitle")->text().contains(id));
    QVERIFY(child<QTableView>("metricTable")->model()->rowCount() > 3);
    QVERIFY(child<QPlainTextEdit>("runSpec")->toPlainText().contains("\"backbone\""));
    QTest::mouseClick(child<QPushButton>("copyRunCommand"), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("twofold-worker train"));
  }

  void focusSurvivesNewRunsAndSorting() {
    const auto id = QString::fromStdString(addRun("alpha", 0.6));
    openPanel();
    m_session->focusRun(id);
    addRun("beta", 0.8);
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(m_session->run(), id);
    QCOMPARE(table()->currentIndex().data(RunTableModel::RunIdRole).toString(), id);
  }

  void aFilterFindsRunsAndTellsItsMistake() {
    addRun("alpha", 0.6);
    addRun("beta", 0.8);
    openPanel();
    auto* line = child<QLineEdit>("runFilter");
    auto* mistake = child<QLabel>("filterMistake");
    line->setText("metrics.auprc > 0.7 and status = 'done'");
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(cell(0, RunTableModel::Experiment), QString("beta"));
    QVERIFY(!mistake->isVisible());
    line->setText("metrics.auprk > 0.7");
    QTRY_VERIFY(mistake->isVisible());
    QVERIFY(mistake->text().contains("did you mean \"metrics.auprc\""));
    QCOMPARE(table()->model()->rowCount(), 2);
    line->clear();
    QTRY_VERIFY(!mistake->isVisible());
  }

  void formulasAreColumns() {
    addRun("alpha", 0.6);
    openPanel();
    const int before = table()->model()->columnCount();
    auto* formulas = child<QLineEdit>("formulaColumns");
    formulas->setText("metrics.test.auprc - metrics.auprc, tags.fold is null");
    Q_EMIT formulas->editingFinished();
    QTRY_VERIFY(child<QLabel>("filterMistake")->isVisible());  // a comparison is no column
    formulas->setText("metrics.test.auprc - metrics.auprc, params.seed");
    Q_EMIT formulas->editingFinished();
    QTRY_COMPARE(table()->model()->columnCount(), before + 2);
    QCOMPARE(cell(0, before), probabilityText(-0.3));
    QCOMPARE(cell(0, before + 1), QString("1"));
  }

  void marksAreKeptAndArchivedRunsHidden() {
    const auto id = addRun("alpha", 0.6);
    addRun("alpha", 0.8);
    openPanel();
    m_session->focusRun(QString::fromStdString(id));
    child<QPlainTextEdit>("runTags")->setPlainText("fold=3\nkind=<b>");
    child<QPlainTextEdit>("runNote")->setPlainText("first try");
    child<QPushButton>("saveMarks")->click();
    QTRY_VERIFY(!m_panel->isLoading() && !child<QPushButton>("saveMarks")->isEnabled());
    QCOMPARE(m_test->runs().run(id).note, std::string("first try"));
    child<QLineEdit>("runFilter")->setText("tags.fold = '3'");
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    child<QLineEdit>("runFilter")->clear();
    child<QPushButton>("favouriteRun")->click();
    QTRY_VERIFY(m_test->runs().run(id).favourite);
    QTRY_VERIFY(!m_panel->isLoading());
    child<QPushButton>("baselineRun")->click();
    QTRY_COMPARE(child<QPushButton>("baselineRun")->text(), QString("Clear baseline"));
    child<QPushButton>("archiveRun")->click();
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    child<QToolButton>("archivedToo")->click();
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTRY_COMPARE(child<QPushButton>("archiveRun")->text(), QString("Restore"));
  }

  void whatWasTypedStaysWithItsRun() {
    const auto first = QString::fromStdString(addRun("alpha", 0.6));
    const auto second = QString::fromStdString(addRun("alpha", 0.8));
    openPanel();
    m_session->focusRun(first);
    child<QPlainTextEdit>("runTags")->setPlainText("fold=3");
    child<QPlainTextEdit>("runNote")->setPlainText("half a thought");
    m_session->focusRun(second);
    QCOMPARE(child<QPlainTextEdit>("runNote")->toPlainText(), QString());
    QVERIFY(!child<QPushButton>("saveMarks")->isEnabled());
    m_session->focusRun(first);
    QCOMPARE(child<QPlainTextEdit>("runTags")->toPlainText(), QString("fold=3"));
    QCOMPARE(child<QPlainTextEdit>("runNote")->toPlainText(), QString("half a thought"));
    QVERIFY(child<QPushButton>("saveMarks")->isEnabled());
    child<QPushButton>("saveMarks")->click();
    QTRY_VERIFY(!m_panel->isLoading() && !child<QPushButton>("saveMarks")->isEnabled());
    QCOMPARE(m_test->runs().run(first.toStdString()).note, std::string("half a thought"));
    QVERIFY(m_test->runs().run(second.toStdString()).note.empty());
  }

  void aTagThatIsGoneStopsNoSaving() {
    const auto id = addRun("alpha", 0.6);
    store::RunTracking(m_test->project().database()).setTags(id, {{"fold", "3"}, {"kind", "x"}});
    openPanel();
    m_session->focusRun(QString::fromStdString(id));
    store::RunTracking tracking(m_session->project()->database());
    tracking.removeTag(id, "fold");
    QSignalSpy said(m_session.get(), &Session::message);
    child<QPlainTextEdit>("runTags")->setPlainText("");
    child<QPlainTextEdit>("runNote")->setPlainText("kept");
    child<QPushButton>("saveMarks")->click();
    QTRY_COMPARE(m_test->runs().run(id).note, std::string("kept"));
    QVERIFY(!tracking.values(id).contains("tags.kind"));
    QCOMPARE(said.size(), 0);
  }

  void aTagWithoutValueIsSaid() {
    const auto id = addRun("alpha", 0.6);
    openPanel();
    m_session->focusRun(QString::fromStdString(id));
    QSignalSpy said(m_session.get(), &Session::message);
    child<QPlainTextEdit>("runTags")->setPlainText("fold");
    child<QPushButton>("saveMarks")->click();
    QCOMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains("NAME=VALUE"));
  }

  void selectedRunsShowOnlyWhatDiffers() {
    addRun("alpha", 0.6);
    const auto second = addRun("alpha", 0.8);
    store::RunTracking(m_test->project().database())
        .record(second, {{"params.seed", std::int64_t{9}}});
    openPanel();
    QVERIFY(child<QLabel>("differenceReasons")->text().contains("Ctrl+click"));
    table()->selectAll();
    QTRY_VERIFY(child<QLabel>("differenceReasons")->text().contains("seeds differ"));
    const auto* model = child<QTableView>("differenceTable")->model();
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(model->columnCount(), 3);
    QCOMPARE(model->index(0, 0).data().toString(), QString("params.seed"));
  }

  void selectedRunsAreHeldAgainstEachOther() {
    const auto first = QString::fromStdString(addRun("alpha", 0.6));
    addRun("alpha", 0.7);
    const auto third = QString::fromStdString(addRun("alpha", 0.8));
    openPanel();
    table()->sortByColumn(RunTableModel::FirstMetric, Qt::DescendingOrder);
    auto* compare = child<QPushButton>("compareRuns");
    QVERIFY(!compare->isEnabled());
    const auto select = [&](int row) {
      table()->selectionModel()->select(table()->model()->index(row, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
    };
    select(2);
    QVERIFY(!compare->isEnabled());
    select(0);
    QVERIFY(compare->isEnabled());
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::mouseClick(compare, Qt::LeftButton);
    QCOMPARE(m_session->comparedRuns(), (QStringList{third, first}));
    QCOMPARE(wanted[0][0].toString(), QString("compare"));
  }

  void aSelectionSurvivesNewRuns() {
    addRun("alpha", 0.6);
    addRun("beta", 0.7);
    openPanel();
    table()->selectAll();
    QTRY_VERIFY(!m_panel->isLoading());
    auto* compare = child<QPushButton>("compareRuns");
    QVERIFY(compare->isEnabled());
    addRun("gamma", 0.8);
    Q_EMIT m_queue->runsChanged();
    QTRY_COMPARE(table()->model()->rowCount(), 3);
    QStringList selected;
    for (const auto& index : table()->selectionModel()->selectedRows(RunTableModel::Experiment)) {
      selected << index.data().toString();
    }
    selected.sort();
    QCOMPARE(selected, (QStringList{"alpha", "beta"}));
    QVERIFY(compare->isEnabled());
    m_queue->setProject(nullptr);
    m_session->setProject(nullptr);
    QVERIFY(!compare->isEnabled());
  }

  void differencesOfVeryManyRunsAreOfTheFirstFifty() {
    for (int i = 0; i < 55; ++i) {
      addRun("alpha", 0.6);
    }
    openPanel();
    table()->selectAll();
    QTRY_VERIFY2(child<QLabel>("differenceReasons")
                     ->text()
                     .startsWith("Of the 55 selected runs the first 50 are shown."),
                 qPrintable(child<QLabel>("differenceReasons")->text()));
    QCOMPARE(child<QTableView>("differenceTable")->model()->columnCount(), 51);
  }

  void wordsInTheLineChooseWhatIsExported() {
    const auto id = QString::fromStdString(addRun("alpha", 0.6));
    addRun("beta", 0.8);
    openPanel();
    child<QLineEdit>("runFilter")->setText("alph");
    QCOMPARE(table()->model()->rowCount(), 1);
    for (auto* action : m_panel->transfer().exports()) {
      if (action->objectName() == "exportRunTable") {
        action->trigger();
      }
    }
    auto* dialog = m_panel->transfer().dialog();
    QVERIFY(dialog != nullptr);
    dialog->findChild<QLineEdit*>("tableFile")->setText("/x/runs.csv");
    QVERIFY2(dialog->arguments().contains("id in ('" + id + "')"),
             qPrintable(dialog->arguments().join(' ')));
  }

  void viewsAreSavedAndApplied() {
    addRun("alpha", 0.6);
    addRun("beta", 0.8);
    openPanel();
    auto* line = child<QLineEdit>("runFilter");
    line->setText("metrics.auprc > 0.7");
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    table()->sortByColumn(RunTableModel::FirstMetric, Qt::DescendingOrder);
    auto* views = child<ViewMenu>("viewMenu");
    Q_EMIT views->saveWanted("good");
    QTRY_VERIFY(!m_panel->isLoading());
    const auto saved = store::SavedViews(m_test->project().database()).view("good");
    QCOMPARE(saved.filter, std::string("metrics.auprc > 0.7"));
    QCOMPARE(saved.sort, std::string("metrics.auprc desc"));
    line->clear();
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    table()->sortByColumn(RunTableModel::Run, Qt::AscendingOrder);
    views->menu()->actions().at(0)->trigger();
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(line->text(), QString("metrics.auprc > 0.7"));
    QCOMPARE(table()->horizontalHeader()->sortIndicatorSection(), int(RunTableModel::FirstMetric));
    Q_EMIT views->removeWanted("good");
    QTRY_VERIFY(store::SavedViews(m_test->project().database()).views().empty());
  }

  void deletingAsksOnceMoreInPlace() {
    const auto id = QString::fromStdString(addRun("alpha", 0.6));
    openPanel();
    m_session->focusRun(id);
    auto* remove = child<QPushButton>("deleteRun");
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(remove->text().contains(id));
    QCOMPARE(m_test->runs().runs().size(), std::size_t{1});
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(m_test->runs().runs().empty());
    QVERIFY(m_session->run().isEmpty());
  }

  void oneDamagedRunDoesNotHideTheOthers() {
    addRun("alpha", 0.6);
    const auto broken = addRun("beta", 0.8);
    {
      store::Transaction transaction(m_test->project().database());
      m_test->project().database().execute(
          "UPDATE part_metrics SET metrics = '{' WHERE run_key = "
          "(SELECT key FROM run WHERE id = '" +
          broken + "')");
      transaction.commit();
    }
    openPanel();
    QCOMPARE(table()->model()->rowCount(), 2);
    m_session->focusRun(QString::fromStdString(broken));
    QVERIFY(child<QLabel>("runTitle")->text().contains(QString::fromStdString(broken)));
  }

  void aStoreThatCannotBeReadIsSaid() {
    addRun("alpha", 0.6);
    openPanel();
    QSignalSpy said(m_session.get(), &Session::message);
    {
      store::Transaction transaction(m_session->project()->database());
      m_session->project()->database().execute("ALTER TABLE part_metrics RENAME TO gone");
      transaction.commit();
    }
    Q_EMIT m_queue->runsChanged();
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(table()->model()->rowCount(), 1);
  }
};

QTEST_MAIN(TestRunsPanel)
#include "tst_runs_panel.moc"
