// What a project knows of one experiment, read once: the pairs, the split, the runs and controls.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/audit/finding.h"
#include "core/base/progress.h"
#include "core/data/pair_set.h"
#include "core/data/split.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_parameters.h"
#include "core/store/run_repository.h"

namespace twofold::report {

/// Pairs with labels of one part.
struct PartSize {
  std::int64_t pairs = 0;
  std::int64_t positives = 0;
  std::int64_t proteins = 0;
};

/// A run that is done.
struct ReportedRun {
  store::RunRecord record;
  runs::RunSpec spec;
  store::RunValueMap values;
  std::string control;  // "degree alone": what it is a control for; empty: a model
};

/// What a run said of the pairs of the part that is shown.
struct ScoredPart {
  std::vector<float> probabilities;
  std::vector<std::int8_t> labels;
};

struct ExperimentFacts {
  std::string experiment;
  data::PairSetInfo pairSet;  // without a name: runs that came without their pairs
  data::SplitInfo split;      // without a name: the set is not cut, all of it is one part
  std::string dataHash;
  std::array<PartSize, 3> sizes;              // by data::Part
  std::int64_t proteins = 0;                  // of all pairs
  data::Part shown = data::Part::Validation;  // test where a run was measured there

  std::vector<ReportedRun> models;    // those with the best AUPRC on validation first
  std::vector<ReportedRun> controls;  // of this experiment, then of others on the same split
  std::int64_t unfinished = 0;        // runs of the experiment that are not done

  std::vector<ScoredPart> modelScores;                   // of the first kCurves models
  std::vector<ScoredPart> controlScores;                 // of all controls' first kCurves
  std::vector<std::vector<store::MetricSeries>> series;  // of the first kCurves models

  std::vector<audit::Finding> findings;
  bool wholeAudit = false;  // with relatives and what is known of proteins

  static constexpr std::size_t kCurves = 3;

  [[nodiscard]] bool hasPairs() const { return !pairSet.name.empty(); }
  [[nodiscard]] bool hasSplit() const { return !split.name.empty(); }
  [[nodiscard]] const PartSize& size(data::Part part) const {
    return sizes[static_cast<std::size_t>(part)];
  }
};

struct FactsRequest {
  std::string experiment;
  /// Of the whole audit, which takes long; without it those that are cheap are looked at.
  std::optional<std::vector<audit::Finding>> findings{};
};

/// Throws Error: NotFound for an unknown experiment (naming the nearest), Usage where no run of it
/// is done; StopRequested.
[[nodiscard]] ExperimentFacts factsOf(store::Project& project, const FactsRequest& request,
                                      const ProgressSink& progress, const std::stop_token& stop);

/// The pair set and split that the experiment's runs share; empty where imported runs came without.
/// Throws as factsOf().
[[nodiscard]] std::pair<std::string, std::string> pairsOf(store::Project& project,
                                                          const std::string& experiment);

}  // namespace twofold::report
