// Attention with a gradient written by hand equals torch's own, and the network's gradient its
// loss.
#include <ATen/ATen.h>

#include <QTest>

#include "models/pretraining/esm2_learner.h"
#include "models/pretraining/rotary_attention.h"

using namespace twofold::models;

namespace {

constexpr EqualRows kShape{3, 17, 2};
constexpr std::int64_t kWidth = 16;

at::Tensor plainAttention(const at::Tensor& qkv, const RotaryTable& table) {
  const auto parts = qkv.view({kShape.rows, kShape.length, 3, kShape.heads, -1}).unbind(2);
  const auto turned = [&](const at::Tensor& heads) {
    const at::Tensor cosines =
        table.cosines.narrow(0, 0, kShape.length).view({1, kShape.length, 1, -1});
    const at::Tensor sines =
        table.sines.narrow(0, 0, kShape.length).view({1, kShape.length, 1, -1});
    const auto halves = heads.chunk(2, -1);
    return at::cat(
               {halves[0] * cosines - halves[1] * sines, halves[1] * cosines + halves[0] * sines},
               -1)
        .transpose(1, 2);
  };
  const at::Tensor result = at::scaled_dot_product_attention(turned(parts[0]), turned(parts[1]),
                                                             parts[2].transpose(1, 2));
  return result.transpose(1, 2).reshape({kShape.rows * kShape.length, kWidth});
}

double worst(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item().toDouble();
}

class RotaryAttentionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void valueAndGradientEqualTorchs() {
    at::manual_seed(3);
    const RotaryTable table = rotaryTable(rotaryFrequencies(kWidth / kShape.heads, 10000), 32);
    const at::Tensor base = at::randn({kShape.rows * kShape.length, 3 * kWidth});
    const at::Tensor weights = at::randn({kShape.rows * kShape.length, kWidth});
    const at::Tensor own = base.clone().requires_grad_();
    const at::Tensor other = base.clone().requires_grad_();
    const at::Tensor a = rotaryAttention(own, kShape, table);
    const at::Tensor b = plainAttention(other, table);
    QVERIFY(worst(a, b) < 1e-5);
    (a * weights).sum().backward();
    (b * weights).sum().backward();
    QVERIFY(worst(own.grad(), other.grad()) < 1e-5);
  }

  void bfloat16StaysNearFloat() {
    at::manual_seed(4);
    const RotaryTable table = rotaryTable(rotaryFrequencies(kWidth / kShape.heads, 10000), 32);
    const at::Tensor base = at::randn({kShape.rows * kShape.length, 3 * kWidth}).to(at::kBFloat16);
    const at::Tensor half = base.clone().requires_grad_();
    const at::Tensor full = base.to(at::kFloat).requires_grad_();
    const at::Tensor a = rotaryAttention(half, kShape, table);
    const at::Tensor b = rotaryAttention(full, kShape, table);
    QVERIFY(worst(a.to(at::kFloat), b) < 0.03);
    a.sum().backward();
    b.sum().backward();
    QVERIFY(worst(half.grad().to(at::kFloat), full.grad()) < 0.05);
  }

  /// Along the whole gradient the loss changes by its squared length, to first order.
  void theNetworksGradientPredictsItsLoss() {
    LearnerSettings settings;
    settings.shape = esm2ConfigOfShape(2, 16, 2);
    settings.type = at::kFloat;
    const Esm2Learner learner(settings);
    CropBatch crops{4, 12, true, {}};
    twofold::Random random(5);
    for (std::int64_t i = 0; i < crops.rows * crops.length; ++i) {
      crops.tokens.push_back(static_cast<std::uint8_t>(4 + random.below(20)));
    }
    const MaskedBatch batch = masked(crops, random);
    const auto loss = [&] {
      const at::Tensor hidden = learner.hidden(batch, crops.rows, crops.length);
      return learner.maskedLoss(hidden, batch) +
             0.3 * learner.partnerLoss(hidden, crops.rows, crops.length);
    };
    const at::Tensor before = loss();
    before.backward();
    double square = 0;
    for (const auto& [name, weight] : learner.weights()) {
      QVERIFY2(weight.grad().defined(), name.c_str());
      square += weight.grad().square().sum().item().toDouble();
    }
    // Short enough for the first order, long enough for float32; both sides cancel the second
    // order.
    const double expected = 2e-3;
    const double step = expected / (2 * square);
    const auto move = [&](double factor) {
      for (const auto& [name, weight] : learner.weights()) {
        weight.detach().sub_(weight.grad() * (factor * step));
      }
      return loss().item().toDouble();
    };
    const double below = move(1);
    const double above = move(-2);
    QVERIFY2(std::abs((above - below) / expected - 1) < 0.02,
             qPrintable(QString::number(above - below)));
  }
};

}  // namespace

QTEST_GUILESS_MAIN(RotaryAttentionTest)
#include "tst_rotary_attention.moc"
