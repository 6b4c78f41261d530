// Which runs are controls, which of them an experiment lacks, and how they are made.
#pragma once

#include <string>
#include <vector>

#include "core/report/experiment_facts.h"
#include "core/runs/run_spec.h"

namespace twofold::report {

/// "degree alone", "composition alone", "labels permuted", …: what a run with this recipe is a
/// control for; empty for a model.
[[nodiscard]] std::string controlOf(const runs::RunSpec& spec);

struct MissingControl {
  std::string name;
  std::string command;  // that makes it
};

/// Of degree alone, composition alone and permuted labels those that no run of the facts is; made
/// from the recipe of the best model that has one. Empty without: imported scores have none.
[[nodiscard]] std::vector<MissingControl> missingControls(const ExperimentFacts& facts);

}  // namespace twofold::report
