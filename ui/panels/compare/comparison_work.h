// Runs against each other, as the panel shows it; computed off the GUI thread.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/comparison/disagreements.h"
#include "core/comparison/run_comparison.h"
#include "ui/plots/ranking_plot.h"
#include "ui/session/session.h"

namespace twofold::ui {

struct ComparisonRequest {
  std::filesystem::path folder;   // the project's
  std::vector<std::string> runs;  // the reference first
  data::Part part = data::Part::Test;
  bool allAgainstAll = false;
};

struct Comparison {
  comparison::SharedScores shared;
  comparison::RunComparison found;
  std::vector<NamedCurves> curves;  // of each run, on the shared pairs
};

/// The numbers of `twofold-worker compare` with its own resamples and seed. Opens a connection of
/// its own; any thread. Throws Error as comparison::sharedScores does, and StopRequested.
[[nodiscard]] Comparison compareOn(const ComparisonRequest& request, const ProgressSink& progress,
                                   const std::stop_token& stop);

struct DisagreementRow {
  FocusedPair pair;  // of the reference's pair set
  float first = 0;   // score of the first of the two runs
  float second = 0;
  double gap = 0;
  bool firstIsRight = false;
};

struct DisagreementList {
  std::size_t first = 0;  // in Comparison::shared
  std::size_t second = 0;
  std::vector<comparison::Disagreement> found;
  std::vector<DisagreementRow> rows;  // of each of `found`
};

/// As above; throws Error(Usage) for a run without a threshold.
[[nodiscard]] DisagreementList findDisagreements(const std::filesystem::path& folder,
                                                 const Comparison& comparison, std::size_t first,
                                                 std::size_t second, const std::stop_token& stop);

}  // namespace twofold::ui
