#include <QElapsedTimer>
#include <QTest>

#include "ui/bridge/throttle.h"

using namespace twofold::ui;

class TestThrottle : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void firstValueComesAtOnceAndTheLastIsNeverLost() {
    QList<int> heard;
    Throttle<int> throttle(std::chrono::milliseconds(20), [&](int value) { heard << value; });
    for (int i = 0; i < 1000; ++i) {
      throttle.push(i);
    }
    QCOMPARE(heard, QList<int>{0});
    QTRY_COMPARE(heard, (QList<int>{0, 999}));
  }

  void rateIsKeptUnderAFlood() {
    int heard = 0;
    Throttle<int> throttle(std::chrono::milliseconds(50), [&](int) { ++heard; });
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < 400) {
      throttle.push(1);
      QTest::qWait(1);
    }
    QVERIFY2(heard <= 10, qPrintable(QString::number(heard)));
    QVERIFY(heard >= 2);
  }

  void flushDeliversWhatWaits() {
    QList<int> heard;
    Throttle<int> throttle(std::chrono::hours(1), [&](int value) { heard << value; });
    throttle.push(1);
    throttle.push(2);
    throttle.flush();
    throttle.flush();
    QCOMPARE(heard, (QList<int>{1, 2}));
  }
};

QTEST_GUILESS_MAIN(TestThrottle)
#include "tst_throttle.moc"
