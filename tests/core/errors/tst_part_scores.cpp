// What is read of a run, and what a threshold makes of it.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/errors/error_tables.h"
#include "core/errors/operating_point.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/errors/made_up_run.h"

using namespace twofold;
using namespace twofold::errors;
using namespace twofold::tests;

namespace {
const metrics::BootstrapOptions kNoIntervals{0, 1, 1, {}};
}

class TestPartScores : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPartIsReadWithWhatIsKnownOfItsProteins() {
    MadeUpRun made;
    const auto part = made.part();
    QCOMPARE(part.size(), std::size_t(6));
    QCOMPARE(part.unlabelled, std::int64_t(1));
    QCOMPARE(part.threshold, 0.5);
    QVERIFY(part.areProbabilities && part.hasTraining);
    QCOMPARE(part.proteins.size(), std::size_t(6));
    QCOMPARE(part.training.size(), std::size_t(3));
    const std::vector<std::int32_t> degrees = {2, 2, 1, 0, 0, 0};  // a self pair counts once
    const std::vector<std::int32_t> lengths = {100, 200, 400, 600, 900, 1300};
    for (std::size_t p = 0; p < 6; ++p) {
      QCOMPARE(part.proteins[p].key, made.key(p));
      QCOMPARE(part.proteins[p].id, "P" + std::to_string(p));
      QCOMPARE(part.proteins[p].trainingPairs, degrees[p]);
      QCOMPARE(part.proteins[p].length, lengths[p]);
    }
    QCOMPARE(part.a, (std::vector<std::int64_t>{0, 0, 1, 1, 2, 3}));
    QCOMPARE(part.b, (std::vector<std::int64_t>{3, 4, 3, 4, 5, 3}));
    QCOMPARE(part.indices.front(), 3U);
    QCOMPARE(partsWithScores(made.project().database(), made.run()),
             std::vector<data::Part>{data::Part::Test});
  }

  void whatCannotBeReadSaysWhy() {
    MadeUpRun made;
    auto& database = made.project().database();
    EXPECT_ERROR(readPartScores(database, made.run(), data::Part::Validation), ErrorKind::Usage,
                 "no scores of validation pairs");
    EXPECT_ERROR(readPartScores(database, "nosuch", data::Part::Test), ErrorKind::NotFound,
                 "nosuch");
    EXPECT_ERROR(partsWithScores(database, "nosuch"), ErrorKind::NotFound, "nosuch");
    EXPECT_ERROR(thresholdForAim(database, made.run(), {}), ErrorKind::Usage, "validation");
    const float nan = std::numeric_limits<float>::quiet_NaN();
    made.setScores({0.9F, nan, 0.5F, 0.5F, nan, 0.1F, 0.7F});
    EXPECT_ERROR(made.part(), ErrorKind::BadInput, "2 test scores of run");
    made.repository().setPredictions(made.run(), data::Part::Test, std::vector{4000U},
                                     std::vector{0.5F});
    EXPECT_ERROR(made.part(), ErrorKind::BadInput, "no longer has");
  }

  void aScoreAtTheThresholdIsCalledPositive() {
    MadeUpRun made;
    const auto point = operatingPoint(made.part(), 0.5, {}, kNoIntervals);
    QCOMPARE(point.counts.truePositives, 2.0);
    QCOMPARE(point.counts.falsePositives, 2.0);
    QCOMPARE(point.counts.trueNegatives, 1.0);
    QCOMPARE(point.counts.falseNegatives, 1.0);
    QCOMPARE(point.here.accuracy.value, 0.5);
    QCOMPARE(point.here.precision.value, 0.5);
    QCOMPARE(point.here.recall.value, 2.0 / 3);
    QVERIFY(!point.here.recall.interval);
    QCOMPARE(point.prevalence, 0.5);
    const auto above = operatingPoint(made.part(), std::nextafter(0.5, 1.0), {}, kNoIntervals);
    QCOMPARE(above.counts.truePositives, 1.0);
    QCOMPARE(above.counts.falsePositives, 1.0);
  }

  /// Recall 2/3 and a false positive rate of 2/3: at one in a hundred, precision is the prevalence.
  void expectedPrecisionFollowsThePrevalence() {
    MadeUpRun made;
    const auto point = operatingPoint(made.part(), 0.5, 0.01, kNoIntervals);
    QVERIFY(std::abs(point.there.precision.value - 0.01) < 1e-12);
    QCOMPARE(point.there.recall.value, 2.0 / 3);
    const auto strict = operatingPoint(made.part(), 0.85, 0.01, kNoIntervals);
    QCOMPARE(strict.there.precision.value, 1.0);
  }

  void intervalsAreThoseOfTheMetrics() {
    Random random(5);
    std::vector<HandPair> pairs;
    for (int i = 0; i < 300; ++i) {
      pairs.push_back({static_cast<std::int64_t>(random.below(40)),
                       static_cast<std::int64_t>(random.below(40)), random.below(2) == 1,
                       static_cast<float>(random.uniform())});
    }
    const auto part = handMade(pairs);
    const metrics::BootstrapOptions bootstrap{200, 7, 2, {}};
    const auto point = operatingPoint(part, 0.4, {}, bootstrap);
    const auto measured = metrics::measure(part.scored(), 0.4, bootstrap);
    const auto same = [&](const Estimate& estimate, const char* metric) {
      QCOMPARE(estimate.value, measured.values.at(metric));
      QCOMPARE(estimate.interval->low, measured.intervals.at(metric).low);
      QCOMPARE(estimate.interval->high, measured.intervals.at(metric).high);
    };
    same(point.here.accuracy, "accuracy");
    same(point.here.precision, "precision");
    same(point.here.recall, "recall");
    same(point.here.f1, "f1");
    same(point.here.mcc, "mcc");
    QVERIFY(std::abs(point.there.precision.value - point.here.precision.value) < 1e-12);
  }

  void oneClassHasNoPrecisionElsewhere() {
    const auto part = handMade({{0, 1, true, 0.9F}, {1, 2, true, 0.3F}});
    const auto point = operatingPoint(part, 0.5, 0.01, kNoIntervals);
    QCOMPARE(point.here.recall.value, 0.5);
    QVERIFY(std::isnan(point.there.precision.value));
    QVERIFY(std::isnan(point.there.mcc.value));
    QCOMPARE(prevalenceOf(part), 1.0);
    EXPECT_ERROR(operatingPoint(part, std::nan(""), {}, kNoIntervals), ErrorKind::Usage,
                 "no threshold");
  }

  void noPairsHaveNoRates() {
    const PartScores none;
    QVERIFY(std::isnan(prevalenceOf(none)));
    QVERIFY(std::isnan(operatingPoint(none, 0.5, {}, kNoIntervals).here.accuracy.value));
    QVERIFY(selectiveOf(none, 0.5).points.empty());
  }

  void theSurestPairsAreCalledFirst() {
    MadeUpRun made;
    const auto curve = selectiveOf(made.part(), 0.5);
    QCOMPARE(curve.points.back().accuracy, 0.5);
    QCOMPARE(curve.accuracyAt(1.0 / 3), 1.0);  // 0.9 and 0.1
    QCOMPARE(curve.accuracyAt(2.0 / 3), 0.5);  // and 0.8 and 0.2, both wrong
  }

  void pairsAreWrittenTheMostWrongFirst() {
    MadeUpRun made;
    const auto part = made.part();
    const auto rows = mostWrongFirst(part, 0.5);
    QCOMPARE(rows, (std::vector<std::uint32_t>{1, 4, 2, 3, 0, 5}));
    QCOMPARE(pairsTsv(part, 0.5, rows),
             std::string("protein_a\tprotein_b\tlabel\tscore\tcell\nP0\tP4\t0\t0.8\tFP\n"
                         "P2\tP5\t1\t0.2\tFN\nP1\tP3\t1\t0.5\tTP\nP1\tP4\t0\t0.5\tFP\n"
                         "P0\tP3\t1\t0.9\tTP\nP3\tP3\t0\t0.1\tTN\n"));
  }
};

QTEST_GUILESS_MAIN(TestPartScores)
#include "tst_part_scores.moc"
