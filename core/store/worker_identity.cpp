#include "core/store/worker_identity.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "core/base/numbers.h"

namespace twofold::store {

namespace {

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string bootId() {
  std::string id = contents("/proc/sys/kernel/random/boot_id");
  while (!id.empty() && id.back() == '\n') {
    id.pop_back();
  }
  return id;
}

}  // namespace

std::optional<WorkerIdentity> identityOf(std::int64_t pid) {
  const std::string stat = contents(fmt::format("/proc/{}/stat", pid));
  // The name, field 2, is in brackets and may hold spaces and brackets itself.
  const std::size_t nameEnd = stat.rfind(')');
  if (pid <= 0 || nameEnd == std::string::npos) {
    return std::nullopt;
  }
  std::istringstream rest(stat.substr(nameEnd + 1));
  const std::vector<std::string> fields(std::istream_iterator<std::string>(rest), {});
  constexpr std::size_t kState = 0;        // field 3
  constexpr std::size_t kStartTicks = 19;  // field 22
  if (fields.size() <= kStartTicks || fields[kState] == "Z" || fields[kState] == "X") {
    return std::nullopt;
  }
  const auto ticks = parseInteger(fields[kStartTicks]);
  if (!ticks) {
    return std::nullopt;
  }
  return WorkerIdentity{pid, *ticks, bootId()};
}

bool isAlive(const WorkerIdentity& worker) {
  const auto now = identityOf(worker.pid);
  return now && now->startTicks == worker.startTicks && now->bootId == worker.bootId;
}

}  // namespace twofold::store
