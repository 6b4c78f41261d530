// A named collection of pairs with its source.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/protein.h"

namespace twofold::data {

enum class Label : std::int8_t { Unknown = -1, Negative = 0, Positive = 1 };

/// Unordered: (a, b) and (b, a) are the same pair.
struct Pair {
  ProteinKey a = 0;
  ProteinKey b = 0;
  Label label = Label::Unknown;

  friend bool operator==(const Pair&, const Pair&) = default;
};

struct PairSetInfo {
  std::int64_t key = 0;
  std::string name;
  std::string source;  // file name, or the rule that made it
  std::int64_t pairs = 0;
  std::int64_t positives = 0;
  std::int64_t negatives = 0;
};

/// Pairs in the order of their source; a pair's index in here is its identity in splits and
/// predictions.
using Pairs = std::vector<Pair>;

}  // namespace twofold::data
