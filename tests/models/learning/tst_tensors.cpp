#include <ATen/ATen.h>

#include <QTest>

#include "core/base/error.h"
#include "models/learning/tensors.h"

using namespace twofold;

class TestTensors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyTypeComesBack() {
    for (const auto type :
         {at::kFloat, at::kHalf, at::kBFloat16, at::kChar, at::kInt, at::kLong, at::kDouble}) {
      const at::Tensor tensor = at::arange(6).view({2, 3}).to(type);
      const at::Tensor back = models::toTensor(models::toView(tensor));
      QCOMPARE(back.scalar_type(), type);
      QVERIFY(at::equal(back, tensor));
      QVERIFY(back.data_ptr() != tensor.data_ptr());
    }
  }

  void scalarsAndEmptyTensorsComeBack() {
    const at::Tensor scalar = at::tensor(2.5F).squeeze();
    QVERIFY(at::equal(models::toTensor(models::toView(scalar)), scalar));
    const at::Tensor empty = at::empty({0, 4});
    QVERIFY(at::equal(models::toTensor(models::toView(empty)), empty));
  }

  void whatAFileCannotHoldIsRefused() {
    QVERIFY_EXCEPTION_THROWN(models::toView(at::ones({2, 3}).t()), Error);
    QVERIFY_EXCEPTION_THROWN(models::toView(at::ones({2}, at::kBool)), Error);
  }
};

QTEST_GUILESS_MAIN(TestTensors)
#include "tst_tensors.moc"
