#include "core/weights/memory_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace twofold::weights {

namespace {

/// The worker with LibTorch, and what its allocator keeps between batches of different lengths
/// (measured over 1,000 yeast proteins at the 8M shape: 0.8 GiB in bf16, 1.2 GiB in fp32).
constexpr std::int64_t kProcess = std::int64_t{1} << 30;

Fit fitOf(std::int64_t need, std::int64_t available) {
  if (need <= 0 || available <= 0) {
    return Fit::Unknown;
  }
  // Above seven tenths, other programs or a longer protein can push the machine over its edge.
  return need <= available / 10 * 7 ? Fit::Fits : need <= available ? Fit::Tight : Fit::DoesNotFit;
}

std::string sizeText(std::int64_t bytes) {
  constexpr double kGibi = 1 << 30;
  const auto value = static_cast<double>(bytes);
  return value < kGibi ? fmt::format("{:.0f} MiB", value / (1 << 20))
                       : fmt::format("{:.1f} GiB", value / kGibi);
}

}  // namespace

std::string_view name(Fit fit) noexcept {
  switch (fit) {
    case Fit::Fits:
      return "fits";
    case Fit::Tight:
      return "tight";
    case Fit::DoesNotFit:
      return "does not fit";
    case Fit::Unknown:
      break;
  }
  return "unknown";
}

std::array<MemoryNeed, 3> memoryNeeds(const NetworkSize& size, std::int64_t available) {
  constexpr std::int64_t kFloat = 4;
  constexpr std::int64_t kHalf = 2;
  const std::int64_t parameters = size.multiplied + size.others;
  // Residual, normed, queries, keys, values, attended, projected, and both sides of the wide layer.
  const std::int64_t activations =
      kBatchTokens * (8 * size.width + 2 * size.feedForwardWidth);  // numbers
  const std::int64_t reading = size.largestTensor * kFloat;         // widened to fp32 on the way
  const auto need = [&](const char* precision, std::int64_t weights, std::int64_t each) {
    MemoryNeed result{precision, 0, Fit::Unknown};
    if (parameters > 0) {
      result.bytes = kProcess + weights + std::max(activations * each, reading);
      result.fit = fitOf(result.bytes, available);
    }
    return result;
  };
  return {need("fp32", parameters * kFloat, kFloat), need("bf16", parameters * kHalf, kHalf),
          need("int8", size.multiplied + size.others * kHalf, kHalf)};
}

std::int64_t availableMemory() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::string unit;
  for (std::int64_t value = 0; file >> key >> value;) {
    if (key == "MemAvailable:") {
      return value << 10;
    }
    std::getline(file, unit);
  }
  return 0;
}

std::string fitText(const MemoryNeed& need, std::int64_t available) {
  if (need.bytes <= 0) {
    return "unknown: the number of parameters is not known";
  }
  if (available <= 0) {
    return fmt::format("{} needs {}", need.precision, sizeText(need.bytes));
  }
  return fmt::format("{} in {}: needs {} of memory, {} is available", name(need.fit),
                     need.precision, sizeText(need.bytes), sizeText(available));
}

}  // namespace twofold::weights
