// What the errors panel reads and reckons off the GUI thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/errors/operating_point.h"
#include "core/errors/protein_errors.h"
#include "core/errors/strata.h"
#include "core/metrics/score_ladder.h"
#include "core/store/run_repository.h"

namespace twofold::ui {

/// How far a run was when it was read: another one means that there is more to read.
struct RunStamp {
  store::RunStatus status = store::RunStatus::Queued;
  std::int64_t finished = 0;
  std::vector<data::Part> parts;  // that it has scores of

  friend bool operator==(const RunStamp&, const RunStamp&) = default;
};
[[nodiscard]] RunStamp stampOf(const std::filesystem::path& store, const std::string& run);

/// One part of one run; never changed once it is read, so that work off the GUI thread may share
/// it.
struct LoadedErrors {
  errors::PartScores part;
  metrics::ScoreLadder ladder;
  RunStamp stamp;
  std::vector<data::Part> parts;  // that the run has scores of; empty: there is nothing to look at
  // Where thresholds are chosen; empty where the run has no scores of validation.
  std::vector<float> validationScores;
  std::vector<std::int8_t> validationLabels;

  [[nodiscard]] bool isEmpty() const { return part.size() == 0; }
  [[nodiscard]] bool hasBothClasses() const;
};

using SharedErrors = std::shared_ptr<const LoadedErrors>;
using SharedBinning = std::shared_ptr<const errors::Binning>;
using SharedNearest = std::shared_ptr<const std::vector<errors::NearestInTraining>>;

/// All of these open their own read-only connection, run in any thread and throw Error and
/// StopRequested. `part`: nothing for test when there are scores of it, else validation.
[[nodiscard]] SharedErrors loadErrors(const std::filesystem::path& store, const std::string& run,
                                      std::optional<data::Part> part, const std::stop_token& stop);

/// What follows at once from a threshold.
struct CallsAtThreshold {
  double threshold = 0;
  errors::ProteinErrorList proteins;
  metrics::SelectiveCurve selective;
};
[[nodiscard]] CallsAtThreshold callsAt(const errors::PartScores& part, double threshold);

/// What draws proteins a thousand times.
struct SurenessRequest {
  std::filesystem::path store;
  SharedErrors loaded;
  double threshold = 0;
  std::optional<double> prevalence;  // nothing: the part's own
  errors::Trait trait = errors::Trait::Length;
  errors::Which which = errors::Which::Higher;
  SharedBinning binning;  // of trait and which, when it was made before
  SharedNearest nearest;  // for Trait::Similarity
};
struct Sureness {
  errors::OperatingPoint point;
  SharedBinning binning;  // null where there is none: likeness was not asked for, or no training
  errors::Strata strata;
};
[[nodiscard]] Sureness surenessOf(const SurenessRequest& request, const std::stop_token& stop);

}  // namespace twofold::ui
