#include <QTest>
#include <cmath>
#include <limits>

#include "core/metrics/calibration.h"
#include "tests/core/metrics/ten_pairs.h"

using namespace twofold::metrics;
using namespace twofold::tests;

class TestCalibration : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void numbersEqualThePlainFormulas() {
    QVERIFY(near(brier(kTenScores, kTenLabels), kTenBrier));
    QVERIFY(near(logLoss(kTenScores, kTenLabels), kTenLoss));
    QVERIFY(near(expectedCalibrationError(kTenScores, kTenLabels), kTenEce));
  }

  void binsHaveEqualWidthAndTheEdgeGoesUp() {
    QCOMPARE(calibrationBin(0.0F), 0);
    QCOMPARE(calibrationBin(0.0666F), 0);
    QCOMPARE(calibrationBin(0.0667F), 1);
    QCOMPARE(calibrationBin(0.2F), 3);
    QCOMPARE(calibrationBin(1.0F), kCalibrationBins - 1);
    // Ranks and logits lie anywhere.
    QCOMPARE(calibrationBin(1e30F), kCalibrationBins - 1);
    QCOMPARE(calibrationBin(std::numeric_limits<float>::infinity()), kCalibrationBins - 1);
    QCOMPARE(calibrationBin(-1e30F), 0);
    QCOMPARE(calibrationBin(std::numeric_limits<float>::quiet_NaN()), 0);
  }

  void aCertainMistakeCostsMuchButNotInfinity() {
    QVERIFY(near(logLoss(1.0F, std::int8_t{0}), -std::log(std::ldexp(1.0, -23))));
    QVERIFY(std::isnan(brier({}, {})));
  }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
