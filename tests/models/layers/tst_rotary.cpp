#include <ATen/ATen.h>

#include <QTest>

#include "models/layers/rotary.h"

using namespace twofold;

class TestRotary : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void frequenciesFallFromOne() {
    const at::Tensor frequencies = models::rotaryFrequencies(8, 10000);
    QVERIFY(at::allclose(frequencies, at::tensor({1.0F, 0.1F, 0.01F, 0.001F})));
  }

  void positionZeroTurnsNothing() {
    const at::Tensor heads = at::randn({1, 2, 8});
    const auto table = models::rotaryTable(models::rotaryFrequencies(8, 10000), 1);
    QVERIFY(at::equal(models::rotated(heads, table), heads));
  }

  void aDimensionTurnsWithTheOneHalfAHeadAway() {
    const auto table = models::rotaryTable(models::rotaryFrequencies(4, 10000), 2);
    const at::Tensor heads =
        at::tensor({0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F, 0.0F, 0.0F}).view({2, 1, 4});
    const at::Tensor expected = at::tensor({std::cos(1.0F), 0.0F, std::sin(1.0F), 0.0F});
    QVERIFY(at::allclose(models::rotated(heads, table)[1][0], expected));
  }

  void onlyTheDistanceOfTwoPositionsMatters() {
    const auto table = models::rotaryTable(models::rotaryFrequencies(16, 10000), 40);
    const at::Tensor q = models::rotated(at::randn({16}).expand({40, 16}), table);
    const at::Tensor k = models::rotated(at::randn({16}).expand({40, 16}), table);
    QVERIFY(at::allclose(q[3].dot(k[8]), q[30].dot(k[35]), 1e-4, 1e-5));
  }
};

QTEST_GUILESS_MAIN(TestRotary)
#include "tst_rotary.moc"
