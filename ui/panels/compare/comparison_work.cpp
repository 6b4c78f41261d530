#include "ui/panels/compare/comparison_work.h"

#include <algorithm>
#include <thread>
#include <unordered_map>

#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"

namespace twofold::ui {

namespace {

std::unordered_map<data::ProteinKey, QString> proteinIds(store::Database& database) {
  std::unordered_map<data::ProteinKey, QString> ids;
  for (const auto& [key, id] : store::ProteinRepository(database).ids()) {
    ids.emplace(key, QString::fromStdString(id));
  }
  return ids;
}

}  // namespace

Comparison compareOn(const ComparisonRequest& request, const ProgressSink& progress,
                     const std::stop_token& stop) {
  Comparison result;
  {
    auto project = store::Project::open(request.folder);
    result.shared = comparison::sharedScores(project.database(), request.runs, request.part);
  }
  throwIfStopped(stop);
  comparison::ComparisonOptions options;
  options.allAgainstAll = request.allAgainstAll;
  options.bootstrap.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  options.bootstrap.stop = stop;
  options.progress = progress;
  result.found = comparison::compareRuns(result.shared, options);
  for (const auto& run : result.shared.runs) {
    throwIfStopped(stop);
    result.curves.push_back({QString::fromStdString(run.id),
                             rankingCurves(run.scores, result.shared.labels, run.threshold)});
  }
  return result;
}

DisagreementList findDisagreements(const std::filesystem::path& folder,
                                   const Comparison& comparison, std::size_t first,
                                   std::size_t second, const std::stop_token& stop) {
  const auto& shared = comparison.shared;
  DisagreementList list{first, second, comparison::disagreements(shared, first, second), {}};
  throwIfStopped(stop);
  auto project = store::Project::open(folder);
  const auto ids = proteinIds(project.database());
  store::PairRepository repository(project.database());
  const auto pairSet = QString::fromStdString(shared.runs.front().pairSet);
  const auto pairs = repository.pairs(repository.set(shared.runs.front().pairSet).key);
  for (const auto& each : list.found) {
    throwIfStopped(stop);
    const auto index = shared.indices[each.pair];
    const auto& pair = pairs.at(index);
    list.rows.push_back(
        {{pairSet, index, pair.a, pair.b, ids.at(pair.a), ids.at(pair.b), pair.label},
         shared.runs[first].scores[each.pair],
         shared.runs[second].scores[each.pair],
         each.gap,
         each.firstIsRight});
  }
  return list;
}

}  // namespace twofold::ui
