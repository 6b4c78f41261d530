#include <QTest>
#include <cmath>

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/learning/loss.h"
#endif

using namespace twofold;

namespace {

models::TrainingOptions focal(double gamma, double smoothing = 0) {
  models::TrainingOptions options;
  options.loss = models::Loss::Focal;
  options.focalGamma = gamma;
  options.labelSmoothing = smoothing;
  return options;
}

double valueOf(const at::Tensor& loss) {
  return loss.item().toDouble();
}

bool isNear(double value, double expected) {
  return std::abs(value - expected) < 1e-6 * std::max(1.0, std::abs(expected));
}

}  // namespace

class TestLoss : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void defaultsAreTorchsCrossEntropyBitForBit() {
    const auto logits = at::randn({100}) * 5;
    const auto labels = (at::rand({100}) < 0.3).to(at::kFloat);
    QVERIFY(at::equal(models::pairLoss(logits, labels, {}),
                      at::binary_cross_entropy_with_logits(logits, labels)));
  }

  // sigmoid(ln 3) = 3/4 and sigmoid(-ln 3) = 1/4.
  void crossEntropyOfKnownProbabilities() {
    const auto logits = at::tensor({std::log(3.0), std::log(3.0)});
    const auto labels = at::tensor({1.0, 0.0});
    const double right = -std::log(0.75);
    const double wrong = -std::log(0.25);
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, {})), (right + wrong) / 2));
    models::TrainingOptions smoothed;
    smoothed.labelSmoothing = 0.2;  // targets 0.9 and 0.1
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, smoothed)),
                   (0.9 * right + 0.1 * wrong + 0.1 * right + 0.9 * wrong) / 2));
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, {}, {0.5, 3})),
                   (3 * right + 0.5 * wrong) / 2));
  }

  void focalLossOfKnownProbabilities() {
    const auto logits = at::tensor({std::log(3.0), std::log(3.0)});
    const auto labels = at::tensor({1.0, 0.0});
    const double right = 0.25 * 0.25 * -std::log(0.75);
    const double wrong = 0.75 * 0.75 * -std::log(0.25);
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, focal(2))), (right + wrong) / 2));
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, focal(2), {0.5, 3})),
                   (3 * right + 0.5 * wrong) / 2));
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, focal(2, 0.4))),
                   (0.8 * right + 0.2 * wrong + 0.2 * right + 0.8 * wrong) / 2));
    QVERIFY(isNear(valueOf(models::pairLoss(logits, labels, focal(0.5))),
                   (0.5 * -std::log(0.75) + std::sqrt(0.75) * -std::log(0.25)) / 2));
  }

  void focalLossWithoutGammaIsCrossEntropy() {
    const auto logits = at::randn({50}) * 4;
    const auto labels = (at::rand({50}) < 0.5).to(at::kFloat);
    QVERIFY(at::allclose(models::pairLoss(logits, labels, focal(0)),
                         models::pairLoss(logits, labels, {})));
  }

  void balancedWeightsEvenTheClassesOut() {
    const auto labels = at::tensor({1.0F, 0.0F, 0.0F, 0.0F});
    const auto weights = models::ClassWeights::balanced(labels);
    QVERIFY(isNear(weights.positive, 2));
    QVERIFY(isNear(weights.negative, 4.0 / 6));
    // A model that knows nothing then loses the same on either class, as with even classes.
    QVERIFY(isNear(valueOf(models::pairLoss(at::zeros({4}), labels, {}, weights)), std::log(2.0)));
  }

  void extremeLogitsStayFinite_data() {
    QTest::addColumn<bool>("isFocal");
    QTest::addColumn<double>("gamma");
    QTest::newRow("cross entropy") << false << 0.0;
    for (const double gamma : {0.0, 0.5, 2.0, 10.0}) {
      QTest::addRow("focal %g", gamma) << true << gamma;
    }
  }
  void extremeLogitsStayFinite() {
    QFETCH(bool, isFocal);
    QFETCH(double, gamma);
    for (const double smoothing : {0.0, 0.1}) {
      auto options = focal(gamma, smoothing);
      options.loss = isFocal ? models::Loss::Focal : models::Loss::CrossEntropy;
      const auto logits = at::tensor({100.0F, -100.0F, 100.0F, -100.0F, 0.0F});
      logits.set_requires_grad(true);
      const auto loss =
          models::pairLoss(logits, at::tensor({1.0F, 1.0F, 0.0F, 0.0F, 1.0F}), options, {0.3, 1.7});
      loss.backward();
      QVERIFY(std::isfinite(valueOf(loss)));
      QVERIFY(at::isfinite(logits.grad()).all().item().toBool());
      // What is wrong is pulled back.
      QVERIFY(logits.grad()[1].item().toDouble() < 0 && logits.grad()[2].item().toDouble() > 0);
    }
  }

  void gradientIsTheSlopeOfTheLoss() {
    const auto options = focal(2, 0.1);
    const auto labels = at::tensor({1.0, 0.0, 1.0});
    const auto logits = at::tensor({0.7, -0.2, -1.5});
    const auto tracked = logits.clone().set_requires_grad(true);
    models::pairLoss(tracked, labels, options, {0.8, 1.4}).backward();
    for (int i = 0; i < 3; ++i) {
      const double step = 1e-5;
      const auto moved = [&](double by) {
        auto other = logits.clone();
        other[i] += by;
        return valueOf(models::pairLoss(other, labels, options, {0.8, 1.4}));
      };
      const double slope = (moved(step) - moved(-step)) / (2 * step);
      QVERIFY(std::abs(slope - tracked.grad()[i].item().toDouble()) < 1e-8);
    }
  }
};

QTEST_GUILESS_MAIN(TestLoss)
#include "tst_loss.moc"
