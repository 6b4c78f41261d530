#include "models/learning/process_group.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <optional>
#include <thread>
#include <vector>

#include "core/base/progress.h"
#include "models/learning/nccl.h"

namespace twofold::models {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPause = 50ms;            // between two looks at the store
constexpr auto kAttempt = 2s;            // to connect, before another look at the stop token
constexpr auto kHearing = 2s;            // for the others to hear of a failure
const std::string kFailure = "failure";  // key of the first one's text, led by its rank
const std::string kHeard = "heard";
const std::string kCame = "came";
const std::string kGpus = "gpus";  // key of NCCL's id

c10::intrusive_ptr<c10d::Store> connected(const process::RankPlace& place,
                                          std::chrono::milliseconds timeout) {
  c10d::TCPStoreOptions options;
  options.port = place.port;
  options.isServer = place.isFirst() && !place.isHosted;
  options.waitWorkers = false;
  options.timeout = timeout;
  if (options.isServer && place.listener >= 0) {
    options.masterListenFd = place.listener;
  }
  return c10::make_intrusive<c10d::TCPStore>(place.address, options);
}

/// The first line of what c10d says; the rest is a list of addresses.
std::string reasonOf(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

/// Tries again and again, since rank 0 may come last and a stop must not wait for it.
c10::intrusive_ptr<c10d::Store> joined(const process::RankPlace& place,
                                       std::chrono::milliseconds patience,
                                       const std::stop_token& stop) {
  const auto deadline = Clock::now() + patience;
  while (true) {
    throwIfStopped(stop);
    try {
      auto store = connected(place, std::min<std::chrono::milliseconds>(kAttempt, patience));
      store->setTimeout(patience);
      return c10::make_intrusive<c10d::PrefixStore>("twofold" + place.round, std::move(store));
    } catch (const std::exception& error) {
      if (Clock::now() >= deadline || place.isFirst()) {
        throw RankLost(
            fmt::format("rank {} of {} cannot meet the others at {}:{} ({}); see that "
                        "rank 0 runs there and that the port is free and open",
                        place.rank, place.size, place.address, place.port, reasonOf(error)));
      }
    }
  }
}

std::string textAt(c10d::Store& store, const std::string& key) {
  const auto bytes = store.get(key);
  return {bytes.begin(), bytes.end()};
}

void setText(c10d::Store& store, const std::string& key, const std::string& text) {
  store.set(key, std::vector<std::uint8_t>(text.begin(), text.end()));
}

}  // namespace

struct ProcessGroup::State {
  process::RankPlace place;
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
  std::unique_ptr<NcclCommunicator> nccl;
  bool hasAgreed = false;  // on NCCL, or on going without

  void meet(std::chrono::milliseconds patience, const std::stop_token& stop);
  void connectGloo(std::chrono::milliseconds patience);
  /// Throws what another rank left behind, if it did.
  void throwIfFailed() const;
  /// That somebody leaves. Rank 0 takes the store with it, so it stays until the others know.
  void hear() const;
  /// Runs one collective. When it fails, the rank that went may have said why a moment before or
  /// after.
  template <class Collective>
  void run(at::Tensor& values, const Collective& collective) const;
  /// The same between GPUs.
  template <class Collective>
  void runOnGpus(const Collective& collective) const;
  /// Whether these values go from GPU to GPU; the first such ones connect the GPUs.
  [[nodiscard]] bool usesGpus(const at::Tensor& values);
  void agreeOnNccl(c10::Device device);
  [[noreturn]] void throwLost(const std::exception& error) const;
};

void ProcessGroup::State::meet(std::chrono::milliseconds patience, const std::stop_token& stop) {
  const auto deadline = Clock::now() + patience;
  store->add(kCame, 1);
  for (std::int64_t came = 0; (came = store->add(kCame, 0)) < place.size;) {
    throwIfStopped(stop);
    throwIfFailed();
    if (Clock::now() >= deadline) {
      throw RankLost(fmt::format(
          "only {} of {} ranks came within {} s; see that all of them were "
          "started, with the same number of ranks",
          came, place.size, std::chrono::duration_cast<std::chrono::seconds>(patience).count()));
    }
    std::this_thread::sleep_for(kPause);
  }
}

void ProcessGroup::State::connectGloo(std::chrono::milliseconds patience) {
  auto options = place.isOneMachine() ? c10d::ProcessGroupGloo::Options::create(patience)
                                      : c10d::ProcessGroupGloo::Options::create_default(patience);
  if (place.isOneMachine()) {  // whatever the machine believes its own name to be
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
  }
  options->threads = 1;  // one collective at a time
  gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.size, options);
}

void ProcessGroup::State::throwIfFailed() const {
  if (!store->check({kFailure})) {
    return;
  }
  const std::string failure = textAt(*store, kFailure);
  hear();
  const auto colon = failure.find(':');
  if (colon + 1 == failure.size()) {
    throw StopRequested();
  }
  throw RankLost(fmt::format("rank {} of {} failed: {}", failure.substr(0, colon), place.size,
                             failure.substr(colon + 1)));
}

void ProcessGroup::State::hear() const {
  if (!place.isFirst()) {
    store->add(kHeard, 1);
    return;
  }
  const auto deadline = Clock::now() + kHearing;
  while (Clock::now() < deadline && store->add(kHeard, 0) < place.size - 1) {
    std::this_thread::sleep_for(kPause);
  }
}

void ProcessGroup::State::throwLost(const std::exception& error) const {
  const auto deadline = Clock::now() + kHearing;
  try {
    while (Clock::now() < deadline) {
      throwIfFailed();
      std::this_thread::sleep_for(kPause);
    }
  } catch (const c10::Error&) {
    // The store went with rank 0.
    throw RankLost(fmt::format("rank 0 of {} is gone ({}); see its own messages", place.size,
                               reasonOf(error)));
  }
  throw RankLost(
      fmt::format("rank {} of {} lost another rank: it died, hangs, or the network "
                  "between them failed ({})",
                  place.rank, place.size, reasonOf(error)));
}

template <class Collective>
void ProcessGroup::State::run(at::Tensor& values, const Collective& collective) const {
  std::vector<at::Tensor> tensors{values.to(at::kCPU)};
  try {
    collective(tensors)->wait();
  } catch (const std::exception& error) {
    throwLost(error);
  }
  if (!tensors.front().is_same(values)) {
    values.copy_(tensors.front());
  }
}

template <class Collective>
void ProcessGroup::State::runOnGpus(const Collective& collective) const {
  const auto deadline = Clock::now() + store->getTimeout();
  auto nextLook = Clock::now();
  try {
    collective([&] {
      if (Clock::now() < nextLook) {
        return;
      }
      nextLook = Clock::now() + kPause;
      throwIfFailed();
      if (Clock::now() >= deadline) {
        throw Error(ErrorKind::Io, "no answer from the other GPUs");
      }
    });
  } catch (const RankLost&) {
    throw;
  } catch (const Error& error) {
    throwLost(error);
  }
}

bool ProcessGroup::State::usesGpus(const at::Tensor& values) {
  if (!values.is_cuda() || values.scalar_type() != at::kFloat) {
    return false;
  }
  if (!hasAgreed) {
    agreeOnNccl(values.device());
    hasAgreed = true;
  }
  return nccl != nullptr;
}

void ProcessGroup::State::agreeOnNccl(c10::Device device) {
  at::Tensor votes = at::full({1}, NcclCommunicator::isAvailable() ? 1.0F : 0.0F);
  run(votes, [&](auto& tensors) { return gloo->allreduce(tensors); });
  if (votes.item<float>() != static_cast<float>(place.size)) {
    return;
  }
  try {
    if (place.isFirst()) {
      setText(*store, kGpus, NcclCommunicator::newId());
    }
    const std::string id = textAt(*store, kGpus);
    nccl = std::make_unique<NcclCommunicator>(id, place.rank, place.size, device);
  } catch (const std::exception& error) {
    throwLost(error);
  }
}

ProcessGroup::ProcessGroup(const process::RankPlace& place, std::chrono::milliseconds patience,
                           const std::stop_token& stop)
    : m_state(std::make_unique<State>()) {
  m_state->place = place;
  m_state->store = joined(place, patience, stop);
  try {
    m_state->meet(patience, stop);
    m_state->connectGloo(patience);
  } catch (const c10::Error& error) {
    m_state->throwLost(error);
  }
}

ProcessGroup::~ProcessGroup() = default;

int ProcessGroup::rank() const {
  return m_state->place.rank;
}

int ProcessGroup::size() const {
  return m_state->place.size;
}

const process::RankPlace& ProcessGroup::place() const {
  return m_state->place;
}

void ProcessGroup::allReduce(at::Tensor& values) const {
  if (m_state->usesGpus(values)) {
    m_state->runOnGpus([&](const auto& watch) { m_state->nccl->allReduce(values, watch); });
    return;
  }
  m_state->run(values, [&](auto& tensors) { return m_state->gloo->allreduce(tensors); });
}

void ProcessGroup::broadcast(at::Tensor& values) const {
  if (m_state->usesGpus(values)) {
    m_state->runOnGpus([&](const auto& watch) { m_state->nccl->broadcast(values, watch); });
    return;
  }
  m_state->run(values, [&](auto& tensors) { return m_state->gloo->broadcast(tensors); });
}

void ProcessGroup::barrier() const {
  at::Tensor nothing = at::zeros({1});
  allReduce(nothing);
}

std::string ProcessGroup::fromFirst(const std::string& name, const std::string& text,
                                    const std::stop_token& stop) const {
  const std::string key = "first/" + name;
  auto& store = *m_state->store;
  try {
    if (isFirst()) {
      setText(store, key, text);
      return text;
    }
    while (!store.check({key})) {
      throwIfStopped(stop);
      m_state->throwIfFailed();
      std::this_thread::sleep_for(kPause);
    }
    return textAt(store, key);
  } catch (const c10::Error& error) {
    m_state->throwLost(error);
  }
}

void ProcessGroup::fail(const std::string& reason) const noexcept {
  try {
    auto& store = *m_state->store;
    if (store.add("failures", 1) == 1) {
      setText(store, kFailure, fmt::format("{}:{}", rank(), reason));
    }
    m_state->hear();
  } catch (const std::exception&) {
    // The store went with rank 0: there is nobody to tell.
  }
}

}  // namespace twofold::models
