// Numbers and tables as the terminal shows them.
#include <QTest>

#include "app/worker/text.h"

using namespace twofold::app;

class TestWorkerText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsHaveThousands() {
    QCOMPARE(countText(0), std::string("0"));
    QCOMPARE(countText(999), std::string("999"));
    QCOMPARE(countText(163192), std::string("163,192"));
    QCOMPARE(countText(-1234567), std::string("-1,234,567"));
  }

  void durationsHaveAUnitThatFits() {
    QCOMPARE(durationText(0.35), std::string("350 ms"));
    QCOMPARE(durationText(4.2), std::string("4.2 s"));
    QCOMPARE(durationText(80), std::string("1 min 20 s"));
    QCOMPARE(durationText(7500), std::string("2 h 5 min"));
  }

  void bytesHaveAUnitThatFits() {
    QCOMPARE(bytesText(812), std::string("812 bytes"));
    QCOMPARE(bytesText(2411725), std::string("2.3 MiB"));
  }

  void columnsLineUpWhateverTheLetters() {
    QCOMPARE(tableText({{"a", "b"}, {"–", "1"}, {"long", "2"}}),
             std::string("a     b\n–     1\nlong  2\n"));
  }
};

QTEST_GUILESS_MAIN(TestWorkerText)
#include "tst_worker_text.moc"
