#include "core/base/machine.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>

namespace twofold {

namespace {

/// The text behind the colon of the first line that begins with `key`; files of /proc.
std::string fieldOf(const std::filesystem::path& file, std::string_view key) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with(key)) {
      const auto value = line.find_first_not_of(" \t", line.find(':') + 1);
      return line.find(':') == std::string::npos || value == std::string::npos ? std::string()
                                                                               : line.substr(value);
    }
  }
  return {};
}

std::string acceleratorNames() {
  std::string names;
  std::error_code none;
  for (const auto& card : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", none)) {
    const auto model = fieldOf(card.path() / "information", "Model");
    if (!model.empty()) {
      names += (names.empty() ? "" : ", ") + model;
    }
  }
  return names;
}

}  // namespace

Machine thisMachine() {
  Machine machine;
  utsname name{};
  if (::uname(&name) == 0) {
    machine.host = name.nodename;
    machine.system = std::string(name.sysname) + " " + name.release;
  }
  machine.processor = fieldOf("/proc/cpuinfo", "model name");
  machine.cores = std::thread::hardware_concurrency();
  machine.memoryBytes = std::int64_t{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGE_SIZE);
  machine.accelerators = acceleratorNames();
  return machine;
}

}  // namespace twofold
