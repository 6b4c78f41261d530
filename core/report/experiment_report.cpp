#include "core/report/experiment_report.h"

#include <fmt/format.h>

#include "core/report/sections.h"
#include "core/report/words.h"

namespace twofold::report {

Report reportOf(const ExperimentFacts& facts) {
  Report report;
  report.title = fmt::format("Experiment {}", facts.experiment);
  const auto pairs = !facts.hasPairs()  ? std::string("pairs that the project does not have")
                     : facts.hasSplit() ? facts.pairSet.name + ", split " + facts.split.name
                                        : facts.pairSet.name + ", without a split";
  report.subtitle = fmt::format(
      "{} and {} on {}; written by Twofold {}",
      countOf(static_cast<std::int64_t>(facts.models.size()), "model"),
      countOf(static_cast<std::int64_t>(facts.controls.size()), "control"), pairs, TWOFOLD_VERSION);
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
