#include <QAbstractItemModelTester>
#include <QTest>
#include <cmath>

#include "ui/itemmodels/metric_table_model.h"

using namespace twofold;
using namespace twofold::ui;

class TestMetricTableModel : public QObject {
  Q_OBJECT

 private:
  static metrics::PartMetrics part() {
    metrics::PartMetrics part;
    part.n = 16200;
    part.positives = 8100;
    part.threshold = 0.41;
    part.values = {{"auprc", 0.7031}, {"mcc", std::nan("")}};
    part.intervals = {{"auprc", {0.698, 0.708}}};
    return part;
  }

  static QString cell(const MetricTableModel& model, const QString& row, int column) {
    for (int i = 0; i < model.rowCount(); ++i) {
      if (model.headerData(i, Qt::Vertical, Qt::DisplayRole).toString() == row) {
        return model.index(i, column).data().toString();
      }
    }
    return QStringLiteral("no such row");
  }

 private Q_SLOTS:
  void everyStateIsAValidModel() {
    MetricTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setParts({{"validation", part()}, {"test", part()}});
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.rowCount(), 3 + static_cast<int>(metrics::metricCatalog().size()));
    model.setParts({{"test", part()}});
    QCOMPARE(model.columnCount(), 1);
    model.setParts({});
    QCOMPARE(model.rowCount(), 0);
  }

  void validationComesBeforeTest() {
    MetricTableModel model;
    model.setParts({{"test", part()}, {"validation", part()}});
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
             QString("validation"));
  }

  void intervalsAndMissingValuesAreWritten() {
    MetricTableModel model;
    model.setParts({{"test", part()}});
    const auto nameOf = [](const char* id) {
      for (const auto& metric : metrics::metricCatalog()) {
        if (metric.id == id) {
          return QString::fromStdString(metric.name);
        }
      }
      return QString();
    };
    QCOMPARE(cell(model, nameOf("auprc"), 0), QString("0.703 [0.698, 0.708]"));
    QCOMPARE(cell(model, nameOf("mcc"), 0), QString("–"));
    QCOMPARE(cell(model, nameOf("brier"), 0), QString("–"));
    QCOMPARE(cell(model, "pairs", 0), QString("16\u2009200"));
  }
};

QTEST_GUILESS_MAIN(TestMetricTableModel)
#include "tst_metric_table_model.moc"
