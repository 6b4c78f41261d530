// The recurrent step by its own loops and by the tensor library's operations.
#include <ATen/ATen.h>

#include <QTest>

#include "models/layers/mlstm.h"

using namespace twofold;

namespace {

constexpr std::int64_t kUnits = 24;
constexpr std::int64_t kInputs = 10;
constexpr std::int64_t kRows = 7;

models::MlstmWeights randomWeights() {
  at::manual_seed(4);
  return {at::randn({kInputs, kUnits}), at::randn({kUnits, kUnits}) * 0.3,
          at::randn({kInputs, 4 * kUnits}), at::randn({kUnits, 4 * kUnits}) * 0.3,
          at::randn({4 * kUnits})};
}

double worst(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kFloat) - b.to(at::kFloat)).abs().max().item<double>();
}

}  // namespace

class TestMlstm : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void bothStepsAreTheSame_data() {
    QTest::addColumn<bool>("isTabulated");
    QTest::addColumn<bool>("isBfloat16");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("any input, float32") << false << false << 1e-5;
    QTest::newRow("any input, bfloat16") << false << true << 0.06;
    QTest::newRow("letters, float32") << true << false << 1e-5;
    QTest::newRow("letters, bfloat16") << true << true << 0.06;
  }

  void bothStepsAreTheSame() {
    QFETCH(bool, isTabulated);
    QFETCH(bool, isBfloat16);
    QFETCH(double, tolerance);
    const models::Arithmetic arithmetic{
        at::TensorOptions().dtype(isBfloat16 ? at::kBFloat16 : at::kFloat), false};
    const auto weights = randomWeights();
    const at::Tensor kinds = at::randn({5, kInputs});
    const auto layer = isTabulated ? models::MlstmLayer(weights, kinds, arithmetic)
                                   : models::MlstmLayer(weights, arithmetic);
    models::MlstmState own(kRows, kUnits, arithmetic.options);
    models::MlstmState other(kRows, kUnits, arithmetic.options);
    for (int step = 0; step < 6; ++step) {
      const std::int64_t rows = kRows - step;  // the last ones rest
      const at::Tensor input = isTabulated ? at::randint(5, {rows}, at::kLong)
                                           : at::randn({rows, kInputs}).to(arithmetic.options);
      layer.step(own, rows, input);
      layer.stepWithTensors(other, rows, input);
    }
    QVERIFY(own.cell.abs().max().item<double>() > 0.5);
    QVERIFY2(worst(own.hidden, other.hidden) <= tolerance,
             qPrintable(QString::number(worst(own.hidden, other.hidden))));
    QVERIFY(worst(own.cell, other.cell) <= 2 * tolerance);
    QVERIFY(worst(own.sum, other.sum) <= 6 * tolerance);
  }
};

QTEST_APPLESS_MAIN(TestMlstm)
#include "tst_mlstm.moc"
