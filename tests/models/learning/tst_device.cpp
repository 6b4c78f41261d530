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

  void ranksShareOneMachine() {
    process::RankPlace place;
    QCOMPARE(models::deviceOfRank("cuda:1", place), std::string("cuda:1"));
    QCOMPARE(models::threadsOfRank(0, place), 0);
    place.size = 1024;
    place.localSize = 1024;
    place.localRank = 3;
    QCOMPARE(models::deviceOfRank("cpu", place), std::string("cpu"));
    QCOMPARE(models::threadsOfRank(0, place), 1);
    QCOMPARE(models::threadsOfRank(5, place), 5);
    for (const char* shared : {"cuda:0", "gpu"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::deviceOfRank(shared, place)), Error);
    }
    // With no GPU they take the CPU; with fewer than 1024 they are refused, not put together.
    if (models::checkedDevice("auto").is_cpu()) {
      QCOMPARE(models::deviceOfRank("auto", place), std::string("auto"));
    } else {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::deviceOfRank("auto", place)), Error);
    }
  }
};

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_device.moc"
