#include <QTest>
#include <limits>

#include "ui/theme/number_text.h"

using namespace twofold::ui;

class TestNumberText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { QLocale::setDefault(QLocale(QLocale::German)); }

  void probabilitiesHaveThreeDecimals() {
    QCOMPARE(probabilityText(0.87349), QStringLiteral("0.873"));
    QCOMPARE(probabilityText(1), QStringLiteral("1.000"));
    QCOMPARE(probabilityText(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("–"));
  }

  void intervalsStandInBrackets() {
    QCOMPARE(intervalText(0.703, 0.698, 0.708), QStringLiteral("0.703 [0.698, 0.708]"));
  }

  void differencesHaveASign() {
    QCOMPARE(deltaText(0.0123), QStringLiteral("+0.012"));
    QCOMPARE(deltaText(-0.004), QStringLiteral("−0.004"));
  }

  void countsHaveThinSpaces() {
    const QChar thin(0x2009);
    QCOMPARE(countText(7), QStringLiteral("7"));
    QCOMPARE(countText(163192), QStringLiteral("163") + thin + "192");
    QCOMPARE(countText(-1234567), QStringLiteral("−1") + thin + "234" + thin + "567");
  }

  void timesAreInTheUnitsThatMatter() {
    QCOMPARE(durationText(0.35), QStringLiteral("350 ms"));
    QCOMPARE(durationText(4.2), QStringLiteral("4.2 s"));
    QCOMPARE(durationText(80), QStringLiteral("1 min 20 s"));
  }

  void sizesAreInBinaryUnits() { QCOMPARE(bytesText(2'411'725), QStringLiteral("2.3 MiB")); }
};

QTEST_GUILESS_MAIN(TestNumberText)
#include "tst_number_text.moc"
