// The machine that computes, in words: for the record of a run.
#pragma once

#include <cstdint>
#include <string>

namespace twofold {

struct Machine {
  std::string host;
  std::string system;  // "Linux 6.1.0"
  std::string processor;
  std::int64_t cores = 0;
  std::int64_t memoryBytes = 0;
  std::string accelerators;  // of NVIDIA, separated by commas; empty: none
};

/// What cannot be found out stays empty or 0.
[[nodiscard]] Machine thisMachine();

}  // namespace twofold
