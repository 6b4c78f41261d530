// Sums over the GPUs of several processes by NCCL, which comes with LibTorch's CUDA half. Its
// library is opened when it is first asked for, so that building needs neither CUDA nor NCCL; the
// .cpp is its only user.
#pragma once

#include <c10/core/Device.h>

#include <functional>
#include <memory>
#include <string>

namespace at {
class Tensor;
}

namespace twofold::models {

/// One rank's end. Every rank makes the same calls in the same order. Tensors are contiguous fp32
/// on this rank's GPU, and no two ranks have the same one. All throw Error(Io) with NCCL's words;
/// after a throw the object can only be destroyed, which waits for nobody.
class NcclCommunicator {
 public:
  /// Called again and again while a collective runs; throws to give it up.
  using Watch = std::function<void()>;

  /// Whether the library is here.
  [[nodiscard]] static bool isAvailable();
  /// What rank 0 makes and all ranks are given.
  [[nodiscard]] static std::string newId();

  /// Waits until all ranks are here. Throws Error(BadInput) for an id that is none.
  NcclCommunicator(const std::string& id, int rank, int size, c10::Device device);
  ~NcclCommunicator();
  NcclCommunicator(const NcclCommunicator&) = delete;
  NcclCommunicator& operator=(const NcclCommunicator&) = delete;

  /// Replaces `values` by their sum over the ranks, the same bits on each. Returns when it is done.
  void allReduce(at::Tensor& values, const Watch& watch);
  /// Replaces `values` by those of rank 0.
  void broadcast(at::Tensor& values, const Watch& watch);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::models
