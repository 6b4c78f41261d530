#include <QTest>

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>

#include "models/learning/row_noise.h"
#endif

using namespace twofold;

namespace {

models::RowNoise noiseAt(std::int64_t firstRow, std::uint64_t seed = 5) {
  models::RowNoise noise;
  noise.begin(seed, firstRow);
  return noise;
}

}  // namespace

class TestRowNoise : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSliceDrawsWhatTheWholeDraws() {
    const at::Tensor rows = at::rand({50, 2, 37});
    auto whole = noiseAt(0);
    auto part = noiseAt(20);
    for (int call = 0; call < 3; ++call) {
      const at::Tensor all = whole.dropped(rows, 0.4);
      QVERIFY(at::equal(part.dropped(rows.slice(0, 20, 33), 0.4), all.slice(0, 20, 33)));
    }
    QVERIFY(at::equal(part.uniform(5, 3), whole.uniform(50, 3).slice(0, 20, 25)));
  }

  void callsStepsAndRowsDiffer() {
    const at::Tensor rows = at::ones({2, 64});
    auto noise = noiseAt(0);
    const at::Tensor first = noise.dropped(rows, 0.5);
    QVERIFY(!at::equal(first, noise.dropped(rows, 0.5)));
    QVERIFY(!at::equal(first, noiseAt(0, 6).dropped(rows, 0.5)));
    QVERIFY(!at::equal(first[0], first[1]));
    QVERIFY(at::equal(first, noiseAt(0).dropped(rows, 0.5)));
  }

  void thatShareIsDroppedAndTheRestScaled() {
    const at::Tensor dropped = noiseAt(0).dropped(at::ones({1000, 100}), 0.3);
    const double share = (dropped == 0).to(at::kDouble).mean().item().toDouble();
    QVERIFY2(std::abs(share - 0.3) < 0.005, qPrintable(QString::number(share)));
    QVERIFY(std::abs(dropped.max().item().toDouble() - 1 / 0.7) < 1e-6);
    QVERIFY(std::abs(dropped.mean().item().toDouble() - 1) < 0.01);
    // No row and no column is dropped much more than another.
    const at::Tensor columns = (dropped == 0).to(at::kDouble).mean(0);
    QVERIFY(columns.max().item().toDouble() < 0.37 && columns.min().item().toDouble() > 0.23);
    const at::Tensor rows = at::rand({3, 4});
    QVERIFY(at::equal(noiseAt(0).dropped(rows, 0), rows));
  }

  void devicesDropTheSame() {
    const at::Tensor rows = at::rand({40, 3, 11});
    QVERIFY(
        at::allclose(noiseAt(7).droppedOnDevice(rows, 0.25), noiseAt(7).dropped(rows, 0.25), 1e-6));
  }

  void gradientsPassWhereNumbersDo() {
    at::Tensor rows = at::rand({20, 30}).requires_grad_();
    const at::Tensor plain = noiseAt(0).dropped(rows.detach(), 0.5);
    const at::Tensor tracked = noiseAt(0).dropped(rows, 0.5);
    QVERIFY(at::equal(tracked, plain));
    tracked.sum().backward();
    QVERIFY(at::equal(rows.grad(), (plain != 0).to(at::kFloat) * 2));
  }

  void uniformNumbersAreUniform() {
    const at::Tensor numbers = noiseAt(0).uniform(2000, 5);
    QVERIFY(numbers.min().item().toDouble() >= 0 && numbers.max().item().toDouble() < 1);
    QVERIFY(std::abs(numbers.mean().item().toDouble() - 0.5) < 0.01);
    QVERIFY(std::abs(numbers.std().item().toDouble() - 0.2887) < 0.01);
  }
};

QTEST_GUILESS_MAIN(TestRowNoise)
#include "tst_row_noise.moc"
