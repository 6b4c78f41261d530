#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/random.h"
#include "core/metrics/confusion.h"
#include "core/metrics/part_metrics.h"
#include "core/metrics/ranking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/metrics/random_sample.h"
#include "tests/core/metrics/ten_pairs.h"

using namespace twofold;
using namespace twofold::metrics;
using namespace twofold::tests;

class TestPartMetrics : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void valuesEqualTheSingleFunctions() {
    const std::vector<std::int64_t> proteins(10, 1);
    const auto made = measure({kTenScores, kTenLabels, proteins, proteins}, 0.5, {0, 1});
    QCOMPARE(made.n, 10);
    QCOMPARE(made.positives, 4);
    QVERIFY(near(made.values.at("accuracy"), 0.6));
    QVERIFY(near(made.values.at("precision"), 0.5));
    QVERIFY(near(made.values.at("recall"), 0.75));
    QVERIFY(near(made.values.at("f1"), 0.6));
    QVERIFY(near(made.values.at("mcc"), 0.25));
    QVERIFY(near(made.values.at("auroc"), kTenAuroc));
    QVERIFY(near(made.values.at("auprc"), kTenAuprc));
    QVERIFY(near(made.values.at("brier"), kTenBrier));
    QVERIFY(near(made.values.at("ece"), kTenEce));
    QVERIFY(near(made.values.at("loss"), kTenLoss));
    QVERIFY(made.intervals.empty());
  }

  void everyMetricOfTheCatalogHasAValueAndAnIntervalAroundIt() {
    const Sample sample = randomSample(3000, 300);
    const auto made = measure(sample.pairs(), 0.5, {200, 1});
    QCOMPARE(made.values.size(), metricCatalog().size());
    for (const auto& metric : metricCatalog()) {
      const auto& interval = made.intervals.at(metric.id);
      QVERIFY2(interval.low < interval.high, metric.id.c_str());
      // A resample of few pairs is calibrated worse than the whole, so its error lies above.
      if (metric.id != "ece") {
        QVERIFY2(
            interval.low <= made.values.at(metric.id) && made.values.at(metric.id) <= interval.high,
            metric.id.c_str());
      }
    }
  }

  void oneSeedGivesOneInterval() {
    const Sample sample = randomSample(500, 80);
    const auto first = measure(sample.pairs(), 0.5, {50, 3});
    const auto second = measure(sample.pairs(), 0.5, {50, 3});
    QCOMPARE(first.intervals.at("auprc").low, second.intervals.at("auprc").low);
    QVERIFY(first.intervals.at("auprc").low !=
            measure(sample.pairs(), 0.5, {50, 4}).intervals.at("auprc").low);
  }

  void repeatingPairsOfTheSameProteinsDoesNotNarrowTheInterval() {
    const Sample once = randomSample(60, 100'000);
    Sample often;
    for (int repeat = 0; repeat < 25; ++repeat) {
      often.probabilities.insert(often.probabilities.end(), once.probabilities.begin(),
                                 once.probabilities.end());
      often.labels.insert(often.labels.end(), once.labels.begin(), once.labels.end());
      often.a.insert(often.a.end(), once.a.begin(), once.a.end());
      often.b.insert(often.b.end(), once.b.begin(), once.b.end());
    }
    const auto first = measure(once.pairs(), 0.5, {100, 1}).intervals.at("accuracy");
    const auto second = measure(often.pairs(), 0.5, {100, 1}).intervals.at("accuracy");
    QVERIFY(near(first.low, second.low));
    QVERIFY(near(first.high, second.high));
  }

  void undefinedIsNaNNotZero() {
    const std::vector<float> probabilities = {0.2F, 0.3F};
    const std::vector<std::int8_t> labels = {0, 0};
    const std::vector<std::int64_t> proteins = {1, 2};
    const auto made = measure({probabilities, labels, proteins, proteins}, 0.5, {20, 1});
    QVERIFY(std::isnan(made.values.at("auroc")));
    QVERIFY(std::isnan(made.values.at("precision")));
    QVERIFY(!made.intervals.contains("auroc"));
    const std::vector<float> broken = {0.2F, std::numeric_limits<float>::quiet_NaN()};
    const auto lost = measure({broken, labels, proteins, proteins}, 0.5, {20, 1});
    QVERIFY(std::isnan(lost.values.at("loss")));
    QCOMPARE(measure({}, 0.5, {20, 1}).n, 0);
  }

  void unequalLengthsAreRefused() {
    const std::vector<float> probabilities = {0.2F};
    EXPECT_ERROR(measure({probabilities, {}, {}, {}}, 0.5, {0, 1}), ErrorKind::Internal, "labels");
  }

  void theIntervalOfTheCalibrationErrorHoldsItsValue() {
    // 40 pairs that are calibrated as well as so few can be: every resample is worse.
    std::vector<float> scores;
    std::vector<std::int8_t> labels;
    std::vector<std::int64_t> a;
    std::vector<std::int64_t> b;
    for (int i = 0; i < 40; ++i) {
      scores.push_back(static_cast<float>(i / 4) / 10 + 0.05F);
      labels.push_back(static_cast<std::int8_t>(i % 4 * 10 < i ? 1 : 0));
      a.push_back(2 * i);
      b.push_back(2 * i + 1);
    }
    const auto made = measure({scores, labels, a, b}, 0.5, {200, 1});
    const auto& interval = made.intervals.at("ece");
    QVERIFY(interval.low <= made.values.at("ece"));
    QVERIFY(interval.high >= made.values.at("ece"));
  }

  void theBestThresholdHasTheBestMcc() {
    // Calling all has the best F1, 0.8, and MCC 0; calling the first alone has MCC 0.316, F1 0.4.
    const std::vector<float> six = {0.9F, 0.5F, 0.2F, 0.15F, 0.12F, 0.1F};
    const std::vector<std::int8_t> labels = {1, 0, 1, 1, 0, 1};
    const double best = bestThreshold(six, labels);
    QVERIFY(best > 0.5 && best <= 0.9F);
    QVERIFY(near(confusionAt(six, labels, best).mcc(), 2.0 / std::sqrt(40.0)));
    const std::vector<float> scores = {0.2F, 0.9F};
    const std::vector<std::int8_t> oneClass = {1, 1};
    QCOMPARE(bestThreshold(scores, oneClass), 0.5);
    QCOMPARE(bestThreshold({}, {}), 0.5);
  }

  void directionBelongsToTheMetric() {
    QVERIFY(higherIsBetter("auprc"));
    QVERIFY(!higherIsBetter("loss"));
    QVERIFY(!higherIsBetter("brier"));
    QVERIFY(!higherIsBetter("ece"));
  }
};

QTEST_GUILESS_MAIN(TestPartMetrics)
#include "tst_part_metrics.moc"
