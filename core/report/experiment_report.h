// The report of an experiment: what was asked, what the audit says, results beside their controls,
// figures, differences, methods.
#pragma once

#include "core/report/experiment_facts.h"
#include "core/report/report.h"

namespace twofold::report {

[[nodiscard]] Report reportOf(const ExperimentFacts& facts);

/// The same from a project. Throws as factsOf().
[[nodiscard]] Report reportOn(store::Project& project, const FactsRequest& request,
                              const ProgressSink& progress, const std::stop_token& stop);

}  // namespace twofold::report
