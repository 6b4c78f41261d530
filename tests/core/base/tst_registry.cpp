#include <QTest>
#include <functional>

#include "core/base/registry.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;

class TestRegistry : public QObject {
  Q_OBJECT

 private:
  static Registry<std::function<int()>> filled() {
    Registry<std::function<int()>> registry("backbone");
    registry.add({"esm2", "ESM-2", "Help.", {}}, [] { return 2; });
    registry.add({"composition", "Composition", "Help.", {}}, [] { return 1; });
    return registry;
  }

 private Q_SLOTS:
  void partsAreFoundByIdAndKeepTheirOrder() {
    const auto registry = filled();
    QCOMPARE(registry.find("composition").make(), 1);
    QCOMPARE(registry.entries().front().descriptor.id, std::string("esm2"));
  }

  void anUnknownIdNamesTheNearest() {
    EXPECT_ERROR(filled().find("esm"), ErrorKind::Usage,
                 "there is no backbone \"esm\"; did you mean \"esm2\"?");
  }

  void oneIdTwiceIsAFault() {
    auto registry = filled();
    EXPECT_ERROR(registry.add({"esm2", "Again", "", {}}, [] { return 3; }), ErrorKind::Internal,
                 "two backbones");
  }
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
