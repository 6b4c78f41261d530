#include <QTest>
#include <cmath>

#include "ui/plots/curve_plot.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

store::MetricSeries series(const std::string& part, const std::string& metric,
                           const std::vector<double>& values) {
  store::MetricSeries result{part, metric, {}, values};
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.steps.push_back(static_cast<std::int64_t>(i) + 1);
  }
  return result;
}

}  // namespace

class TestCurvePlot : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void metricsComeInCatalogOrderWithLossFirst() {
    const std::vector all{series("validation", "auprc", {0.5}), series("train", "loss", {0.7}),
                          series("validation", "accuracy", {0.5}), series("train", "zz", {1})};
    QCOMPARE(curveMetrics(all), QStringList({"loss", "accuracy", "auprc", "zz"}));
    QVERIFY(curveMetrics({}).isEmpty());
  }

  void bestEpochIsHighestForAuprcAndLowestForLoss() {
    const std::vector all{series("validation", "auprc", {0.4, 0.6, 0.5}),
                          series("train", "loss", {0.2, 0.1, 0.05}),
                          series("validation", "loss", {0.7, 0.65, 0.68})};
    const PlotSpec auprc = curvePlot(all, "auprc");
    QCOMPARE(auprc.marks.size(), 1);
    QCOMPARE(auprc.marks[0].x, 2.0);
    QCOMPARE(auprc.marks[0].y, 0.6);
    QVERIFY(auprc.title.contains("highest at epoch 2"));
    const PlotSpec loss = curvePlot(all, "loss");
    QCOMPARE(loss.lines.size(), 2);
    QCOMPARE(loss.marks[0].y, 0.65);
    QVERIFY(loss.title.contains("lowest at epoch 2"));
  }

  void missingValuesStayGaps() {
    const PlotSpec spec =
        curvePlot({series("validation", "auprc", {0.4, std::nan(""), 0.5})}, "auprc");
    QCOMPARE(spec.lines[0].y.size(), 3);
    QVERIFY(std::isnan(spec.lines[0].y[1]));
    QCOMPARE(spec.marks[0].x, 3.0);
  }

  void onlyMissingValuesHaveNoBest() {
    const PlotSpec spec = curvePlot({series("validation", "auprc", {std::nan("")})}, "auprc");
    QVERIFY(spec.marks.isEmpty());
    QVERIFY(spec.title.contains("no validation value yet"));
  }

  void titleAxesAndCountAreThere() {
    const PlotSpec spec = curvePlot({series("train", "loss", {0.7, 0.6})}, "loss");
    QVERIFY(!spec.title.isEmpty());
    QCOMPARE(spec.x.label, QStringLiteral("Epoch"));
    QVERIFY(spec.y.label.contains("nats"));
    QVERIFY(spec.note.contains("n = 2"));
  }
};

QTEST_GUILESS_MAIN(TestCurvePlot)
#include "tst_curve_plot.moc"
