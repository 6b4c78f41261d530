// How near each protein of a part is to what the run was trained on.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "core/errors/part_scores.h"

namespace twofold::errors {

struct NearestInTraining {
  bool isInTraining = false;      // the protein itself, or one of the very same sequence
  double identity = 0;            // of the nearest relative's aligned stretch; 0: none was found
  double coverage = 0;            // of the shorter of both
  data::ProteinKey relative = 0;  // 0: none
};

struct SimilaritySearch {
  int threads = 0;                 // 0: all
  std::filesystem::path mmseqs{};  // the program; empty: without it
};

/// One a protein of the part. Relatives are what the audit takes for such (40 % identity over half
/// of the shorter, see audit/relatives.h): what is less alike counts as none. Takes seconds for
/// thousands of proteins. Throws Error(Usage) where the run has no training part, StopRequested.
[[nodiscard]] std::vector<NearestInTraining> nearestInTraining(store::Database& database,
                                                               const PartScores& part,
                                                               const SimilaritySearch& search,
                                                               const ProgressSink& progress = {},
                                                               const std::stop_token& stop = {});

}  // namespace twofold::errors
