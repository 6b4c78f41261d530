// The device a run computes on, its threads, and the door where torch's errors become ours.
#pragma once

#include <c10/core/Device.h>

#include <string>
#include <utility>

#include "core/process/rank_place.h"

namespace twofold::models {

/// "auto": the first CUDA device when there is one, else the CPU; "cpu"; "cuda" (the first);
/// "cuda:1". Throws Error(Usage) for another word, Error(Device) when that device is missing.
[[nodiscard]] c10::Device checkedDevice(const std::string& device);

/// The device of this rank among those on its machine: the GPU of its number for "auto" and "cuda"
/// where there are GPUs. Throws Error(Usage) for "cuda:1", which all would share, Error(Device)
/// when there are fewer GPUs than ranks.
[[nodiscard]] std::string deviceOfRank(const std::string& device, const process::RankPlace& place);

/// This rank's part of the machine's cores, or of none but `threads` when given.
[[nodiscard]] int threadsOfRank(int threads, const process::RankPlace& place);

/// Threads inside one operation; 0: one a core. Thread pools live as long as the process, so the
/// first call also fixes the pool between operations (one thread: work here is a single stream).
void useThreads(int threads);

/// What torch and the allocator threw, as twofold::Error (Memory, Device, Internal). Call it in a
/// catch block only: rethrows the exception in flight, others unchanged.
[[noreturn]] void rethrowTranslated();

/// fn(), with the exceptions of torch and the allocator turned into twofold::Error.
template <class Fn>
auto translated(Fn&& fn) -> decltype(std::forward<Fn>(fn)()) {
  try {
    return std::forward<Fn>(fn)();
  } catch (...) {
    rethrowTranslated();
  }
}

}  // namespace twofold::models
