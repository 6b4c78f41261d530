#include <ATen/ATen.h>

#include <QTest>

#include "models/layers/linear.h"

using namespace twofold;

namespace {

double worst(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kFloat) - b.to(at::kFloat)).abs().max().item<double>();
}

}  // namespace

class TestLinear : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalsThePlainLayer_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("isBfloat16");
    QTest::addColumn<double>("tolerance");
    for (const int rows : {1, 7, 300, 4097}) {
      QTest::addRow("float32, %d rows", rows) << rows << false << 2e-5;
      QTest::addRow("bfloat16, %d rows", rows) << rows << true << 6e-2;
    }
  }

  void equalsThePlainLayer() {
    QFETCH(int, rows);
    QFETCH(bool, isBfloat16);
    QFETCH(double, tolerance);
    at::manual_seed(2);
    const auto options = at::TensorOptions().dtype(isBfloat16 ? at::kBFloat16 : at::kFloat);
    const at::Tensor weight = at::randn({96, 40}) * 0.2;
    const at::Tensor bias = at::randn({96});
    const at::Tensor input = at::randn({rows, 40}).to(options);
    const models::FrozenLinear linear(weight, bias, {options});

    const at::Tensor expected = at::linear(input.to(at::kFloat), weight.to(options).to(at::kFloat),
                                           bias.to(options).to(at::kFloat));
    QCOMPARE(linear(input).scalar_type(), options.dtype().toScalarType());
    QVERIFY(worst(linear(input), expected) <= tolerance);
    QVERIFY(worst(linear.gelu(input), at::gelu(expected, "none")) <= tolerance);
  }

  void mayHaveNoBias() {
    at::manual_seed(3);
    const at::Tensor weight = at::randn({12, 8});
    const at::Tensor input = at::randn({5, 8});
    const models::FrozenLinear linear(weight, {}, {});
    QVERIFY(worst(linear(input), at::linear(input, weight)) <= 2e-5);
  }
};

QTEST_GUILESS_MAIN(TestLinear)
#include "tst_linear.moc"
