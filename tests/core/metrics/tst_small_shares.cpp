// Shares of few: Wilson's interval, Fisher's test, and counts by binary search.
#include <QTest>
#include <array>
#include <cmath>

#include "core/base/progress.h"
#include "core/metrics/fisher.h"
#include "core/metrics/group_counts.h"
#include "core/metrics/score_ladder.h"
#include "core/metrics/wilson.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/metrics/random_sample.h"
#include "tests/core/metrics/ten_pairs.h"

using namespace twofold;
using namespace twofold::metrics;
using namespace twofold::tests;

class TestSmallShares : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// The formula in plain Python.
  void wilsonIsHonestOfFew() {
    const auto is = [](std::int64_t hits, std::int64_t all, double low, double high) {
      const auto interval = wilsonInterval(hits, all).value();
      return std::abs(interval.low - low) < 1e-12 && std::abs(interval.high - high) < 1e-12;
    };
    QVERIFY(is(0, 10, 0, 0.2775327998628892));
    QVERIFY(is(1, 10, 0.017876213095072868, 0.4041500267952385));
    QVERIFY(is(5, 10, 0.236593090512564, 0.7634069094874361));
    QVERIFY(is(1, 1, 0.20654931437723745, 1));
    QVERIFY(!wilsonInterval(0, 0));
  }

  /// The lady tasting tea, and tables counted in exact integers in Python.
  void fisherIsExact() {
    QVERIFY(std::abs(fisherExact({3, 4}, {1, 4}) - 17.0 / 35) < 1e-12);
    QVERIFY(std::abs(fisherExact({8, 10}, {1, 6}) - 0.03496503496503496) < 1e-12);
    QVERIFY(std::abs(fisherExact({0, 3}, {300, 1000}) - 0.5584984683557228) < 1e-9);
    QVERIFY(std::abs(fisherExact({50, 100}, {3000, 10000}) / 3.892160363327016e-05 - 1) < 1e-6);
    QVERIFY(std::abs(fisherExact({3000, 10000}, {50, 100}) / 3.892160363327016e-05 - 1) < 1e-6);
    QCOMPARE(fisherExact({0, 5}, {0, 9}), 1.0);
    QCOMPARE(fisherExact({5, 5}, {9, 9}), 1.0);
    QCOMPARE(fisherExact({0, 0}, {3, 9}), 1.0);
  }

  void theLadderCountsAsThePairsDo() {
    const ScoreLadder ladder(kTenScores, kTenLabels);
    for (const double threshold : {-1.0, 0.1, 0.2, 0.4, 0.41, 0.5, 0.8, 0.9, 1.0, 1.5}) {
      const auto counts = ladder.at(threshold);
      const auto expected = confusionAt(kTenScores, kTenLabels, threshold);
      QCOMPARE(counts.truePositives, expected.truePositives);
      QCOMPARE(counts.falsePositives, expected.falsePositives);
      QCOMPARE(counts.trueNegatives, expected.trueNegatives);
      QCOMPARE(counts.falseNegatives, expected.falseNegatives);
    }
    QCOMPARE(ladder.at(ladder.thresholdAbove(0)).truePositives, 4.0);  // all are called
    QCOMPARE(ladder.at(ladder.thresholdAbove(1)).falsePositives, 0.0);
    QCOMPARE(ladder.at(ladder.thresholdAbove(1)).truePositives, 0.0);
    QCOMPARE(ladder.thresholdAbove(0.4), static_cast<double>(0.5F));
    QCOMPARE(ladder.shareBelow(0.5), 0.4);
    QCOMPARE(ScoreLadder().thresholdAbove(0.3), 0.5);
    QCOMPARE(ScoreLadder().shareBelow(0.3), 0.0);
  }

  void groupsAddUpToTheWhole() {
    const auto sample = randomSample(300, 30);
    std::vector<std::uint32_t> groups;
    for (std::uint32_t i = 0; i < 300; ++i) {
      groups.push_back(i % 3);
    }
    const auto parts = groupCounts(sample.pairs(), 0.5, groups, 3, {20, 4});
    const std::vector<std::uint32_t> one(300, 0U);
    const auto whole = groupCounts(sample.pairs(), 0.5, one, 1, {20, 4});
    QCOMPARE(whole.resampled.size(), std::size_t(20));
    const auto sum = [](const std::vector<Confusion>& counts) {
      double wrong = 0;
      for (const auto& own : counts) {
        wrong += own.falsePositives + own.falseNegatives;
      }
      return wrong;
    };
    QCOMPARE(sum(parts.counts), sum(whole.counts));
    for (std::size_t i = 0; i < 20; ++i) {
      QCOMPARE(sum(parts.resampled[i]), sum(whole.resampled[i]));
    }
    EXPECT_ERROR(groupCounts(sample.pairs(), 0.5, std::array{0U}, 1, {20, 4}), ErrorKind::Internal,
                 "other pairs");
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_THROWS_EXCEPTION(
        StopRequested,
        static_cast<void>(groupCounts(sample.pairs(), 0.5, one, 1, {20, 4, 1, stop.get_token()})));
  }
};

QTEST_GUILESS_MAIN(TestSmallShares)
#include "tst_small_shares.moc"
