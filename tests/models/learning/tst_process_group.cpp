#include <QTest>
#include <array>
#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>

#include "core/base/progress.h"
#include "models/learning/process_group.h"
#endif

using namespace twofold;
using namespace std::chrono_literals;
using models::ProcessGroup;

namespace {

/// Rank 0 of a group on this machine, with a port that nobody else has.
process::RankPlace firstPlace(int size) {
  process::RankPlace place;
  place.size = size;
  place.localSize = size;
  place.address = "127.0.0.1";
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  place.listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const bool isOpen = ::bind(place.listener, generic, length) == 0 &&
                      ::listen(place.listener, size) == 0 &&
                      ::getsockname(place.listener, generic, &length) == 0;
  place.port = isOpen ? ntohs(address.sin_port) : 0;
  return place;
}

process::RankPlace otherPlace(process::RankPlace first, int rank) {
  first.rank = rank;
  first.localRank = rank;
  first.listener = -1;
  return first;
}

/// Each rank as a thread; what each threw as text, "" for nothing, "stopped" for a stop.
std::vector<std::string> endsOf(int size, const std::function<void(ProcessGroup&)>& work) {
  const auto first = firstPlace(size);
  std::vector<std::string> ends(static_cast<std::size_t>(size));
  std::vector<std::jthread> threads;
  for (int rank = 0; rank < size; ++rank) {
    threads.emplace_back([&, rank] {
      auto& end = ends[static_cast<std::size_t>(rank)];
      try {
        ProcessGroup group(rank == 0 ? first : otherPlace(first, rank), 20s, {});
        work(group);
      } catch (const StopRequested&) {
        end = "stopped";
      } catch (const models::RankLost& error) {
        end = error.what();
      } catch (const std::exception& error) {
        end = std::string("unexpected: ") + error.what();
      }
    });
  }
  threads.clear();
  return ends;
}

}  // namespace

class TestProcessGroup : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void threeRanksSumAndShare() {
    std::array<at::Tensor, 3> sums;
    std::array<at::Tensor, 3> shared;
    std::array<std::string, 3> told;
    const auto ends = endsOf(3, [&](ProcessGroup& group) {
      const auto rank = static_cast<std::size_t>(group.rank());
      sums[rank] = at::arange(5, at::kFloat) * (group.rank() + 1);
      group.allReduce(sums[rank]);
      shared[rank] = at::full({2}, group.rank() + 0.5, at::kDouble);
      group.broadcast(shared[rank]);
      group.barrier();
      told[rank] = group.fromFirst("word", group.isFirst() ? "yes" : "no", {});
      group.barrier();
    });
    QCOMPARE(ends, std::vector<std::string>(3));
    for (std::size_t rank = 0; rank < 3; ++rank) {
      QVERIFY(at::equal(sums[rank], at::arange(5, at::kFloat) * 6));
      QVERIFY(at::equal(shared[rank], at::full({2}, 0.5, at::kDouble)));
      QCOMPARE(told[rank], std::string("yes"));
    }
  }

  void aRankThatFailsSaysWhy() {
    const auto ends = endsOf(3, [](ProcessGroup& group) {
      if (group.rank() == 1) {
        group.fail("out of memory");
        return;
      }
      group.barrier();
    });
    for (const std::size_t rank : {0U, 2U}) {
      QCOMPARE(ends[rank], std::string("rank 1 of 3 failed: out of memory"));
    }
  }

  void theFirstMayFailToo() {
    const auto ends = endsOf(2, [](ProcessGroup& group) {
      if (group.isFirst()) {
        group.fail("the disk is full");
        return;
      }
      static_cast<void>(group.fromFirst("never said", "", {}));
    });
    QCOMPARE(ends[1], std::string("rank 0 of 2 failed: the disk is full"));
  }

  void aStopReachesAll() {
    const auto ends = endsOf(2, [](ProcessGroup& group) {
      if (!group.isFirst()) {
        group.fail("");
        return;
      }
      group.barrier();
    });
    QCOMPARE(ends[0], std::string("stopped"));
  }

  void aWaitEndsWithItsStop() {
    std::stop_source stop;
    std::atomic<bool> isOver = false;
    const auto ends = endsOf(2, [&](ProcessGroup& group) {
      if (group.isFirst()) {
        while (!isOver) {
          std::this_thread::sleep_for(5ms);
        }
        return;
      }
      stop.request_stop();
      try {
        static_cast<void>(group.fromFirst("never said", "", stop.get_token()));
      } catch (...) {
        isOver = true;
        throw;
      }
    });
    QCOMPARE(ends[1], std::string("stopped"));
  }

  void rankZeroSaysWhoCame() {
    try {
      const ProcessGroup group(firstPlace(2), 1s, {});
      QFAIL("it met nobody");
    } catch (const models::RankLost& error) {
      QVERIFY2(QString(error.what()).startsWith("only 1 of 2 ranks came within 1 s"), error.what());
    }
  }

  void aRankWithoutRankZeroGivesUp() {
    const auto unused = firstPlace(2);
    const auto place = otherPlace(unused, 1);
    ::close(unused.listener);  // nobody listens there
    try {
      const ProcessGroup group(place, 1s, {});
      QFAIL("it met nobody");
    } catch (const models::RankLost& error) {
      QVERIFY2(QString(error.what()).startsWith("rank 1 of 2 cannot meet the others at 127.0.0.1:"),
               error.what());
    }
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(ProcessGroup(place, 60s, stop.get_token()), StopRequested);
  }
};

QTEST_GUILESS_MAIN(TestProcessGroup)
#include "tst_process_group.moc"
