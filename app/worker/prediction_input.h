// The pairs of a file with the proteins they name, from a FASTA file or the project.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/formats/pair_table.h"
#include "core/imports/importers.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "models/learning/session.h"

namespace twofold::app {

struct SkippedPair {
  std::size_t line = 0;
  std::string a;
  std::string b;
  std::string kind;    // "unknown protein"
  std::string reason;  // a sentence that names the protein
};

/// `proteins` are in the order in which the pairs first name them.
struct PredictionInput {
  models::ProteinInputs proteins;
  std::vector<models::IndexedPair> pairs;
  std::vector<SkippedPair> skipped;
};

struct PredictionSource {
  std::filesystem::path pairs;
  formats::PairTableFormat format;
  std::filesystem::path fasta;  // empty: proteins of the project only
  const runs::RunSpec& spec;
};

/// Proteins of FASTA files, rows against columns.
struct ManyPairsInput {
  models::ProteinInputs proteins;
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> columns;
};

struct ManyPairsSource {
  std::filesystem::path allPairs;  // rows and columns; or the next two
  std::filesystem::path bait;
  std::filesystem::path prey;
  const runs::RunSpec& spec;
};

/// A protein that the project knows by the same id and sequence has the project's evidence. Throws
/// Error(BadInput) when a file has no proteins, or one id has two sequences.
[[nodiscard]] ManyPairsInput readManyPairsInput(store::Project& project,
                                                const ManyPairsSource& source,
                                                const imports::Watch& watch);

/// Throws Error(BadInput) when not one pair can be scored.
[[nodiscard]] PredictionInput readPredictionInput(store::Project& project,
                                                  const PredictionSource& source,
                                                  const imports::Watch& watch);

}  // namespace twofold::app
