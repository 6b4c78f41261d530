#include <QTest>
#include <atomic>
#include <stdexcept>

#include "models/allpairs/ordered_work.h"

using namespace twofold;
using Work = models::OrderedWork<std::int64_t>;

class TestOrderedWork : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void resultsComeInOrder_data() {
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("items");
    for (const int threads : {1, 2, 7}) {
      for (const int items : {0, 1, 5, 500}) {
        QTest::addRow("%d threads, %d items", threads, items) << threads << items;
      }
    }
  }
  void resultsComeInOrder() {
    QFETCH(int, threads);
    QFETCH(int, items);
    Work work(items, 2 * threads, [](std::int64_t item, const std::stop_token& /*stop*/) {
      if (item % 3 == 0) {
        std::this_thread::yield();
      }
      return item * item;
    });
    std::int64_t next = 0;
    work.run(threads, [&](std::int64_t item, std::int64_t&& result) {
      QCOMPARE(item, next++);
      QCOMPARE(result, item * item);
    });
    QCOMPARE(next, std::int64_t{items});
  }

  void neverMoreThanTheAllowedAreAhead() {
    std::atomic<std::int64_t> started = 0;
    Work work(100, 4, [&](std::int64_t item, const std::stop_token& /*stop*/) {
      ++started;
      return item;
    });
    work.run(
        3, [&](std::int64_t item, std::int64_t&& /*result*/) { QVERIFY(started <= item + 1 + 4); });
    QCOMPARE(started.load(), std::int64_t{100});
  }

  void whatComputingThrowsComesOut() {
    Work work(50, 4, [](std::int64_t item, const std::stop_token& /*stop*/) {
      if (item == 20) {
        throw std::runtime_error("twenty");
      }
      return item;
    });
    QVERIFY_EXCEPTION_THROWN(work.run(2, [](std::int64_t, std::int64_t&&) {}), std::runtime_error);
  }

  void whatConsumingThrowsStopsTheThreads() {
    std::atomic<bool> sawStop = false;
    Work work(1000, 4, [&](std::int64_t item, const std::stop_token& stop) {
      while (item == 5 && !stop.stop_requested()) {
        std::this_thread::yield();
      }
      sawStop = sawStop || stop.stop_requested();
      return item;
    });
    const auto consume = [](std::int64_t item, std::int64_t&&) {
      if (item == 3) {
        throw std::runtime_error("enough");
      }
    };
    QVERIFY_EXCEPTION_THROWN(work.run(2, consume), std::runtime_error);
    QVERIFY(sawStop);
  }
};

QTEST_GUILESS_MAIN(TestOrderedWork)
#include "tst_ordered_work.moc"
