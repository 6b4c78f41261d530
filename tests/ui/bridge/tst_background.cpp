#include <QTest>
#include <QThread>
#include <algorithm>
#include <atomic>
#include <mutex>

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

  void aQueueDropsNothingAndKeepsTheOrder() {
    BackgroundQueue queue;
    std::mutex writing;
    QList<int> written;
    QStringList heard;
    for (int i = 0; i < 20; ++i) {
      queue.start(
          [&, i]() -> int {
            QThread::usleep(static_cast<unsigned long>(2000 - 100 * i));  // later ones are quicker
            if (i == 3) {
              throw Error(ErrorKind::Io, "disk is full");
            }
            const std::lock_guard lock(writing);
            written << i;
            return i;
          },
          [&](const Outcome<int>& outcome) {
            const auto* failed = std::get_if<Failed>(&outcome);
            heard << (failed != nullptr ? QString::fromStdString(failed->message)
                                        : QString::number(std::get<int>(outcome)));
          });
    }
    QVERIFY(queue.isRunning());
    QTRY_COMPARE(heard.size(), 20);
    QVERIFY(!queue.isRunning());
    QCOMPARE(heard[3], QString("disk is full"));
    QVERIFY(std::is_sorted(written.begin(), written.end()));
    QCOMPARE(written.size(), 19);
  }

  void aQueueThatGoesHasDoneAllItWasGiven() {
    std::atomic<int> done = 0;
    bool heard = false;
    {
      BackgroundQueue queue;
      for (int i = 0; i < 5; ++i) {
        queue.start(
            [&] {
              QThread::msleep(5);
              return ++done;
            },
            [&](const Outcome<int>&) { heard = true; });
      }
    }
    QCOMPARE(done.load(), 5);
    QTest::qWait(20);
    QVERIFY(!heard);
  }
};

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_background.moc"
