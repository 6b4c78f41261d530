// A frozen division of a pair set into train, validation and test.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::data {

enum class Part : std::int8_t { None = -1, Train = 0, Validation = 1, Test = 2 };

inline constexpr std::array kParts = {Part::Train, Part::Validation, Part::Test};

/// "train", "validation", "test", "none".
[[nodiscard]] std::string_view name(Part part) noexcept;
/// Throws Error(Usage) naming the nearest.
[[nodiscard]] Part partFromName(std::string_view text);

/// What a rule was told, as text: every option, the ratio, which fold.
using SplitOptions = std::map<std::string, std::string>;

struct Split {
  std::string rule;  // "random", "files"
  std::uint64_t seed = 0;
  std::vector<Part> parts;    // one for each pair of the set
  SplitOptions options = {};  // empty for "files", and for splits of before they were recorded

  /// Indices of the pairs in `part`, ascending.
  [[nodiscard]] std::vector<std::uint32_t> indices(Part part) const;
  /// SHA-256 over rule, seed, options and parts: two splits of one pair set with one hash are the
  /// same.
  [[nodiscard]] std::string hash() const;
};

struct SplitInfo {
  std::int64_t key = 0;
  std::string name;
  std::string pairSet;
  std::string rule;
  std::uint64_t seed = 0;
  std::int64_t train = 0;
  std::int64_t validation = 0;
  std::int64_t test = 0;
  std::string hash;
  SplitOptions options;
};

}  // namespace twofold::data
