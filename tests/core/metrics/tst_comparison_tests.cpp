// McNemar, DeLong, Holm and selective prediction where the generated cases do not look.
#include <QTest>
#include <cmath>
#include <limits>
#include <vector>

#include "core/metrics/delong.h"
#include "core/metrics/holm.h"
#include "core/metrics/mcnemar.h"
#include "core/metrics/paired_difference.h"
#include "core/metrics/selective.h"
#include "tests/core/metrics/random_sample.h"

using namespace twofold;
using namespace twofold::metrics;
using namespace twofold::tests;

class TestComparisonTests : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void mcNemarIsExactForFewPairs() {
    QCOMPARE(mcNemar(0, 0).p, 1.0);
    QVERIFY(mcNemar(0, 5).isExact);
    QCOMPARE(mcNemar(0, 5).p, 0.0625);
    QCOMPARE(mcNemar(5, 0).p, 0.0625);
    QVERIFY(!mcNemar(5, 20).isExact);
    // (|5 - 20| - 1)^2 / 25 = 7.84; the chance of more with one degree of freedom.
    QVERIFY(std::abs(mcNemar(5, 20).p - 0.00511) < 1e-5);
    QCOMPARE(mcNemar(13, 13).p, 1.0);
    QCOMPARE(mcNemar(14, 13).p, 1.0);
  }

  void deLongOfAModelWithItselfIsNoDifference() {
    const Sample sample = randomSample(300, 30);
    const auto test = deLong(sample.probabilities, sample.probabilities, sample.labels);
    QCOMPARE(test.p, 1.0);
    QCOMPARE(test.interval->low, 0.0);
    QCOMPARE(test.interval->high, 0.0);
  }

  void deLongWithoutVarianceAgreesWithItsInterval() {
    const std::vector<std::int8_t> labels = {1, 1, 0, 0};
    const std::vector<float> right = {0.9F, 0.8F, 0.2F, 0.1F};
    const std::vector<float> wrong = {0.1F, 0.2F, 0.8F, 0.9F};
    const auto test = deLong(wrong, right, labels);
    QCOMPARE(test.variance, 0.0);
    QCOMPARE(test.interval->low, 1.0);
    QCOMPARE(test.interval->high, 1.0);
    QCOMPARE(test.p, 0.0);
    QCOMPARE(deLong(right, std::vector<float>{4, 3, 2, 1}, labels).p, 1.0);
  }

  void deLongNeedsTwoPairsOfEachClass() {
    const std::vector<float> scores = {0.1F, 0.2F, 0.3F};
    const std::vector<std::int8_t> labels = {0, 0, 1};
    QVERIFY(std::isnan(deLong(scores, scores, labels).p));
    QVERIFY(!deLong(scores, scores, labels).interval);
  }

  void holmCountsOnlyWhatIsThere() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto adjusted = holm(std::vector<double>{0.02, nan, 0.01, 0.9});
    QCOMPARE(adjusted[2], 0.03);
    QCOMPARE(adjusted[0], 0.04);
    QVERIFY(std::isnan(adjusted[1]));
    QCOMPARE(adjusted[3], 0.9);
    QVERIFY(holm({}).empty());
  }

  void manyModelsShareTheirResamples() {
    const Sample sample = randomSample(500, 50);
    std::vector<float> better;
    std::vector<float> worse;
    for (std::size_t i = 0; i < sample.labels.size(); ++i) {
      const float gain = sample.labels[i] != 0 ? 0.05F : -0.05F;
      better.push_back(sample.probabilities[i] + gain);
      worse.push_back(sample.probabilities[i] - gain);
    }
    const std::vector<PairedScores> models = {
        {sample.probabilities, 0.5}, {better, 0.5}, {worse, 0.5}};
    const PairedBootstrap one(sample.pairs(), models, {99, 1, 1});
    const PairedBootstrap two(sample.pairs(), models, {99, 1, 2});
    const auto gain = one.differences(0, 1).at("auprc");
    QCOMPARE(two.differences(0, 1).at("auprc").interval->low, gain.interval->low);
    QVERIFY(gain.value > 0 && gain.p == 0.02);  // 2 / 100: none of 99 resamples lies below 0
    QVERIFY(one.differences(0, 2).at("auprc").value < 0);
    QCOMPARE(one.differences(1, 0).at("auprc").value, -gain.value);
    QCOMPARE(one.differences(0, 0).at("auprc").p, 1.0);
  }

  void whatIsNoProbabilityHasNoCalibration() {
    const Sample sample = randomSample(200, 30);
    std::vector<float> logits;
    for (const float p : sample.probabilities) {
      logits.push_back(10 * p - 5);
    }
    auto pairs = sample.pairs();
    pairs.probabilities = logits;
    const auto nan = std::numeric_limits<double>::quiet_NaN();
    const auto found = measure(pairs, nan, {20, 1});
    for (const char* undefined : {"brier", "ece", "loss", "accuracy", "mcc"}) {
      QVERIFY2(std::isnan(found.values.at(undefined)), undefined);
      QVERIFY2(!found.intervals.contains(undefined), undefined);
    }
    QCOMPARE(found.values.at("auroc"), measure(sample.pairs(), 0.5, {0, 1}).values.at("auroc"));
    pairs.probabilities = sample.probabilities;
    pairs.areProbabilities = false;
    QVERIFY(std::isnan(measure(pairs, 0.5, {0, 1}).values.at("loss")));
  }

  void doubtfulPairsAreLeftOutFirst() {
    const std::vector<float> scores = {0.9F, 0.1F, 0.6F, 0.55F};
    const auto sure = callConfidences(scores, 0.5, true);
    const auto curve = selectiveCurve(sure, std::vector<std::int8_t>{1, 1, 1, 0});
    QCOMPARE(curve.accuracyAt(0.5), 1.0);
    QCOMPARE(curve.accuracyAt(1), 0.75);
    QCOMPARE(curve.coverageFor(0.9), 0.75);
    QCOMPARE(curve.coverageFor(0.76), 0.75);
    QCOMPARE(curve.coverageFor(0.75), 1.0);
    QVERIFY(std::isnan(curve.accuracyAt(0)));
    QVERIFY(std::isnan(selectiveCurve({}, {}).area));
    // Pairs that tie count by their chance: two of four, whichever they are.
    const auto tied =
        selectiveCurve(std::vector<double>(4, 0.7), std::vector<std::int8_t>{1, 0, 0, 1});
    QCOMPARE(tied.accuracyAt(0.25), 0.5);
    QCOMPARE(tied.area, 0.5);
  }
};

QTEST_GUILESS_MAIN(TestComparisonTests)
#include "tst_comparison_tests.moc"
