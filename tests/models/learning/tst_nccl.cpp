// Sums between GPUs. What needs a GPU, or two, is skipped by name where there is none.
#include <QTest>
#include <array>
#include <thread>

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include "core/base/error.h"
#include "models/learning/device.h"
#include "models/learning/nccl.h"
#endif

using namespace twofold;
using models::NcclCommunicator;

namespace {

int gpus() {
  try {
    static_cast<void>(models::checkedDevice("cuda"));
    return at::detail::getCUDAHooks().getNumGPUs();
  } catch (const Error&) {
    return 0;
  }
}

at::Tensor onGpu(int rank, float value) {
  return at::arange(1000, at::kFloat)
      .add(value)
      .to(at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(rank)));
}

void neverGiveUp() {}

}  // namespace

class TestNccl : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withoutTheLibraryItSaysWhatToDo() {
    if (NcclCommunicator::isAvailable()) {
      QSKIP("NCCL is here");
    }
    try {
      static_cast<void>(NcclCommunicator::newId());
      QFAIL("it made an id without NCCL");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("packaging/setup.sh"), error.what());
    }
  }

  void anIdThatIsNoneIsRefused() {
    if (!NcclCommunicator::isAvailable() || gpus() == 0) {
      QSKIP("no NVIDIA GPU with NCCL here");
    }
    QVERIFY_EXCEPTION_THROWN(NcclCommunicator("short", 0, 1, at::Device(at::kCUDA, 0)), Error);
  }

  void allGpusSumAndShare() {
    const int size = gpus();
    if (size == 0 || !NcclCommunicator::isAvailable()) {
      QSKIP("no NVIDIA GPU with NCCL here");
    }
    const std::string id = NcclCommunicator::newId();
    std::vector<at::Tensor> sums(static_cast<std::size_t>(size));
    std::vector<at::Tensor> shared(static_cast<std::size_t>(size));
    {
      std::vector<std::jthread> ranks;
      for (int rank = 0; rank < size; ++rank) {
        ranks.emplace_back([&, rank] {
          NcclCommunicator group(id, rank, size,
                                 at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(rank)));
          auto& sum = sums[static_cast<std::size_t>(rank)];
          sum = onGpu(rank, static_cast<float>(rank));
          group.allReduce(sum, neverGiveUp);
          auto& own = shared[static_cast<std::size_t>(rank)];
          own = onGpu(rank, static_cast<float>(rank));
          group.broadcast(own, neverGiveUp);
        });
      }
    }
    const auto expected =
        at::arange(1000, at::kFloat) * size + static_cast<float>(size * (size - 1) / 2);
    for (std::size_t rank = 0; rank < sums.size(); ++rank) {
      QVERIFY(at::equal(sums[rank].cpu(), expected));
      QVERIFY(at::equal(shared[rank].cpu(), at::arange(1000, at::kFloat)));
    }
  }

  void aRankThatNeverAnswersCanBeGivenUp() {
    if (gpus() < 2 || !NcclCommunicator::isAvailable()) {
      QSKIP("two NVIDIA GPUs with NCCL are not here");
    }
    const std::string id = NcclCommunicator::newId();
    std::array<bool, 2> hasGivenUp{};
    {
      std::vector<std::jthread> ranks;
      for (int rank = 0; rank < 2; ++rank) {
        ranks.emplace_back([&, rank] {
          NcclCommunicator group(id, rank, 2,
                                 at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(rank)));
          if (rank == 1) {
            return;  // and takes no part
          }
          at::Tensor values = onGpu(rank, 0);
          try {
            group.allReduce(values, [] { throw Error(ErrorKind::Io, "no answer"); });
          } catch (const Error&) {
            hasGivenUp[0] = true;
          }
        });
      }
    }
    QVERIFY(hasGivenUp[0]);
  }
};

QTEST_GUILESS_MAIN(TestNccl)
#include "tst_nccl.moc"
