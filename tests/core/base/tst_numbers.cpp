#include <QTest>
#include <clocale>

#include "core/base/numbers.h"

using namespace twofold;

class TestNumbers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theWholeTextOrNothing() {
    QCOMPARE(parseInteger("-42"), std::optional<std::int64_t>(-42));
    QVERIFY(!parseInteger("42 "));
    QVERIFY(!parseInteger(""));
    QVERIFY(!parseInteger("4.2"));
    QVERIFY(!parseInteger("99999999999999999999"));
    QCOMPARE(parseReal("1e-3"), std::optional<double>(1e-3));
    QVERIFY(!parseReal("1,5"));
    QVERIFY(!parseReal("0x10"));
  }

  void aCommaLocaleChangesNothing() {
    // Absent locales leave the test as it is; where they are, strtod would give 1.
    std::setlocale(LC_ALL, "de_DE.UTF-8");
    QCOMPARE(parseReal("1.5"), std::optional<double>(1.5));
    std::setlocale(LC_ALL, "C");
  }
};

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
