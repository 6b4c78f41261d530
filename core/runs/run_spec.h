// The complete, recorded recipe of a run. Same spec, same program, same data: same numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/options.h"
#include "core/formats/bounded_json.h"

namespace twofold::runs {

/// One part and its option values; options left out keep their defaults.
struct PartSpec {
  std::string id;
  OptionValues options;

  friend bool operator==(const PartSpec&, const PartSpec&) = default;
};

/// Where the scores of a run come from that another program made.
struct ImportedScores {
  std::string name;  // of the model, as the user calls it
  std::string file;  // its name, and the SHA-256 of its bytes
  std::string hash;
  std::string layout;     // see formats/score_table.h
  std::string scale;      // "probability", "logit" (brought to probabilities) or "rank"
  std::string threshold;  // "validation", "0.5", or "none" where nothing gives one

  friend bool operator==(const ImportedScores&, const ImportedScores&) = default;
};

struct RunSpec {
  static constexpr int kVersion = 2;  // 1 for a spec without imported scores

  std::string experiment = "default";
  std::string pairSet;
  std::string split;
  PartSpec backbone{"composition", {}};
  std::vector<PartSpec> channels{{"sequence", {}}};
  PartSpec fusion{"attention", {}};
  PartSpec head{"mlp", {}};
  OptionValues training;  // of the catalog's "training" part
  std::uint64_t seed = 1;
  std::string device = "auto";
  int threads = 0;  // 0: all cores
  /// Instead of all of the above but experiment, pair set and split, which is empty where the whole
  /// set is one part: nothing that could be run, resumed or asked for another pair.
  std::optional<ImportedScores> imported;

  friend bool operator==(const RunSpec&, const RunSpec&) = default;
};

[[nodiscard]] formats::Json toJson(const RunSpec& spec);
/// Throws Error(BadInput) naming the key; unknown keys and newer versions are errors.
[[nodiscard]] RunSpec runSpecFromJson(const formats::Json& json, std::string_view source);

/// Of a stored spec; nothing where it cannot be read or is of a newer version. For a look through
/// many runs, where one must not stop what is said of the others.
[[nodiscard]] std::optional<RunSpec> readableSpec(const std::string& text);

/// Sets "training.epochs", "backbone.layers", "sequence.…", "fusion.…", "head.…" from "key=value".
/// The value's type is guessed (true/false, whole, real, text) and checked against the catalog
/// later. Throws Error(Usage) for a key that names no part of the spec.
void setOption(RunSpec& spec, const std::string& assignment);

/// "composition · sequence + calpha · attention · mlp · demo/random · seed 1", or "TUnA · tuna.tsv
/// · demo/random".
[[nodiscard]] std::string summary(const RunSpec& spec);

}  // namespace twofold::runs
