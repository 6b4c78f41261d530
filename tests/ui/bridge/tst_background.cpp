#include <QTest>
#include <QThread>
#include <atomic>

#include "core/base/error.h"
#include "ui/bridge/background.h"

using namespace twofold;
using namespace twofold::ui;

class TestBackground : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void resultArrivesInTheGuiThread() {
    BackgroundTask task;
    int result = 0;
    QThread* worked = nullptr;
    QThread* heard = nullptr;
    task.start(
        [&](const std::stop_token&) {
          worked = QThread::currentThread();
          return 42;
        },
        [&](Outcome<int> outcome) {
          result = std::get<int>(outcome);
          heard = QThread::currentThread();
        });
    QVERIFY(task.isRunning());
    QTRY_COMPARE(result, 42);
    QVERIFY(worked != QThread::currentThread());
    QCOMPARE(heard, QThread::currentThread());
    QVERIFY(!task.isRunning());
  }

  void errorBecomesFailedWithItsWords() {
    BackgroundTask task;
    QString text;
    task.start([](const std::stop_token&) -> int { throw Error(ErrorKind::Io, "disk is full"); },
               [&](Outcome<int> outcome) {
                 text = QString::fromStdString(std::get<Failed>(outcome).message);
               });
    QTRY_COMPARE(text, QString("disk is full"));
  }

  void newestWins() {
    BackgroundTask task;
    QList<int> heard;
    std::atomic<bool> firstStopped = false;
    task.start(
        [&](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            QThread::msleep(1);
          }
          firstStopped = true;
          return 1;
        },
        [&](Outcome<int> outcome) { heard << std::get<int>(outcome); });
    task.start([](const std::stop_token&) { return 2; },
               [&](Outcome<int> outcome) { heard << std::get<int>(outcome); });
    QTRY_COMPARE(heard, QList<int>{2});
    QTRY_VERIFY(firstStopped);
    QTest::qWait(20);
    QCOMPARE(heard, QList<int>{2});
  }

  void stopRequestedBecomesCancelledOnlyWhenNobodyDroppedIt() {
    BackgroundTask task;
    bool cancelled = false;
    task.start(
        [](const std::stop_token&) -> int { throw StopRequested{}; },
        [&](Outcome<int> outcome) { cancelled = std::holds_alternative<Cancelled>(outcome); });
    QTRY_VERIFY(cancelled);
  }

  void deadOwnerHearsNothing() {
    bool heard = false;
    std::atomic<bool> ended = false;
    {
      BackgroundTask task;
      task.start(
          [&](const std::stop_token&) {
            QThread::msleep(20);
            ended = true;
            return 1;
          },
          [&](const Outcome<int>&) { heard = true; });
    }
    QTRY_VERIFY(ended);
    QTest::qWait(20);
    QVERIFY(!heard);
  }
};

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_background.moc"
