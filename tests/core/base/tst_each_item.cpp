#include <QTest>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/base/each_item.h"

using namespace twofold;

class TestEachItem : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyItemComesOnce_data() {
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("count");
    QTest::newRow("alone") << 1 << 100;
    QTest::newRow("several") << 4 << 1000;
    QTest::newRow("more threads than items") << 8 << 3;
    QTest::newRow("as many as there are") << 0 << 50;
    QTest::newRow("no item") << 2 << 0;
  }

  void everyItemComesOnce() {
    QFETCH(int, threads);
    QFETCH(int, count);
    std::mutex mutex;
    std::multiset<std::size_t> seen;
    std::vector<std::int64_t> told;
    eachItem(
        static_cast<std::size_t>(threads), {static_cast<std::size_t>(count), "Working", "items"},
        [&](const Progress& progress) {
          told.push_back(progress.done);
          QCOMPARE(progress.total, std::int64_t{count});
        },
        {},
        [&](std::size_t item) {
          const std::lock_guard lock(mutex);
          seen.insert(item);
        });
    QCOMPARE(seen.size(), static_cast<std::size_t>(count));
    QCOMPARE(std::set<std::size_t>(seen.begin(), seen.end()).size(), seen.size());
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QCOMPARE(told.back(), std::int64_t{count});
  }

  void theFirstFailureEndsIt() {
    std::atomic<int> done = 0;
    std::atomic<bool> isBroken = false;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, eachItem(2, {1000}, {}, {}, [&](std::size_t i) {
                               if (i == 10) {
                                 isBroken = true;
                                 throw std::runtime_error("broken");
                               }
                               while (i > 10 && !isBroken) {
                                 std::this_thread::yield();
                               }
                               std::this_thread::sleep_for(std::chrono::milliseconds(1));
                               ++done;
                             }));
    QVERIFY2(done < 500, qPrintable(QString::number(done)));
  }

  void aStopEndsIt() {
    std::stop_source source;
    std::atomic<int> done = 0;
    std::atomic<bool> isAsked = false;
    QVERIFY_THROWS_EXCEPTION(StopRequested,
                             eachItem(2, {1000}, {}, source.get_token(), [&](std::size_t item) {
                               if (item == 5) {
                                 source.request_stop();
                                 isAsked = true;
                               }
                               while (item > 5 && !isAsked) {
                                 std::this_thread::yield();
                               }
                               ++done;
                             }));
    QVERIFY(done < 100);
  }
};

QTEST_GUILESS_MAIN(TestEachItem)
#include "tst_each_item.moc"
