#include <QTest>
#include <array>

#include "core/metrics/paired_difference.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/metrics/random_sample.h"

using namespace twofold;
using namespace twofold::metrics;
using namespace twofold::tests;

class TestPairedDifference : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aModelDoesNotDifferFromItself() {
    const auto sample = randomSample(400, 60);
    const auto found = pairedDifferences(sample.pairs(), 0.5, {sample.probabilities, 0.5}, {50, 3});
    QCOMPARE(found.size(), metricCatalog().size());
    for (const auto& [metric, difference] : found) {
      QCOMPARE(difference.value, 0.0);
      QCOMPARE(difference.interval->low, 0.0);
      QCOMPARE(difference.interval->high, 0.0);
    }
  }

  void valuesAreThoseOfEachModel() {
    const auto sample = randomSample(400, 60);
    std::vector<float> other;
    for (const float p : sample.probabilities) {
      other.push_back(p * p);
    }
    const auto first = measure(sample.pairs(), 0.5, {0, 1});
    auto pairs = sample.pairs();
    const auto found = pairedDifferences(pairs, 0.5, {other, 0.3}, {20, 1});
    pairs.probabilities = other;
    const auto second = measure(pairs, 0.3, {0, 1});
    for (const auto& [metric, difference] : found) {
      QCOMPARE(difference.value, second.values.at(metric) - first.values.at(metric));
    }
    QCOMPARE(found.at("auroc").value, 0.0);  // squares keep the order
  }

  /// A small gain on every pair is far smaller than what resampling does to each model alone.
  void aSmallGainIsSeenThroughTheNoiseOfBoth() {
    const auto sample = randomSample(600, 40);
    std::vector<float> better;
    for (std::size_t i = 0; i < sample.probabilities.size(); ++i) {
      better.push_back(sample.probabilities[i] + (sample.labels[i] != 0 ? 0.02F : 0.0F));
    }
    const auto auprc = pairedDifferences(sample.pairs(), 0.5, {better, 0.5}, {200, 1}).at("auprc");
    const auto alone = measure(sample.pairs(), 0.5, {200, 1}).intervals.at("auprc");
    QVERIFY(auprc.interval->low > 0);
    QVERIFY(auprc.interval->low < auprc.value && auprc.value < auprc.interval->high);
    QVERIFY(auprc.interval->high - auprc.interval->low < (alone.high - alone.low) / 2);
  }

  /// A calibrated model's error rises more with resampling than a bad one's does.
  void theCalibrationErrorsIntervalHoldsItsValue() {
    const auto sample = randomSample(400, 60);
    const std::vector<float> certain(sample.probabilities.size(), 0.99F);
    const auto ece = pairedDifferences(sample.pairs(), 0.5, {certain, 0.5}, {200, 1}).at("ece");
    QVERIFY(ece.value > 0);
    QVERIFY(ece.interval->low < ece.value && ece.value < ece.interval->high);
  }

  void whatCannotBeMeasuredHasNoDifference() {
    const auto sample = randomSample(10, 5);
    std::vector<float> broken = sample.probabilities;
    broken[3] = std::numeric_limits<float>::quiet_NaN();
    const auto found = pairedDifferences(sample.pairs(), 0.5, {broken, 0.5}, {20, 1});
    QVERIFY(std::isnan(found.at("auprc").value));
    QVERIFY(!found.at("auprc").interval.has_value());
  }

  void oneRunASeedIsComparedAsTheTwoRunsAre() {
    const auto sample = randomSample(400, 60);
    std::vector<float> other;
    for (const float p : sample.probabilities) {
      other.push_back(p * p);
    }
    const BootstrapOptions options{80, 4};
    const auto first = resampled(sample.pairs(), 0.5, options);
    auto pairs = sample.pairs();
    pairs.probabilities = other;
    const auto second = resampled(pairs, 0.3, options);
    const std::array models = {std::pair(&first, &second)};
    const auto mean = meanDifferences(models);
    for (const auto& [metric, own] :
         pairedDifferences(sample.pairs(), 0.5, {other, 0.3}, options)) {
      QCOMPARE(mean.at(metric).value, own.value);
      QCOMPARE(mean.at(metric).p, own.p);
      QCOMPARE(mean.at(metric).interval->low, own.interval->low);
    }
  }

  /// What one seed gains and the other loses is no gain of the recipe.
  void seedsThatContradictEachOtherShowNothing() {
    const auto sample = randomSample(600, 40);
    const auto moved = [&](float by) {
      std::vector<float> scores;
      for (std::size_t i = 0; i < sample.probabilities.size(); ++i) {
        scores.push_back(sample.probabilities[i] + (sample.labels[i] != 0 ? by : 0.0F));
      }
      return scores;
    };
    const BootstrapOptions options{200, 1};
    const auto before = resampled(sample.pairs(), 0.5, options);
    const auto of = [&](const std::vector<float>& scores) {
      auto pairs = sample.pairs();
      pairs.probabilities = scores;
      return resampled(pairs, 0.5, options);
    };
    const auto up = of(moved(0.02F));
    const auto down = of(moved(-0.02F));
    using Models = std::pair<const Resampled*, const Resampled*>;
    const std::array both = {Models(&before, &up), Models(&before, &down)};
    const std::array twice = {Models(&before, &up), Models(&before, &up)};
    const auto none = meanDifferences(both).at("auprc");
    const auto gain = meanDifferences(twice).at("auprc");
    QVERIFY(none.interval->low < 0 && none.interval->high > 0);
    QVERIFY(none.p > 0.05);
    QVERIFY(gain.interval->low > 0);
    QVERIFY(gain.p < 0.05);
    QVERIFY(meanDifferences({}).empty());
  }

  void everyResampleIsToldOnce() {
    const auto sample = randomSample(100, 20);
    const std::vector<PairedScores> models(2, PairedScores{sample.probabilities, 0.5});
    std::vector<std::int64_t> done;
    std::int64_t total = 0;
    const PairedBootstrap bootstrap(sample.pairs(), models, {50, 1, 2}, [&](const Progress& told) {
      done.push_back(told.done);
      total = told.total;
    });
    QCOMPARE(done.size(), std::size_t{50});
    QVERIFY(std::ranges::is_sorted(done));
    QCOMPARE(done.back(), std::int64_t{50});
    QCOMPARE(total, std::int64_t{50});
  }

  void otherLengthsAreRefused() {
    const auto sample = randomSample(10, 5);
    EXPECT_ERROR(pairedDifferences(sample.pairs(), 0.5, {}, {}), ErrorKind::Internal,
                 "0 probabilities");
  }
};

QTEST_GUILESS_MAIN(TestPairedDifference)
#include "tst_paired_difference.moc"
