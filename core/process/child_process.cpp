#include "core/process/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <thread>
#include <utility>

#include "core/base/error.h"

namespace twofold::process {

namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;
/// A child that has not read for this long counts as one that no longer reads.
constexpr std::chrono::milliseconds kWriteLimit{2000};
constexpr std::chrono::milliseconds kPollInterval{2};

Error ioError(const std::string& what, int reason) {
  return {ErrorKind::Io, fmt::format("{}: {}", what, std::strerror(reason))};
}

/// Closes what it still holds.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : m_number(number) {}
  ~Descriptor() {
    if (m_number >= 0) {
      ::close(m_number);
    }
  }
  Descriptor(Descriptor&& other) noexcept : m_number(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_number, other.m_number);
    return *this;
  }
  [[nodiscard]] int number() const { return m_number; }
  [[nodiscard]] int release() { return std::exchange(m_number, -1); }

 private:
  int m_number;
};

struct Pipe {
  Descriptor readEnd;
  Descriptor writeEnd;
};

Pipe makePipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw ioError("a pipe cannot be made", errno);
  }
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void makeNonBlocking(const Descriptor& descriptor) {
  const int flags = ::fcntl(descriptor.number(), F_GETFL);
  if (flags < 0 || ::fcntl(descriptor.number(), F_SETFL, flags | O_NONBLOCK) != 0) {
    throw ioError("a pipe cannot be made non-blocking", errno);
  }
}

Descriptor openFile(const std::filesystem::path& path, int flags) {
  Descriptor file(::open(path.c_str(), flags | O_CLOEXEC, 0644));
  if (file.number() < 0) {
    throw ioError(fmt::format("{}: cannot be opened", path.string()), errno);
  }
  return file;
}

/// posix_spawn's two option objects, with default signals and an empty mask for the child.
class SpawnSetup {
 public:
  explicit SpawnSetup(bool detached) {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    // A new session is a new group too, and a session leader may not ask for another group.
    flags |= detached ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, static_cast<short>(flags));
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  void connect(const Descriptor& descriptor, int number) {
    posix_spawn_file_actions_adddup2(&actions, descriptor.number(), number);
  }

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

std::string nameOf(std::string_view variable) {
  return std::string(variable.substr(0, variable.find('=')));
}

/// The child's variables, each NAME=VALUE.
std::vector<std::string> environmentFor(const ChildOptions& options) {
  std::vector<std::string> all = options.overrides;
  const auto isOverridden = [&](const std::string& name) {
    return std::any_of(options.overrides.begin(), options.overrides.end(),
                       [&](const std::string& variable) { return nameOf(variable) == name; });
  };
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!isOverridden(nameOf(*variable))) {
      all.emplace_back(*variable);
    }
  }
  for (const auto& addition : options.environment) {
    const std::string name = nameOf(addition);
    if (::getenv(name.c_str()) == nullptr && !isOverridden(name)) {
      all.push_back(addition);
    }
  }
  return all;
}

/// As execve takes them: null-terminated, borrowed from `texts`.
std::vector<char*> pointersTo(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

pid_t spawn(const ChildOptions& options, const SpawnSetup& setup) {
  const std::string program = options.program.string();
  std::vector<std::string> arguments{program};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  std::vector<std::string> environment = environmentFor(options);
  pid_t pid = -1;
  const int reason = ::posix_spawnp(&pid, program.c_str(), &setup.actions, &setup.attributes,
                                    pointersTo(arguments).data(), pointersTo(environment).data());
  if (reason == ENOENT || reason == ENOTDIR) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: there is no such program; install it or name its place", program));
  }
  if (reason != 0) {
    throw ioError(fmt::format("{}: cannot be started", program), reason);
  }
  return pid;
}

/// While it lives, writing to a closed pipe gives EPIPE in this thread and no signal anywhere.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigset_t pending;
    sigpending(&pending);
    m_wasPending = sigismember(&pending, SIGPIPE) == 1;
    sigemptyset(&m_signal);
    sigaddset(&m_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &m_signal, &m_before);
  }
  ~NoPipeSignal() {
    const timespec now{};
    if (!m_wasPending) {
      while (sigtimedwait(&m_signal, nullptr, &now) < 0 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t m_signal{};
  sigset_t m_before{};
  bool m_wasPending = false;
};

}  // namespace

ChildProcess::ChildProcess(const ChildOptions& options) {
  SpawnSetup setup(!options.pipes);
  if (!options.pipes) {
    const std::filesystem::path nowhere = "/dev/null";
    const Descriptor input = openFile(nowhere, O_RDONLY);
    const Descriptor output = options.outputFile.empty()
                                  ? openFile(nowhere, O_WRONLY)
                                  : openFile(options.outputFile, O_WRONLY | O_CREAT | O_APPEND);
    setup.connect(input, STDIN_FILENO);
    setup.connect(output, STDOUT_FILENO);
    setup.connect(output, STDERR_FILENO);
    m_pid = spawn(options, setup);
    return;
  }
  Pipe input = makePipe();
  Pipe output = makePipe();
  Pipe error = makePipe();
  makeNonBlocking(input.writeEnd);
  makeNonBlocking(output.readEnd);
  makeNonBlocking(error.readEnd);
  setup.connect(input.readEnd, STDIN_FILENO);
  setup.connect(output.writeEnd, STDOUT_FILENO);
  setup.connect(error.writeEnd, STDERR_FILENO);
  m_pid = spawn(options, setup);
  m_input = input.writeEnd.release();
  m_output = output.readEnd.release();
  m_error = error.readEnd.release();
}

ChildProcess::~ChildProcess() {
  for (const int descriptor : {m_input, m_output, m_error}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

std::string ChildProcess::readAvailable(int descriptor, bool& ended) {
  ended = false;
  std::string bytes;
  std::array<char, 16384> chunk{};
  // Bounded, so that a child that never pauses cannot hold the caller.
  while (bytes.size() < kMostAtOnce) {
    const ssize_t size = ::read(descriptor, chunk.data(), chunk.size());
    if (size > 0) {
      bytes.append(chunk.data(), static_cast<std::size_t>(size));
    } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
      ended = true;
      break;
    } else if (errno == EAGAIN) {
      break;
    }
  }
  return bytes;
}

bool ChildProcess::write(std::string_view bytes) {
  if (m_input < 0) {
    return false;
  }
  const NoPipeSignal guard;
  const auto deadline = std::chrono::steady_clock::now() + kWriteLimit;
  while (!bytes.empty()) {
    const ssize_t written = ::write(m_input, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      pollfd waited{m_input, POLLOUT, 0};
      if (left.count() <= 0 || ::poll(&waited, 1, static_cast<int>(left.count())) == 0) {
        return false;
      }
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

void ChildProcess::closeInput() {
  if (m_input >= 0) {
    ::close(m_input);
    m_input = -1;
  }
}

void ChildProcess::stop(bool force) {
  // Once reaped, the number may belong to another process.
  if (!poll()) {
    ::kill(static_cast<pid_t>(-m_pid), force ? SIGKILL : SIGTERM);
  }
}

std::optional<int> ChildProcess::poll() {
  if (m_status) {
    return m_status;
  }
  constexpr int kLost = 255;  // another part of the program reaped it
  constexpr int kSignalled = 128;
  int status = 0;
  pid_t ended = -1;
  do {
    ended = ::waitpid(static_cast<pid_t>(m_pid), &status, WNOHANG);
  } while (ended < 0 && errno == EINTR);
  if (ended < 0) {
    m_status = kLost;
  } else if (ended > 0) {
    m_status = WIFSIGNALED(status) ? kSignalled + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return m_status;
}

std::optional<int> ChildProcess::waitFor(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!poll() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kPollInterval);
  }
  return poll();
}

}  // namespace twofold::process
