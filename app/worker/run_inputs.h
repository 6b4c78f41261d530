// What training and scoring need of the store, as plain values.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/protein.h"
#include "core/data/split.h"
#include "core/imports/importers.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "models/learning/session.h"

namespace twofold::app {

/// What the channels of a run look at beside sequences.
struct NeededEvidence {
  bool structures = false;
  bool annotations = false;
  std::vector<std::string> tables{};               // names of the user's channels
  std::shared_ptr<const data::TermGraph> terms{};  // as read before; null: from the store
};
[[nodiscard]] NeededEvidence neededEvidence(const runs::RunSpec& spec);

/// Sequences and the evidence needed (of structures the best chain), in the order of `keys`. Throws
/// Error when a structure file of the project is gone or damaged.
[[nodiscard]] models::ProteinInputs loadProteins(store::Project& project,
                                                 std::span<const data::ProteinKey> keys,
                                                 const NeededEvidence& needed,
                                                 const imports::Watch& watch);

/// Labelled pairs over a dense list of proteins.
struct PairInputs {
  std::vector<data::ProteinKey> keys;  // of the proteins, in the order of their index
  std::vector<models::IndexedPair> pairs;
  std::vector<std::uint32_t> indices;  // of each pair in its pair set
};

/// The pairs of `wanted` (indices into `pairs`) that have a label. `keys` is ascending.
[[nodiscard]] PairInputs indexPairs(const data::Pairs& pairs,
                                    std::span<const std::uint32_t> wanted);

/// Everything of a run's split, in one numbering of proteins.
struct SplitInputs {
  std::vector<data::ProteinKey> keys;
  std::array<std::vector<models::IndexedPair>, 3> parts;  // by data::Part
  std::array<std::vector<std::uint32_t>, 3> indices;
};

[[nodiscard]] SplitInputs indexSplit(const data::Pairs& pairs, const data::Split& split);

}  // namespace twofold::app
