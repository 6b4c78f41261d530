// The sections of an experiment's report, one function each.
#pragma once

#include <vector>

#include "core/report/experiment_facts.h"
#include "core/report/report.h"

namespace twofold::report {

using Blocks = std::vector<Block>;

/// The pair set, the split, its sizes and class balance.
[[nodiscard]] Blocks questionSection(const ExperimentFacts& facts);
/// The light and the findings behind it.
[[nodiscard]] Blocks auditSection(const ExperimentFacts& facts);
/// Runs and controls with their intervals; a box where scores have no control beside them.
[[nodiscard]] Blocks resultSection(const ExperimentFacts& facts);
/// Metrics with intervals, precision-recall, ROC, reliability, training curves.
[[nodiscard]] Blocks figureSection(const ExperimentFacts& facts);
/// What differs between the recipes of the models.
[[nodiscard]] Blocks differenceSection(const ExperimentFacts& facts);
/// Methods in prose, the commands that repeat each run, references for what was used.
[[nodiscard]] Blocks methodsSection(const ExperimentFacts& facts);

/// Another program's scores or metrics: there is no recipe that could be trained.
[[nodiscard]] inline bool isImported(const ReportedRun& run) {
  return run.spec.imported.has_value();
}

/// "esm2 · sequence + calpha · attention · mlp"; the name of the model for imported scores.
[[nodiscard]] std::string recipeText(const runs::RunSpec& spec);

}  // namespace twofold::report
