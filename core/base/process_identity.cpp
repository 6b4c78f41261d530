#include "core/base/process_identity.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "core/base/error.h"

namespace twofold {

namespace {

std::string firstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::string bootId() {
  return firstLine("/proc/sys/kernel/random/boot_id");
}

}  // namespace

std::optional<ProcessIdentity> processWithPid(std::int64_t pid) {
  if (pid <= 0) {
    return std::nullopt;
  }
  const std::string stat = firstLine(fmt::format("/proc/{}/stat", pid));
  // The program's name, field 2, stands in brackets and may hold blanks and brackets itself.
  const std::size_t nameEnd = stat.rfind(')');
  if (nameEnd == std::string::npos) {
    return std::nullopt;
  }
  std::istringstream fields(stat.substr(nameEnd + 1));
  fields.imbue(std::locale::classic());
  std::string state;
  fields >> state;
  if (state == "Z" || state == "X" || state == "x") {
    return std::nullopt;
  }
  constexpr int kBetween = 18;  // fields 4 to 21 of proc(5)
  std::string skipped;
  for (int i = 0; i < kBetween; ++i) {
    fields >> skipped;
  }
  ProcessIdentity identity;
  identity.pid = pid;
  if (!(fields >> identity.startTicks)) {
    return std::nullopt;
  }
  identity.bootId = bootId();
  return identity;
}

ProcessIdentity currentProcess() {
  const auto identity = processWithPid(::getpid());
  if (!identity || identity->bootId.empty()) {
    throw Error(ErrorKind::Io, "/proc cannot be read: this process cannot tell who it is");
  }
  return *identity;
}

bool isAlive(std::int64_t pid, std::int64_t startTicks, const std::string& bootId) {
  const auto identity = processWithPid(pid);
  return identity && identity->startTicks == startTicks && identity->bootId == bootId;
}

bool isAlive(const ProcessIdentity& identity) {
  return isAlive(identity.pid, identity.startTicks, identity.bootId);
}

}  // namespace twofold
