#include "core/comparison/disagreements.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/store/protein_repository.h"

namespace twofold::comparison {

namespace {

/// For each score the share of scores that are no higher.
std::vector<double> shares(const std::vector<float>& scores) {
  std::vector<float> sorted = scores;
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> found;
  found.reserve(scores.size());
  for (const float score : scores) {
    const auto above = std::upper_bound(sorted.begin(), sorted.end(), score);
    found.push_back(static_cast<double>(above - sorted.begin()) /
                    static_cast<double>(scores.size()));
  }
  return found;
}

std::vector<double> comparable(const RunScores& run, bool asShares) {
  return asShares ? shares(run.scores) : std::vector<double>(run.scores.begin(), run.scores.end());
}

void requireThreshold(const RunScores& run) {
  if (std::isnan(run.threshold)) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} has no threshold, so it is neither right nor wrong; import its "
                            "validation scores too",
                            run.id));
  }
}

}  // namespace

std::vector<Disagreement> disagreements(const SharedScores& shared, std::size_t first,
                                        std::size_t second) {
  const RunScores& a = shared.runs[first];
  const RunScores& b = shared.runs[second];
  requireThreshold(a);
  requireThreshold(b);
  const bool asShares = !a.areProbabilities || !b.areProbabilities;
  const auto before = comparable(a, asShares);
  const auto after = comparable(b, asShares);
  std::vector<Disagreement> list;
  for (std::size_t i = 0; i < shared.labels.size(); ++i) {
    const bool callA = static_cast<double>(a.scores[i]) >= a.threshold;
    const bool callB = static_cast<double>(b.scores[i]) >= b.threshold;
    if (callA != callB) {
      list.push_back({i, callA == (shared.labels[i] != 0), std::abs(after[i] - before[i])});
    }
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Disagreement& x, const Disagreement& y) { return x.gap > y.gap; });
  return list;
}

void writeDisagreements(const std::filesystem::path& file, store::Database& database,
                        const SharedScores& shared, std::size_t first, std::size_t second,
                        const std::vector<Disagreement>& list) {
  std::unordered_map<data::ProteinKey, std::string> ids;
  for (auto& [key, id] : store::ProteinRepository(database).ids()) {
    ids.emplace(key, std::move(id));
  }
  const RunScores& a = shared.runs[first];
  const RunScores& b = shared.runs[second];
  std::string text =
      fmt::format("protein_a\tprotein_b\tlabel\tscore_{}\tscore_{}\tright\n", a.id, b.id);
  for (const Disagreement& each : list) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", ids.at(shared.a[each.pair]),
                        ids.at(shared.b[each.pair]), static_cast<int>(shared.labels[each.pair]),
                        a.scores[each.pair], b.scores[each.pair], each.firstIsRight ? a.id : b.id);
  }
  writeFileAtomically(file, text);
}

}  // namespace twofold::comparison
