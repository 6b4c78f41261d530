// Which process it is, so that a recycled pid or a reboot is never taken for the same worker.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace twofold {

struct ProcessIdentity {
  std::int64_t pid = 0;
  std::int64_t startTicks = 0;  // field 22 of /proc/<pid>/stat, clock ticks since boot
  std::string bootId;           // /proc/sys/kernel/random/boot_id
};

/// Throws Error(Io) when /proc cannot be read.
[[nodiscard]] ProcessIdentity currentProcess();

/// Nothing when there is no such process or it only waits to be reaped.
[[nodiscard]] std::optional<ProcessIdentity> processWithPid(std::int64_t pid);

/// True when exactly this process still runs on this boot of this machine.
[[nodiscard]] bool isAlive(std::int64_t pid, std::int64_t startTicks, const std::string& bootId);
[[nodiscard]] bool isAlive(const ProcessIdentity& identity);

}  // namespace twofold
