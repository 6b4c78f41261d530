// What a leakage audit says: one finding a kind, with its light, its numbers and the rows behind
// it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/protein.h"
#include "core/data/split.h"

namespace twofold::audit {

enum class Kind : std::uint8_t {
  SharedPair,
  SwappedPair,
  SharedProtein,
  NearRelative,
  DegreeCheat,
  NegativeOnly,
  PositiveOnly,
  Duplicate,
  Contradiction,
  SelfPair,
  LengthImbalance,
  PretrainingExposure,
  LabelInEvidence,
};

struct KindInfo {
  std::string_view id;     // of the worker's JSON
  std::string_view title;  // for people
};

/// In the order of Kind.
inline constexpr std::array<KindInfo, 13> kKinds = {{
    {"shared_pair", "shared pairs"},
    {"swapped_pair", "shared pairs, swapped"},
    {"shared_protein", "shared proteins"},
    {"near_relative", "near relatives"},
    {"degree_cheat", "degree cheat score"},
    {"negative_only", "negative-only proteins"},
    {"positive_only", "positive-only proteins"},
    {"duplicate", "duplicates"},
    {"contradiction", "contradictions"},
    {"self_pair", "self pairs"},
    {"length_imbalance", "length imbalance"},
    {"pretraining_exposure", "pre-training exposure"},
    {"label_in_evidence", "evidence that encodes labels"},
}};

[[nodiscard]] constexpr const KindInfo& infoOf(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}
/// Throws Error(Usage) naming the nearest.
[[nodiscard]] Kind kindFromName(std::string_view id);

/// The light. Skipped: not looked at, which is not green. AUDIT.md has the limits and their
/// reasons.
enum class Severity : std::uint8_t { Ok, Skipped, Warn, Bad };

/// "ok", "skipped", "warn", "bad".
[[nodiscard]] std::string_view name(Severity severity) noexcept;

/// One offending pair or protein; what does not apply keeps its default.
struct Row {
  static constexpr std::int64_t kNone = -1;

  data::Part part = data::Part::None;
  std::int64_t pair = kNone;       // index in the pair set
  std::int64_t otherPair = kNone;  // the one it repeats or contradicts
  data::ProteinKey protein = 0;
  data::ProteinKey other = 0;  // its relative
  std::string reason;
};

struct Finding {
  Kind kind = Kind::SharedPair;
  Severity severity = Severity::Ok;
  std::int64_t count = 0;  // of what `what` says first; 0: nothing found
  std::vector<std::pair<std::string, double>> numbers{};
  std::string what{};                    // a sentence or two
  std::string cure{};                    // what to do; empty when nothing has to be done
  std::vector<Row> rows{};               // all of them
  std::vector<std::uint32_t> leaving{};  // pairs that a split without this leaves out, ascending
};

/// A finding that could not be looked at, and why.
[[nodiscard]] Finding skipped(Kind kind, std::string why);

/// "1 pair", "2,310 pairs".
[[nodiscard]] std::string countOf(std::int64_t count, std::string_view thing);

/// The worst light that was looked at.
[[nodiscard]] Severity lightOf(std::span<const Finding> findings);

}  // namespace twofold::audit
