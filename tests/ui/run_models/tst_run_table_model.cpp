#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>
#include <cmath>

#include "core/runs/run_spec.h"
#include "ui/itemmodels/run_filter.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/theme/number_text.h"

using namespace twofold;
using namespace twofold::ui;

class TestRunTableModel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};

  static RunRow row(const std::string& id, double auprc) {
    store::RunRecord record;
    record.id = id;
    record.experiment = "first";
    record.status = store::RunStatus::Done;
    record.started = 100;
    record.finished = 180;
    runs::RunSpec spec;
    spec.pairSet = "demo";
    spec.split = "random";
    spec.channels = {{"sequence", {}}, {"calpha", {}}};
    record.specJson = runs::toJson(spec).dump();
    if (auprc > -1) {
      record.parts["validation"].values["auprc"] = auprc;
      record.parts["validation"].intervals["auprc"] = {auprc - 0.01, auprc + 0.01};
    }
    return runRow(std::move(record));
  }

  static QString text(const RunTableModel& model, int row, int column) {
    return model.index(row, column).data().toString();
  }

 private Q_SLOTS:
  void everyStateIsAValidModel() {
    RunTableModel model(m_theme);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns({row("r1", 0.7), row("r2", -1)});
    model.setPart("test");
    model.setRuns({});
    QCOMPARE(model.rowCount(), 0);
  }

  void rowSaysWhatWasRunAndHowWell() {
    RunTableModel model(m_theme);
    model.setRuns({row("r1", 0.7031)});
    QCOMPARE(text(model, 0, RunTableModel::Run), QString("r1"));
    QCOMPARE(text(model, 0, RunTableModel::Status), QString("done"));
    QCOMPARE(text(model, 0, RunTableModel::Backbone), QString("composition"));
    QCOMPARE(text(model, 0, RunTableModel::Channels), QString("sequence + calpha"));
    QCOMPARE(text(model, 0, RunTableModel::Split), QString("demo / random"));
    QCOMPARE(text(model, 0, RunTableModel::FirstMetric), QString("0.703"));
    const auto cell = model.index(0, RunTableModel::FirstMetric);
    QCOMPARE(cell.data(RunTableModel::IntervalRole).toString(), QString("[0.693, 0.713]"));
    QCOMPARE(text(model, 0, model.columnCount() - 1), QString("1 min 20 s"));
  }

  void otherPartWithoutMetricsShowsDashes() {
    RunTableModel model(m_theme);
    model.setRuns({row("r1", 0.7)});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setPart("test");
    QCOMPARE(changed.count(), 1);
    QCOMPARE(text(model, 0, RunTableModel::FirstMetric), QString("–"));
    QVERIFY(
        !model.index(0, RunTableModel::FirstMetric).data(RunTableModel::IntervalRole).isValid());
  }

  void missingAndUndefinedValuesSortBelowAllOthers() {
    RunTableModel model(m_theme);
    model.setRuns({row("nan", std::nan("")), row("low", 0.1), row("none", -1), row("high", 0.9)});
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(RunTableModel::SortRole);
    sorted.sort(RunTableModel::FirstMetric, Qt::DescendingOrder);
    QCOMPARE(sorted.index(0, 0).data().toString(), QString("high"));
    QCOMPARE(sorted.index(1, 0).data().toString(), QString("low"));
  }

  void unreadableSpecStillHasItsRow() {
    store::RunRecord record;
    record.id = "r9";
    record.specJson = "{broken";
    RunTableModel model(m_theme);
    model.setRuns({runRow(std::move(record)), row("r1", 0.5)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf("r1"), 1);
    QCOMPARE(model.rowOf("r0"), -1);
    QVERIFY(model.row(2) == nullptr);
  }

  void whatAQueryFindsIsShown() {
    RunTableModel model(m_theme);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunFilter filter;
    filter.setRuns(model);
    FoundRuns found;
    found.places = {{"r1", 0}, {"r2", 1}, {"r3", 2}};
    model.setRuns({row("r1", 0.5), row("r2", 0.7), row("r3", -1)}, found);
    QCOMPARE(filter.rowCount(), 3);
    const int before = model.columnCount();
    found.places = {{"r2", 0}, {"r1", 1}};
    found.columns = {
        {"metrics.auprc * 2", {query::ColumnType::Number, {1.25, query::kMissing}, {}, {}}, {}}};
    model.setFound(found);
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(model.columnCount(), before + 1);
    QCOMPARE(model.headerData(before, Qt::Horizontal, Qt::DisplayRole).toString(),
             QString("metrics.auprc * 2"));
    QCOMPARE(model.expression(before), QString("metrics.auprc * 2"));
    QCOMPARE(text(model, 1, before), QString("1.250"));
    QCOMPARE(text(model, 0, before), QString("–"));
    model.setFound({});
    QCOMPARE(filter.rowCount(), 0);
    QCOMPARE(model.columnCount(), before);
  }

  void aBaselineGivesTheOthersTheirDifference() {
    RunTableModel model(m_theme);
    FoundRuns found;
    found.baselines = {{"first", "r1"}};
    model.setRuns({row("r1", 0.5), row("r2", 0.75), row("r3", -1)}, found);
    const auto behind = [&](int index) {
      return model.index(index, RunTableModel::FirstMetric)
          .data(RunTableModel::IntervalRole)
          .toString();
    };
    QCOMPARE(behind(0), QString("[0.490, 0.510]"));
    QCOMPARE(behind(1), deltaText(0.25));
    QCOMPARE(behind(2), QString());
    QVERIFY(text(model, 0, RunTableModel::Run).contains("baseline"));
    QCOMPARE(model.index(1, RunTableModel::FirstMetric).data(Qt::ToolTipRole).toString(),
             QString("[0.740, 0.760]"));
  }

  void favouritesAreMarkedAndNotesAreInert() {
    RunTableModel model(m_theme);
    auto marked = row("r1", 0.5);
    marked.record.favourite = true;
    marked.record.note = "<b>bold</b> & \"quoted\"";
    model.setRuns({marked});
    QCOMPARE(text(model, 0, RunTableModel::Run), QString("★ r1"));
    QCOMPARE(model.index(0, 0).data(RunTableModel::RunIdRole).toString(), QString("r1"));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains("&lt;b&gt;bold"));
  }

  void importedScoresAreNamedAfterTheirModel() {
    store::RunRecord record;
    record.id = "r2";
    runs::RunSpec spec;
    spec.pairSet = "yeast";
    spec.imported = {"TUnA", "tuna.tsv", "", "TUnA", "probability", "0.5"};
    record.specJson = runs::toJson(spec).dump();
    RunTableModel model(m_theme);
    model.setRuns({runRow(std::move(record))});
    QCOMPARE(text(model, 0, RunTableModel::Backbone), QString("TUnA"));
    QCOMPARE(text(model, 0, RunTableModel::Channels), QString("imported scores"));
    QCOMPARE(text(model, 0, RunTableModel::Split), QString("yeast"));
  }

  void everyStatusHasAShape() {
    using store::RunStatus;
    for (const auto status : {RunStatus::Queued, RunStatus::Running, RunStatus::Done,
                              RunStatus::Failed, RunStatus::Stopped, RunStatus::Interrupted}) {
      QVERIFY(!statusIcon(status).isEmpty());
    }
  }
};

QTEST_MAIN(TestRunTableModel)
#include "tst_run_table_model.moc"
