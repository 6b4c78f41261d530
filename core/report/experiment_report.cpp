#include "core/report/experiment_report.h"

#include <fmt/format.h>

#include "core/report/sections.h"
#include "core/report/words.h"

namespace twofold::report {

Report reportOf(const ExperimentFacts& facts) {
  Report report;
  report.title = fmt::format("Experiment {}", facts.experiment);
  report.subtitle =
      fmt::format("{} and {} on {}, split {}; written by Twofold {}",
                  countOf(static_cast<std::int64_t>(facts.models.size()), "model"),
                  countOf(static_cast<std::int64_t>(facts.controls.size()), "control"),
                  facts.pairSet.name, facts.split.name, TWOFOLD_VERSION);
  for (const auto section : {questionSection, auditSection, resultSection, figureSection,
                             differenceSection, methodsSection}) {
    for (auto& block : section(facts)) {
      report.blocks.push_back(std::move(block));
    }
  }
  return report;
}

Report reportOn(store::Project& project, const FactsRequest& request, const ProgressSink& progress,
                const std::stop_token& stop) {
  return reportOf(factsOf(project, request, progress, stop));
}

}  // namespace twofold::report
