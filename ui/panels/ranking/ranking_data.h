// Stored predictions of a run joined with the labels of its pair set.
#pragma once

#include <QString>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/data/split.h"
#include "ui/plots/ranking_plot.h"

namespace twofold::ui {

struct RankingRequest {
  std::filesystem::path store;  // the project's database
  std::string run;
  std::optional<data::Part> part;  // nothing: test when it has predictions, else validation
};

struct RankingResult {
  RankingCurves curves;
  data::Part part = data::Part::None;
  bool hasValidation = false;
  bool hasTest = false;
  std::int64_t unlabelled = 0;  // predictions of pairs without a label, left out

  /// False when the run has stored no predictions.
  [[nodiscard]] bool hasPredictions() const { return hasValidation || hasTest; }
};

/// Opens its own read-only connection; any thread. Throws Error, StopRequested.
[[nodiscard]] RankingResult loadRanking(const RankingRequest& request, const std::stop_token& stop);

}  // namespace twofold::ui
