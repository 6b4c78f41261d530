#include <QTest>

#include "core/base/options.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;

class TestOptions : public QObject {
  Q_OBJECT

 private:
  const std::vector<OptionSpec> m_specs{
      integerOption("epochs", "Epochs", 10, 1, 500, "Help."),
      realOption("dropout", "Dropout", 0.1, 0, 1, "Help."),
      switchOption("shuffle", "Shuffle", true, "Help."),
      choiceOption("pool", "Pool", {"mean", "max"}, "Help."),
  };

 private Q_SLOTS:
  void defaultsAreOverriddenByValues() {
    const Options options("trainer", m_specs, {{"epochs", std::int64_t{3}}});
    QCOMPARE(options.integer("epochs"), std::int64_t{3});
    QCOMPARE(options.real("dropout"), 0.1);
    QCOMPARE(options.flag("shuffle"), true);
    QCOMPARE(options.text("pool"), std::string("mean"));
    options.requireAllRead();
  }

  void anUnknownNameSuggestsTheNearest() {
    EXPECT_ERROR(Options("trainer", m_specs, {{"epoch", std::int64_t{3}}}), ErrorKind::Usage,
                 "trainer has no option \"epoch\"; did you mean \"epochs\"?");
  }

  void aValueOutsideItsRangeIsRefused() {
    EXPECT_ERROR(Options("trainer", m_specs, {{"dropout", 1.5}}), ErrorKind::Usage, "outside");
  }

  void anOptionNobodyReadIsAnError() {
    const Options options("trainer", m_specs, {});
    QCOMPARE(options.integer("epochs"), std::int64_t{10});
    EXPECT_ERROR(options.requireAllRead(), ErrorKind::Internal, "never reads its option");
    EXPECT_ERROR(options.flag("unheard"), ErrorKind::Internal, "declares no option");
  }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
