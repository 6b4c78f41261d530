#include <ATen/ATen.h>

#include <QTest>

#include "models/layers/pooling.h"

using namespace twofold;

class TestPooling : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachRangeGetsItsOwnMean() {
    const at::Tensor rows = at::tensor({1.0F, 2.0F, 3.0F, 4.0F, 50.0F, 60.0F}).view({3, 2});
    const std::vector<models::RowRange> ranges = {{0, 2}, {2, 1}};
    const at::Tensor expected = at::tensor({2.0F, 3.0F, 50.0F, 60.0F}).view({2, 2});
    QVERIFY(at::equal(models::meanPooled(rows, ranges), expected));
  }

  void halfPrecisionRowsAreSummedInFullPrecision() {
    const at::Tensor rows = at::ones({1000, 1}, at::kBFloat16);
    const std::vector<models::RowRange> ranges = {{0, 1000}};
    const at::Tensor mean = models::meanPooled(rows, ranges);
    QCOMPARE(mean.scalar_type(), at::kFloat);
    QCOMPARE(mean.item<float>(), 1.0F);
  }
};

QTEST_GUILESS_MAIN(TestPooling)
#include "tst_pooling.moc"
