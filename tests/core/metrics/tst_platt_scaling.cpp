#include <QTest>
#include <cmath>
#include <vector>

#include "core/metrics/calibration.h"
#include "core/metrics/platt_scaling.h"

using namespace twofold::metrics;

namespace {

float sigmoid(double x) {
  return static_cast<float>(1 / (1 + std::exp(-x)));
}

struct Sample {
  std::vector<float> logits;
  std::vector<float> probabilities;
  std::vector<std::int8_t> labels;
};

/// Labels drawn with probability sigmoid(x), while the model says sigmoid(steepness x + shift).
Sample overconfident(double steepness, double shift) {
  Sample sample;
  std::uint64_t state = 7;
  const auto uniform = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state >> 11) * 0x1p-53;
  };
  for (int i = 0; i < 20000; ++i) {
    const double x = 6 * uniform() - 3;
    sample.labels.push_back(uniform() < static_cast<double>(sigmoid(x)) ? 1 : 0);
    sample.logits.push_back(static_cast<float>(steepness * x + shift));
    sample.probabilities.push_back(sigmoid(steepness * x + shift));
  }
  return sample;
}

}  // namespace

class TestPlattScaling : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anOverconfidentModelIsTakenBackToTheTruth() {
    const Sample sample = overconfident(3, 1);
    const auto scale = plattScaling(sample.logits, sample.labels);
    QVERIFY2(std::fabs(scale.slope - 1.0 / 3) < 0.02, qPrintable(QString::number(scale.slope)));
    QVERIFY2(std::fabs(scale.offset + 1.0 / 3) < 0.05, qPrintable(QString::number(scale.offset)));
    std::vector<float> scaled;
    for (const float logit : sample.logits) {
      scaled.push_back(static_cast<float>(scale.probability(double{logit})));
    }
    QVERIFY(expectedCalibrationError(sample.probabilities, sample.labels) > 0.1);
    QVERIFY(expectedCalibrationError(scaled, sample.labels) < 0.02);
  }

  void aModelThatIsRightStaysAsItIs() {
    const Sample sample = overconfident(1, 0);
    const auto scale = plattScaling(sample.logits, sample.labels);
    QVERIFY(std::fabs(scale.slope - 1) < 0.05);
    QVERIFY(std::fabs(scale.offset) < 0.05);
  }

  void aTemperatureLeavesTheMiddleWhereItIs() {
    const Sample sample = overconfident(3, 0);
    const auto scale = temperatureScaling(sample.logits, sample.labels);
    QVERIFY2(std::fabs(scale.slope - 1.0 / 3) < 0.02, qPrintable(QString::number(scale.slope)));
    QCOMPARE(scale.offset, 0.0);
    const std::vector<float> turned = {-2, -1, 1, 2};
    const std::vector<std::int8_t> labels = {1, 1, 0, 0};
    QCOMPARE(temperatureScaling(turned, labels), LogitScale());
    const auto apart = temperatureScaling(turned, std::vector<std::int8_t>{0, 0, 1, 1});
    QVERIFY(std::isfinite(apart.slope) && apart.slope > 0);
  }

  void anOrderIsNeverTurnedRound() {
    const std::vector<float> logits = {-2, -1, 1, 2};
    const std::vector<std::int8_t> labels = {1, 1, 0, 0};
    QCOMPARE(plattScaling(logits, labels), LogitScale());
  }

  void oneClassAloneTeachesNothing() {
    QCOMPARE(plattScaling(std::vector<float>{-0.8F, 0.4F}, std::vector<std::int8_t>{1, 1}),
             LogitScale());
    QCOMPARE(plattScaling({}, {}), LogitScale());
  }

  void certaintyAndPerfectOrderStayFinite() {
    const std::vector<float> logits = {-80, -90, 80, 90};
    const std::vector<std::int8_t> labels = {0, 0, 1, 1};
    const auto scale = plattScaling(logits, labels);
    QVERIFY(std::isfinite(scale.slope) && scale.slope > 0);
    QVERIFY(std::isfinite(scale.offset));
    QVERIFY(scale.probability(20) < 1);
  }
};

QTEST_GUILESS_MAIN(TestPlattScaling)
#include "tst_platt_scaling.moc"
