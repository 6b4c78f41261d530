#include "core/errors/training_similarity.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>

#include "core/audit/relatives.h"
#include "core/base/error.h"
#include "core/store/protein_repository.h"

namespace twofold::errors {

namespace {

std::vector<std::string_view> sequencesOf(const std::vector<data::Protein>& proteins) {
  std::vector<std::string_view> sequences;
  sequences.reserve(proteins.size());
  for (const auto& protein : proteins) {
    sequences.emplace_back(protein.sequence);
  }
  return sequences;
}

}  // namespace

std::vector<NearestInTraining> nearestInTraining(store::Database& database, const PartScores& part,
                                                 const SimilaritySearch& search,
                                                 const ProgressSink& progress,
                                                 const std::stop_token& stop) {
  if (!part.hasTraining) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} has no split, so what it was trained on is not known; import "
                            "its scores with --split",
                            part.run));
  }
  std::vector<NearestInTraining> nearest(part.proteins.size());
  std::vector<data::ProteinKey> asked;
  std::vector<std::size_t> places;
  for (std::size_t p = 0; p < part.proteins.size(); ++p) {
    const auto key = part.proteins[p].key;
    if (std::binary_search(part.training.begin(), part.training.end(), key)) {
      nearest[p] = {true, 1, 1, key};
    } else {
      asked.push_back(key);
      places.push_back(p);
    }
  }
  store::ProteinRepository repository(database);
  const auto queries = repository.load(asked);
  const auto targets = repository.load(part.training);
  throwIfStopped(stop);
  const auto targetTexts = sequencesOf(targets);
  const auto queryTexts = sequencesOf(queries);
  const auto relatives = audit::findRelatives(queryTexts, targetTexts,
                                              {{}, search.threads, search.mmseqs}, progress, stop);
  for (const auto& relative : relatives) {
    auto& best = nearest[places[relative.query]];
    const bool isEqual = queryTexts[relative.query] == targetTexts[relative.target];
    // A fragment of the same identity stands behind the sequence itself.
    if (std::tuple(isEqual, relative.identity, relative.coverage) >
        std::tuple(best.isInTraining, best.identity, best.coverage)) {
      best = {isEqual, relative.identity, relative.coverage, targets[relative.target].key};
    }
  }
  return nearest;
}

}  // namespace twofold::errors
