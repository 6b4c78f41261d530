#include "models/learning/nccl.h"

#include <ATen/ATen.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstring>
#include <thread>

#include <dlfcn.h>

#include "core/base/error.h"

namespace twofold::models {

namespace {

using namespace std::chrono_literals;

// The part of NCCL's interface that is used, as NVIDIA's "NCCL API" pages define it. It has been
// the same since 2.4, and the numbers of its enumerations since 2.0.
constexpr int kSuccess = 0;
constexpr int kInProgress = 7;
constexpr int kFloat32 = 7;
constexpr int kSum = 0;
constexpr std::size_t kIdBytes = 128;

struct UniqueId {
  std::array<char, kIdBytes> bytes{};
};

using Communicator = void*;
using Stream = void*;

struct Library {
  const char* (*errorString)(int) = nullptr;
  const char* (*lastError)(Communicator) = nullptr;
  int (*getUniqueId)(UniqueId*) = nullptr;
  int (*initRank)(Communicator*, int size, UniqueId, int rank) = nullptr;
  int (*allReduce)(const void*, void*, std::size_t, int type, int sum, Communicator,
                   Stream) = nullptr;
  int (*broadcast)(const void*, void*, std::size_t, int type, int root, Communicator,
                   Stream) = nullptr;
  int (*asyncError)(Communicator, int*) = nullptr;
  int (*destroy)(Communicator) = nullptr;
  int (*abort)(Communicator) = nullptr;
};

template <class Function>
bool found(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(handle, name));
  return function != nullptr;
}

/// Null where there is none. LibTorch's CUDA half has loaded it already, by its own path; the
/// process keeps it to its end.
const Library* library() {
  static const std::unique_ptr<const Library> opened = []() -> std::unique_ptr<const Library> {
    void* handle = ::dlopen("libnccl.so.2", RTLD_NOW | RTLD_LOCAL);
    auto made = std::make_unique<Library>();
    const bool isWhole = handle != nullptr &&
                         found(handle, "ncclGetErrorString", made->errorString) &&
                         found(handle, "ncclGetLastError", made->lastError) &&
                         found(handle, "ncclGetUniqueId", made->getUniqueId) &&
                         found(handle, "ncclCommInitRank", made->initRank) &&
                         found(handle, "ncclAllReduce", made->allReduce) &&
                         found(handle, "ncclBroadcast", made->broadcast) &&
                         found(handle, "ncclCommGetAsyncError", made->asyncError) &&
                         found(handle, "ncclCommDestroy", made->destroy) &&
                         found(handle, "ncclCommAbort", made->abort);
    return isWhole ? std::move(made) : nullptr;
  }();
  return opened.get();
}

const Library& openedLibrary() {
  const Library* opened = library();
  if (opened == nullptr) {
    throw Error(ErrorKind::Io,
                "NCCL (libnccl.so.2) is not here; run packaging/setup.sh on a machine with an "
                "NVIDIA driver, or use --device cpu");
  }
  return *opened;
}

void check(int result, const char* what, Communicator communicator) {
  if (result == kSuccess) {
    return;
  }
  const Library& nccl = openedLibrary();
  throw Error(ErrorKind::Io,
              fmt::format("NCCL could not {} ({}: {}); NCCL_DEBUG=INFO makes it tell more", what,
                          nccl.errorString(result), nccl.lastError(communicator)));
}

}  // namespace

struct NcclCommunicator::State {
  const Library& nccl;
  c10::Device device;
  Communicator communicator = nullptr;
  bool hasFailed = false;

  /// Enqueues a collective on the device's current stream and waits for it.
  template <class Collective>
  void run(const Watch& watch, const char* what, const Collective& collective);
  void wait(const c10::Event& done, const Watch& watch, const char* what) const;
};

template <class Collective>
void NcclCommunicator::State::run(const Watch& watch, const char* what,
                                  const Collective& collective) {
  const c10::DeviceGuard guard(device);
  const c10::Stream stream = c10::impl::VirtualGuardImpl(c10::kCUDA).getStream(device);
  hasFailed = true;  // until it is known that it has not
  check(collective(stream.native_handle()), what, communicator);
  c10::Event done(c10::kCUDA);
  done.record(stream);
  wait(done, watch, what);
  hasFailed = false;
}

/// A rank that died leaves the others' kernels waiting for ever, so the host watches.
void NcclCommunicator::State::wait(const c10::Event& done, const Watch& watch,
                                   const char* what) const {
  const auto spinUntil = std::chrono::steady_clock::now() + 2ms;  // what a sum takes
  while (!done.query()) {
    if (std::chrono::steady_clock::now() < spinUntil) {
      std::this_thread::yield();
      continue;
    }
    int error = kSuccess;
    nccl.asyncError(communicator, &error);
    check(error == kInProgress ? kSuccess : error, what, communicator);
    watch();
    std::this_thread::sleep_for(1ms);
  }
}

bool NcclCommunicator::isAvailable() {
  return library() != nullptr;
}

std::string NcclCommunicator::newId() {
  UniqueId id;
  check(openedLibrary().getUniqueId(&id), "make a meeting place", nullptr);
  return {id.bytes.data(), id.bytes.size()};
}

NcclCommunicator::NcclCommunicator(const std::string& id, int rank, int size, c10::Device device)
    : m_state(std::make_unique<State>(State{openedLibrary(), device})) {
  if (id.size() != kIdBytes) {
    throw Error(ErrorKind::BadInput, fmt::format("NCCL's id has {} bytes, not {}; are all ranks of "
                                                 "one version?",
                                                 id.size(), kIdBytes));
  }
  UniqueId unique;
  std::memcpy(unique.bytes.data(), id.data(), kIdBytes);
  const c10::DeviceGuard guard(device);
  check(m_state->nccl.initRank(&m_state->communicator, size, unique, rank), "connect the GPUs",
        nullptr);
}

NcclCommunicator::~NcclCommunicator() {
  if (m_state->communicator == nullptr) {
    return;
  }
  const c10::DeviceGuard guard(m_state->device);
  if (m_state->hasFailed) {
    m_state->nccl.abort(m_state->communicator);
  } else {
    m_state->nccl.destroy(m_state->communicator);
  }
}

void NcclCommunicator::allReduce(at::Tensor& values, const Watch& watch) {
  m_state->run(watch, "sum over the GPUs", [&](Stream stream) {
    void* data = values.data_ptr();
    return m_state->nccl.allReduce(data, data, static_cast<std::size_t>(values.numel()), kFloat32,
                                   kSum, m_state->communicator, stream);
  });
}

void NcclCommunicator::broadcast(at::Tensor& values, const Watch& watch) {
  m_state->run(watch, "share values between the GPUs", [&](Stream stream) {
    void* data = values.data_ptr();
    return m_state->nccl.broadcast(data, data, static_cast<std::size_t>(values.numel()), kFloat32,
                                   0, m_state->communicator, stream);
  });
}

}  // namespace twofold::models
