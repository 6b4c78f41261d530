// What a sweep tries: a recipe with some of its settings varied, as a grid or drawn at random.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/runs/run_spec.h"

namespace twofold::runs {

/// One setting and what it may be: some values, or a range to draw from.
struct Variation {
  struct Range {
    double low = 0;
    double high = 0;
    bool isWhole = false;  // both ends were written as whole numbers
    bool isLog = false;    // the logarithm is uniform
  };

  std::string key;  // "training.learning_rate"; "backbone", "fusion", "head", "channels"
  std::vector<std::string> values;
  std::optional<Range> range{};
};

/// "training.width=16,32", "training.learning_rate=log:1e-4..1e-2", "backbone=esm2,unirep",
/// "channels=sequence,sequence+annotation". Throws Error(Usage).
[[nodiscard]] Variation parseVariation(const std::string& text);

struct SweepArm {
  std::string name;  // what differs: "training.width = 16, backbone = unirep"
  RunSpec spec;
};

/// The recipe as given, then every combination of the values that is not it, the last setting
/// changing fastest. Specs are not checked against the catalog. Throws Error(Usage) for a range,
/// for a setting that is named twice, and for more than 1,000 arms.
[[nodiscard]] std::vector<SweepArm> gridArms(const RunSpec& spec,
                                             std::span<const Variation> variations);

/// The recipe as given, then `count` combinations that differ, drawn with `seed`: values alike
/// likely, ranges to three digits. Throws Error(Usage) when there are not that many.
[[nodiscard]] std::vector<SweepArm> randomArms(const RunSpec& spec,
                                               std::span<const Variation> variations, int count,
                                               std::uint64_t seed);

}  // namespace twofold::runs
