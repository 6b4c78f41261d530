#include "core/comparison/run_scores.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::comparison {

namespace {

struct OwnPair {
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::int8_t label = 0;
  float score = 0;
  std::uint32_t index = 0;  // in the run's pair set

  [[nodiscard]] std::pair<std::int64_t, std::int64_t> key() const { return {a, b}; }
};

/// One run by itself.
struct OwnScores {
  RunScores run;
  std::vector<OwnPair> pairs;  // by key
};

std::string partsWords(const store::RunRecord& record) {
  std::vector<std::string> names;
  for (const auto& [name, metrics] : record.parts) {
    names.push_back(name);
  }
  return names.empty() ? fmt::format("it is {} and has none", store::name(record.status))
                       : fmt::format("it has {}", fmt::join(names, " and "));
}

OwnScores ownScores(store::Database& database, const std::string& id, data::Part part) {
  store::RunRepository runs(database);
  const auto record = runs.run(id);
  const auto spec = runs::runSpecFromJson(formats::parseJson(record.specJson, id), id);
  const auto predictions = runs.predictions(id, part);
  if (predictions.empty()) {
    throw Error(ErrorKind::Usage, fmt::format("run {} has no {} scores: {}", id, data::name(part),
                                              partsWords(record)));
  }
  store::PairRepository repository(database);
  const auto pairs = repository.pairs(repository.set(spec.pairSet).key);
  OwnScores own;
  own.run = {id,
             runs::summary(spec),
             spec.pairSet,
             0,
             0.5,
             !spec.imported || spec.imported->scale != "rank",
             {}};
  if (const auto measured = record.parts.find(std::string(data::name(part)));
      measured != record.parts.end()) {
    own.run.threshold = measured->second.threshold;
  }
  for (const auto& [index, score] : predictions) {
    if (index >= pairs.size()) {
      throw Error(
          ErrorKind::BadInput,
          fmt::format("run {} has scores of pairs that \"{}\" no longer has", id, spec.pairSet));
    }
    const auto& pair = pairs[index];
    if (pair.label != data::Label::Unknown) {
      const auto [low, high] = std::minmax(pair.a, pair.b);
      own.pairs.push_back({low, high, static_cast<std::int8_t>(pair.label), score, index});
    }
  }
  std::sort(own.pairs.begin(), own.pairs.end(),
            [](const OwnPair& x, const OwnPair& y) { return x.key() < y.key(); });
  own.run.pairs = static_cast<std::int64_t>(own.pairs.size());
  return own;
}

void requireDifferent(std::span<const std::string> runs) {
  std::set<std::string> seen;
  for (const auto& id : runs) {
    if (!seen.insert(id).second) {
      throw Error(ErrorKind::Usage, fmt::format("run {} is named twice", id));
    }
  }
  if (runs.size() < 2) {
    throw Error(ErrorKind::Usage, "a comparison needs two runs or more");
  }
}

Error contradiction(store::Database& database, const OwnScores& first, const OwnScores& second,
                    const OwnPair& pair, std::size_t count) {
  store::ProteinRepository proteins(database);
  return badInput(
      second.run.id, 0,
      fmt::format("{} pairs have another label in \"{}\" than in \"{}\" of run {}, as {} "
                  "and {}; runs can be compared on one truth alone",
                  count, second.run.pairSet, first.run.pairSet, first.run.id,
                  proteins.byKey(pair.a).id, proteins.byKey(pair.b).id));
}

/// Keeps of `shared` what `next` has too. Throws where labels differ.
void intersect(store::Database& database, const OwnScores& first, const OwnScores& next,
               std::vector<OwnPair>& shared) {
  std::vector<OwnPair> kept;
  std::size_t contradictions = 0;
  OwnPair example;
  auto at = next.pairs.begin();
  for (const OwnPair& pair : shared) {
    while (at != next.pairs.end() && at->key() < pair.key()) {
      ++at;
    }
    if (at == next.pairs.end() || at->key() != pair.key()) {
      continue;
    }
    kept.push_back(pair);
    if (at->label != pair.label && ++contradictions == 1) {
      example = pair;
    }
  }
  if (contradictions > 0) {
    throw contradiction(database, first, next, example, contradictions);
  }
  shared = std::move(kept);
}

std::vector<float> scoresOf(const OwnScores& own, const std::vector<OwnPair>& shared) {
  std::vector<float> scores;
  auto at = own.pairs.begin();
  for (const OwnPair& pair : shared) {
    while (at->key() < pair.key()) {
      ++at;
    }
    scores.push_back(at->score);
  }
  return scores;
}

}  // namespace

metrics::ScoredPairs SharedScores::scored(std::size_t run) const {
  return {runs[run].scores, labels, a, b, runs[run].areProbabilities};
}

SharedScores sharedScores(store::Database& database, std::span<const std::string> runs,
                          data::Part part) {
  requireDifferent(runs);
  std::vector<OwnScores> all;
  for (const auto& id : runs) {
    all.push_back(ownScores(database, id, part));
  }
  std::vector<OwnPair> shared = all.front().pairs;
  for (std::size_t i = 1; i < all.size(); ++i) {
    intersect(database, all.front(), all[i], shared);
  }
  if (shared.empty()) {
    throw Error(ErrorKind::Usage, fmt::format("the runs share no {} pair", data::name(part)));
  }
  SharedScores result;
  result.part = data::name(part);
  for (const OwnPair& pair : shared) {
    result.a.push_back(pair.a);
    result.b.push_back(pair.b);
    result.labels.push_back(pair.label);
    result.indices.push_back(pair.index);
  }
  for (OwnScores& own : all) {
    own.run.scores = scoresOf(own, shared);
    result.runs.push_back(std::move(own.run));
  }
  return result;
}

}  // namespace twofold::comparison
