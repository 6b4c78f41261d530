// Whether a network will fit into this machine's memory, with the numbers behind the word.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace twofold::weights {

enum class Fit { Unknown, Fits, Tight, DoesNotFit };

/// "fits", "tight", "does not fit", "unknown".
[[nodiscard]] std::string_view name(Fit fit) noexcept;

/// One way to compute: bytes for weights and the activations of a batch of kBatchTokens.
struct MemoryNeed {
  std::string precision;   // fp32, bf16, int8
  std::int64_t bytes = 0;  // 0: not known
  Fit fit = Fit::Unknown;
};

inline constexpr std::int64_t kBatchTokens = 4096;

struct NetworkSize {
  std::int64_t multiplied = 0;  // parameters of linear layers: one byte each in int8
  std::int64_t others = 0;      // tables and norms
  std::int64_t width = 0;
  std::int64_t feedForwardWidth = 0;
  std::int64_t largestTensor = 0;  // elements; it is in memory twice while it is read
};

/// fp32, bf16, int8 in this order. `available` in bytes; 0 when it is not known.
[[nodiscard]] std::array<MemoryNeed, 3> memoryNeeds(const NetworkSize& size,
                                                    std::int64_t available);

/// MemAvailable of /proc/meminfo in bytes; 0 when it cannot be read.
[[nodiscard]] std::int64_t availableMemory();

/// "fits in fp32: needs 1.4 GiB of memory, 12.0 GiB is available"; the need alone when `available`
/// is 0.
[[nodiscard]] std::string fitText(const MemoryNeed& need, std::int64_t available);

}  // namespace twofold::weights
