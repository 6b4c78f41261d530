// Predictions for all pairs of some proteins, or bait against prey: streamed to a table, row by
// row, and taken up again where they were stopped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/worker/command_context.h"
#include "app/worker/scoring.h"

namespace twofold::app {

struct ManyPairsRequest {
  std::filesystem::path allPairs;  // FASTA; or the next two
  std::filesystem::path bait;
  std::filesystem::path prey;
  std::size_t top = 100;  // best partners of each protein; 0: every pair, once where all meet all
  std::filesystem::path out;
  std::vector<std::string> channels;
};

struct ManyPairsResult {
  std::int64_t proteins = 0;
  std::int64_t pairs = 0;      // scored
  std::int64_t lines = 0;      // written, by this call and by those it went on from
  std::int64_t resumedAt = 0;  // rows that were there already
  double seconds = 0;
};

/// Says how many pairs there are and how much it will write before it starts. A stop leaves what is
/// done beside `out`; the same call goes on from there. With another head than the factorised one
/// every pair goes through the whole model. Throws Error: BadInput, Usage, Io (not enough room on
/// the disk); StopRequested.
[[nodiscard]] ManyPairsResult predictManyPairs(Job& job, store::Project& project, TrainedRun& run,
                                               const ManyPairsRequest& request);

}  // namespace twofold::app
