#include "app/worker/local_ranks.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/runs/run_event.h"

namespace twofold::app {

namespace {

using namespace std::chrono_literals;

constexpr auto kPause = 20ms;
constexpr auto kFarewell = 5s;  // to end by itself, and again after being asked to
constexpr int kSignalled = 128;
constexpr int kStopped = 85;

Error socketError() {
  return {ErrorKind::Io, fmt::format("no port on this machine can be opened for the ranks to meet "
                                     "at: {}",
                                     std::strerror(errno))};
}

std::vector<std::string> variables(const process::RankPlace& place, int rank) {
  return {fmt::format("RANK={}", rank),
          fmt::format("WORLD_SIZE={}", place.size),
          fmt::format("LOCAL_RANK={}", rank),
          fmt::format("LOCAL_WORLD_SIZE={}", place.size),
          fmt::format("MASTER_ADDR={}", place.address),
          fmt::format("MASTER_PORT={}", place.port),
          "TORCHELASTIC_USE_AGENT_STORE=False",
          "TORCHELASTIC_RESTART_COUNT="};
}

}  // namespace

process::RankPlace placeOnThisMachine(int ranks) {
  process::RankPlace place;
  place.size = ranks;
  place.localSize = ranks;
  place.address = "127.0.0.1";
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);  // NOLINT: how sockets take addresses
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || ::bind(listener, generic, length) != 0 || ::listen(listener, ranks) != 0 ||
      ::getsockname(listener, generic, &length) != 0) {
    const Error error = socketError();
    if (listener >= 0) {
      ::close(listener);
    }
    throw error;
  }
  place.listener = listener;
  place.port = ntohs(address.sin_port);
  return place;
}

LocalRanks::LocalRanks(const process::RankPlace& place, const std::vector<std::string>& arguments,
                       std::stop_source lost)
    : m_size(place.size), m_lost(std::move(lost)) {
  try {
    start(place, arguments);
  } catch (...) {  // no destructor runs for what was started
    for (auto& rank : m_ranks) {
      rank.process->stop(true);
    }
    waitForAll(kFarewell);
    throw;
  }
  m_watcher = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

void LocalRanks::start(const process::RankPlace& place, const std::vector<std::string>& arguments) {
  for (int rank = 1; rank < place.size; ++rank) {
    process::ChildOptions options;
    options.program = "/proc/self/exe";
    options.arguments = arguments;
    options.overrides = variables(place, rank);
    m_ranks.push_back({std::make_unique<process::ChildProcess>(options)});
    m_ranks.back().process->closeInput();
  }
}

LocalRanks::~LocalRanks() {
  m_watcher.request_stop();
  m_watcher.join();
  waitForAll(m_lost.stop_requested() ? 0s : kFarewell);
  for (auto& rank : m_ranks) {
    rank.process->stop();
  }
  waitForAll(kFarewell);
  for (auto& rank : m_ranks) {
    rank.process->stop(true);
  }
  waitForAll(kFarewell);
}

void LocalRanks::waitForAll(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const auto isWorking = [](const Rank& rank) { return !rank.hasEnded; };
  while (std::any_of(m_ranks.begin(), m_ranks.end(), isWorking)) {
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
      look(i);
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return;
    }
    std::this_thread::sleep_for(kPause);
  }
}

void LocalRanks::watch(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
      look(i);
    }
    std::this_thread::sleep_for(kPause);
  }
}

void LocalRanks::look(std::size_t index) {
  Rank& rank = m_ranks[index];
  if (rank.hasEnded) {
    return;
  }
  const auto status = rank.process->poll();  // before the last words are read
  bool ended = false;
  for (const auto& line : rank.lines.feed(
           process::ChildProcess::readAvailable(rank.process->outputDescriptor(), ended))) {
    const auto event = runs::eventFromLine(line);
    if (event && std::holds_alternative<runs::ErrorEvent>(*event)) {
      rank.message = std::get<runs::ErrorEvent>(*event).message;
    }
  }
  static_cast<void>(process::ChildProcess::readAvailable(rank.process->errorDescriptor(), ended));
  rank.hasEnded = status.has_value();
  if (!status || *status == 0 || *status == kStopped) {
    return;
  }
  const std::lock_guard lock(m_mutex);
  if (m_failure.empty()) {
    const auto name = fmt::format("rank {} of {}", index + 1, m_size);
    m_failure = *status > kSignalled
                    ? fmt::format(
                          "{} was ended by signal {}; if memory ran out, use fewer ranks or "
                          "a smaller batch",
                          name, *status - kSignalled)
                : rank.message.empty() ? fmt::format("{} ended with status {}", name, *status)
                                       : rank.message;
    m_lost.request_stop();
  }
}

std::optional<std::string> LocalRanks::failure(std::chrono::milliseconds patience) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    {
      const std::lock_guard lock(m_mutex);
      if (!m_failure.empty()) {
        return m_failure;
      }
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return std::nullopt;
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace twofold::app
