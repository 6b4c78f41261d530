// What a sweep tries: a recipe with some of its settings varied, as a grid or drawn at random.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/runs/component_catalog.h"
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

/// The recipe as given, then every combination of the values, the last setting changing fastest.
/// A combination that is the recipe as given is no arm of its own: the first is then called "as
/// given: " and what it is. Specs are not checked against the catalog. Throws Error(Usage) for a
/// range, for a setting that is named twice, and for more than 1,000 arms.
[[nodiscard]] std::vector<SweepArm> gridArms(const RunSpec& spec,
                                             std::span<const Variation> variations);

/// The recipe as given, then `count` combinations that differ, drawn with `seed`: values alike
/// likely, ranges to three digits. Throws Error(Usage) when there are not that many.
[[nodiscard]] std::vector<SweepArm> randomArms(const RunSpec& spec,
                                               std::span<const Variation> variations, int count,
                                               std::uint64_t seed);

/// Without arms that are another one's recipe once every default is written out: the earlier one
/// stays. Where such a one is the recipe as given, that takes up its words: "as given: width = 32".
[[nodiscard]] std::vector<SweepArm> distinctArms(const ComponentCatalog& catalog,
                                                 const std::vector<SweepArm>& arms);

/// The place of the arm of that name; blanks do not count, nor does "as given: ". Throws
/// Error(Usage) naming the nearest.
[[nodiscard]] std::size_t armNamed(const std::vector<std::string>& names, const std::string& name);

}  // namespace twofold::runs
