#include <QTest>

#include "core/query/text_match.h"

using namespace twofold::query;

class TestTextMatch : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void patternsAreThoseOfSql_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("fits");
    QTest::newRow("itself") << "esm2"
                            << "esm2" << true;
    QTest::newRow("begin") << "esm2-t6"
                           << "esm2%" << true;
    QTest::newRow("end") << "esm2-t6"
                         << "%t6" << true;
    QTest::newRow("twice") << "aXbXc"
                           << "a%X%c" << true;
    QTest::newRow("goes back") << "aabab"
                               << "%ab" << true;
    QTest::newRow("one") << "esm2"
                         << "esm_" << true;
    QTest::newRow("one long character") << "esmü"
                                        << "esm_" << true;
    QTest::newRow("too short") << "esm"
                               << "esm_" << false;
    QTest::newRow("rest") << "esm2"
                          << "esm" << false;
    QTest::newRow("nothing") << ""
                             << "%" << true;
    QTest::newRow("empty pattern") << "a"
                                   << "" << false;
    QTest::newRow("case") << "ESM2"
                          << "esm2" << false;
  }
  void patternsAreThoseOfSql() {
    QFETCH(QString, text);
    QFETCH(QString, pattern);
    QFETCH(bool, fits);
    QCOMPARE(isLike(text.toStdString(), pattern.toStdString()), fits);
  }

  void aHostilePatternEndsSoon() {
    std::string pattern;
    for (int i = 0; i < 200; ++i) {
      pattern += "a%";
    }
    QVERIFY(!isLike(std::string(5000, 'a') + "b", pattern + "c"));
  }

  void timesAreReadInUtc() {
    QCOMPARE(secondsFrom("1970-01-02").value(), std::int64_t{86'400});
    QCOMPARE(secondsFrom("2026-11-26 14:30").value(), std::int64_t{1'795'703'400});
    QCOMPARE(secondsFrom("2026-11-26T14:30:05").value(), std::int64_t{1'795'703'405});
    QCOMPARE(timeText(1'795'703'405), std::string("2026-11-26 14:30:05"));
    for (const auto* wrong : {"", "2026", "2026-13-01", "2026-02-30", "2026-11-26 24:00",
                              "26-11-2026", "2026-11-26 1:30"}) {
      QVERIFY2(!secondsFrom(wrong), wrong);
    }
  }
};

QTEST_GUILESS_MAIN(TestTextMatch)
#include "tst_text_match.moc"
