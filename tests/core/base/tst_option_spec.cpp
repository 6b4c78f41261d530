#include <QTest>

#include "core/base/option_spec.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;

class TestOptionSpec : public QObject {
  Q_OBJECT

 private:
  const OptionSpec m_switch = switchOption("mask", "Mask", true, "Help.");
  const OptionSpec m_integer = integerOption("epochs", "Epochs", 10, 1, 500, "Help.");
  const OptionSpec m_real = realOption("rate", "Rate", 1e-3, 1e-6, 1.0, "Help.");
  const OptionSpec m_choice = choiceOption("pool", "Pool", {"mean", "max"}, "Help.");
  const OptionSpec m_folder = folderOption("weights", "Weights", "Help.");

 private Q_SLOTS:
  void textBecomesAValueOfTheOptionsType() {
    QCOMPARE(std::get<bool>(parseOption(m_switch, "off")), false);
    QCOMPARE(std::get<std::int64_t>(parseOption(m_integer, "12")), std::int64_t{12});
    QCOMPARE(std::get<double>(parseOption(m_real, "0.5")), 0.5);
    QCOMPARE(std::get<std::string>(parseOption(m_choice, "max")), std::string("max"));
    QCOMPARE(std::get<std::string>(parseOption(m_folder, "/tmp")), std::string("/tmp"));
  }

  void theFirstChoiceIsTheDefault() {
    QCOMPARE(std::get<std::string>(m_choice.defaultValue), std::string("mean"));
  }

  void aWrongValueNamesOptionAndRange() {
    EXPECT_ERROR(parseOption(m_switch, "maybe"), ErrorKind::Usage, "option mask");
    EXPECT_ERROR(parseOption(m_integer, "3.5"), ErrorKind::Usage, "whole number");
    EXPECT_ERROR(parseOption(m_integer, "0"), ErrorKind::Usage, "0 is outside 1 to 500");
    EXPECT_ERROR(parseOption(m_real, "two"), ErrorKind::Usage, "not a number");
    EXPECT_ERROR(parseOption(m_real, "nan"), ErrorKind::Usage, "outside");
    EXPECT_ERROR(parseOption(m_choice, "maxx"), ErrorKind::Usage, "did you mean \"max\"");
  }

  void aWholeNumberServesAsReal() {
    QCOMPARE(std::get<double>(checkedOption(m_real, std::int64_t{1})), 1.0);
    EXPECT_ERROR(checkedOption(m_integer, 2.0), ErrorKind::Usage, "whole number");
    EXPECT_ERROR(checkedOption(m_switch, std::int64_t{1}), ErrorKind::Usage, "true or false");
    EXPECT_ERROR(checkedOption(m_folder, true), ErrorKind::Usage, "not text");
  }

  void writtenAndReadAgainIsTheSame() {
    for (const double value : {0.1, 1e-6, 0.123456789012345}) {
      QCOMPARE(std::get<double>(parseOption(m_real, toText(value))), value);
    }
    QCOMPARE(toText(true), std::string("true"));
    QCOMPARE(toText(std::int64_t{7}), std::string("7"));
  }
};

QTEST_GUILESS_MAIN(TestOptionSpec)
#include "tst_option_spec.moc"
