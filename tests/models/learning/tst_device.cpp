#include <c10/util/Exception.h>
#include <dlfcn.h>

#include <QTest>
#include <new>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "models/learning/device.h"

using namespace twofold;

namespace {

template <class Fn>
std::optional<ErrorKind> kindOf(const Fn& fn) {
  try {
    static_cast<void>(fn());
  } catch (const Error& error) {
    return error.kind();
  }
  return std::nullopt;
}

template <class Exception>
std::optional<ErrorKind> translatedKind(const Exception& exception) {
  return kindOf([&] { return models::translated([&]() -> int { throw exception; }); });
}

}  // namespace

class TestDevice : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// FAISS's OpenBLAS exports the same names, and gives other bits for other places in a batch.
  void torchMultipliesMatricesItself() {
    void* const product = ::dlsym(RTLD_DEFAULT, "sgemm_");
    Dl_info where{};
    QVERIFY(product != nullptr && ::dladdr(product, &where) != 0);
    QVERIFY2(QString(where.dli_fname).contains("libtorch_cpu"), where.dli_fname);
  }

  void cpuIsAlwaysThere() {
    QVERIFY(models::checkedDevice("cpu").is_cpu());
    QVERIFY(!kindOf([] { return models::checkedDevice("auto"); }));
  }

  void otherWordsAreRefused() {
    for (const char* word : {"", "gpu", "cuda:", "cuda:-1", "cuda:x", "cuda1", "cuda:1000"}) {
      QCOMPARE(kindOf([&] { return models::checkedDevice(word); }), ErrorKind::Usage);
    }
  }

  void aMissingDeviceIsADeviceError() {
    QCOMPARE(kindOf([] { return models::checkedDevice("cuda:99"); }), ErrorKind::Device);
  }

  void errorsOfTorchAreTranslated() {
    QCOMPARE(translatedKind(std::bad_alloc()), ErrorKind::Memory);
    QCOMPARE(translatedKind(c10::Error({__func__, __FILE__, 1},
                                       "[enforce fail] DefaultCPUAllocator: "
                                       "can't allocate memory")),
             ErrorKind::Memory);
    QCOMPARE(translatedKind(c10::Error({__func__, __FILE__, 1}, "shape")), ErrorKind::Internal);
    QCOMPARE(translatedKind(Error(ErrorKind::Usage, "ours")), ErrorKind::Usage);
    QVERIFY_EXCEPTION_THROWN(models::translated([] { throw StopRequested{}; }), StopRequested);
    QCOMPARE(models::translated([] { return 3; }), 3);
  }
};

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_device.moc"
