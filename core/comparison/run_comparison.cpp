#include "core/comparison/run_comparison.h"

#include <cmath>
#include <limits>
#include <utility>

#include "core/base/progress.h"
#include "core/metrics/holm.h"

namespace twofold::comparison {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::optional<metrics::McNemar> mcNemarOf(const SharedScores& shared, const RunScores& first,
                                          const RunScores& second) {
  if (std::isnan(first.threshold) || std::isnan(second.threshold)) {
    return std::nullopt;
  }
  std::int64_t onlyFirst = 0;
  std::int64_t onlySecond = 0;
  for (std::size_t i = 0; i < shared.labels.size(); ++i) {
    const auto isRight = [&](const RunScores& run) {
      return (static_cast<double>(run.scores[i]) >= run.threshold) == (shared.labels[i] != 0);
    };
    const bool a = isRight(first);
    const bool b = isRight(second);
    onlyFirst += a && !b ? 1 : 0;
    onlySecond += b && !a ? 1 : 0;
  }
  return metrics::mcNemar(onlyFirst, onlySecond);
}

/// Corrects one family: the p that `read` gives of each comparison; `write` gets the corrected one.
template <class Read, class Write>
void correct(std::vector<RunDifference>& differences, Read read, Write write) {
  std::vector<double> p;
  p.reserve(differences.size());
  for (const RunDifference& difference : differences) {
    p.push_back(read(difference));
  }
  const auto adjusted = metrics::holm(p);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    write(differences[i], adjusted[i]);
  }
}

void correctAll(std::vector<RunDifference>& differences) {
  for (const auto& metric : metrics::metricCatalog()) {
    correct(
        differences, [&](const RunDifference& d) { return d.differences.at(metric.id).p; },
        [&](RunDifference& d, double p) { d.holm[metric.id] = p; });
  }
  correct(
      differences, [](const RunDifference& d) { return d.mcNemar ? d.mcNemar->p : kNaN; },
      [](RunDifference& d, double p) { d.mcNemarHolm = p; });
  correct(
      differences, [](const RunDifference& d) { return d.deLong.p; },
      [](RunDifference& d, double p) { d.deLongHolm = p; });
}

std::vector<std::pair<std::size_t, std::size_t>> comparisons(std::size_t runs, bool allAgainstAll) {
  std::vector<std::pair<std::size_t, std::size_t>> list;
  for (std::size_t first = 0; first < (allAgainstAll ? runs : 1); ++first) {
    for (std::size_t second = first + 1; second < runs; ++second) {
      list.emplace_back(first, second);
    }
  }
  return list;
}

}  // namespace

RunComparison compareRuns(const SharedScores& shared, const ComparisonOptions& options) {
  RunComparison comparison;
  std::vector<metrics::PairedScores> models;
  for (std::size_t i = 0; i < shared.runs.size(); ++i) {
    const RunScores& run = shared.runs[i];
    models.push_back({run.scores, run.threshold, run.areProbabilities});
    comparison.runs.push_back(metrics::measure(shared.scored(i), run.threshold, {0, 1}));
  }
  const metrics::PairedBootstrap bootstrap(shared.scored(0), models, options.bootstrap,
                                           options.progress);
  for (const auto& [first, second] : comparisons(shared.runs.size(), options.allAgainstAll)) {
    throwIfStopped(options.bootstrap.stop);
    RunDifference difference;
    difference.first = first;
    difference.second = second;
    difference.differences = bootstrap.differences(first, second);
    difference.mcNemar = mcNemarOf(shared, shared.runs[first], shared.runs[second]);
    difference.deLong =
        metrics::deLong(shared.runs[first].scores, shared.runs[second].scores, shared.labels);
    comparison.differences.push_back(std::move(difference));
  }
  correctAll(comparison.differences);
  return comparison;
}

}  // namespace twofold::comparison
