#include <unistd.h>
#include <QTest>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "core/base/process_identity.h"
#include "core/store/run_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

class TestStoreConcurrency : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aPatientWriterOutlastsALongImport() {
    StoreFixture store;
    Database other(store.storePath(), Access::ReadWrite);
    std::atomic<bool> wrote = false;
    std::jthread waiting;
    {
      const Transaction import(store.database());  // rolled back when it goes
      other.setPatience(std::chrono::milliseconds(1));
      EXPECT_ERROR(RunRepository(other).create("e", "{}", ""), ErrorKind::Io, "keeps writing");
      other.setPatience(std::chrono::minutes(1));
      waiting = std::jthread([&] {
        std::ignore = RunRepository(other).create("e", "{}", "");
        wrote = true;
      });
      QTest::qWait(200);
      QVERIFY(!wrote);
    }
    waiting.join();
    QVERIFY(wrote);
  }

  void writersReadersAndTheCheckpointDoNotDisturbEachOther() {
    constexpr int kWriters = 3;
    constexpr int kSteps = 60;
    StoreFixture store;
    std::vector<std::string> ids;
    for (int i = 0; i < kWriters; ++i) {
      ids.push_back(RunRepository(store.database()).create("e", "{}", "").id);
    }
    std::atomic<int> failures = 0;
    std::atomic<int> folded = 0;
    const auto guarded = [&failures](const auto& work) {
      try {
        work();
      } catch (const Error& error) {
        qWarning("%s", error.what());
        ++failures;
      }
    };
    std::jthread janitor([&](const std::stop_token& stop) {
      guarded([&] {
        Database database(store.storePath(), Access::ReadWrite);
        while (!stop.stop_requested()) {
          folded += database.checkpoint() ? 1 : 0;
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
      });
    });
    std::jthread reader([&](const std::stop_token& stop) {
      guarded([&] {
        Database database(store.storePath(), Access::ReadOnly);
        std::size_t before = 0;
        while (!stop.stop_requested()) {
          const auto series = RunRepository(database).series(ids[0]);
          const std::size_t points = series.empty() ? 0 : series[0].steps.size();
          failures += points < before ? 1 : 0;  // a commit never disappears
          before = points;
        }
      });
    });
    std::vector<std::jthread> writers;
    for (const std::string& id : ids) {
      writers.emplace_back([&, id] {
        guarded([&] {
          Database database(store.storePath(), Access::ReadWrite);
          for (int step = 1; step <= kSteps; ++step) {
            RunRepository(database).appendMetric(id, "train", "loss", step, 1.0 / step);
          }
        });
      });
    }
    writers.clear();
    // On a busy machine the writers may never have left the lock free for long enough.
    QTRY_VERIFY(folded.load() > 0);
    janitor.request_stop();
    reader.request_stop();
    janitor.join();
    reader.join();
    QCOMPARE(failures.load(), 0);
    for (const std::string& id : ids) {
      QCOMPARE(RunRepository(store.database()).series(id).at(0).steps.size(), std::size_t{kSteps});
    }
    QCOMPARE(store.integrity(), std::string("ok"));
  }

  void claimsOfALivingWorkersRunAreAllRefused() {
    StoreFixture store;
    const auto id = RunRepository(store.database()).create("e", "{}", "").id;
    const auto living = processWithPid(::getpid());
    QVERIFY(living.has_value());
    RunRepository(store.database()).claim(id, *living);
    std::atomic<int> refused = 0;
    std::vector<std::jthread> claimers;
    for (int i = 1; i <= 8; ++i) {
      claimers.emplace_back([&, i] {
        Database database(store.storePath(), Access::ReadWrite);
        auto stranger = *living;
        stranger.startTicks += i;
        try {
          RunRepository(database).claim(id, stranger);
        } catch (const Error&) {
          ++refused;
        }
      });
    }
    claimers.clear();
    QCOMPARE(refused.load(), 8);
    QCOMPARE(RunRepository(store.database()).run(id).worker->startTicks, living->startTicks);
  }
};

QTEST_GUILESS_MAIN(TestStoreConcurrency)
#include "tst_store_concurrency.moc"
