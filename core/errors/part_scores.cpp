#include "core/errors/part_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::errors {

namespace {

/// That of the part, else of validation, where it was chosen.
double thresholdOf(const store::RunRecord& run, data::Part part) {
  for (const std::string& name : {std::string(data::name(part)), std::string("validation")}) {
    if (const auto found = run.parts.find(name); found != run.parts.end()) {
      return found->second.threshold;
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// Labelled pairs with their scores; a and b are still keys.
void addPairs(const data::Pairs& pairs,
              const std::vector<std::pair<std::uint32_t, float>>& predictions, PartScores& part) {
  std::int64_t undefined = 0;
  for (const auto& [index, score] : predictions) {
    if (index >= pairs.size()) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("run {} has scores of pairs that \"{}\" no longer has; evaluate the "
                              "run again",
                              part.run, part.pairSet));
    }
    const auto& pair = pairs[index];
    if (pair.label == data::Label::Unknown) {
      ++part.unlabelled;
      continue;
    }
    undefined += std::isnan(score) ? 1 : 0;
    part.a.push_back(pair.a);
    part.b.push_back(pair.b);
    part.labels.push_back(static_cast<std::int8_t>(pair.label));
    part.scores.push_back(score);
    part.indices.push_back(index);
  }
  if (undefined > 0) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{} {} scores of run {} are no numbers: no pair can be called by them; "
                            "train or import the run again",
                            undefined, data::name(part.part), part.run));
  }
}

/// How often each protein stands in the training part; a self pair counts once.
std::unordered_map<data::ProteinKey, std::int32_t> trainingDegrees(store::PairRepository& pairs,
                                                                   const data::Pairs& all,
                                                                   const std::string& split,
                                                                   PartScores& part) {
  std::unordered_map<data::ProteinKey, std::int32_t> degrees;
  part.hasTraining = !split.empty();
  if (!part.hasTraining) {
    return degrees;
  }
  const auto frozen = pairs.split(pairs.splitInfo(part.pairSet, split).key);
  for (const auto index : frozen.indices(data::Part::Train)) {
    const auto& pair = all.at(index);
    ++degrees[pair.a];
    if (pair.a != pair.b) {
      ++degrees[pair.b];
    }
  }
  for (const auto& [key, degree] : degrees) {
    part.training.push_back(key);
  }
  std::sort(part.training.begin(), part.training.end());
  return degrees;
}

/// Fills `proteins` and turns the keys in a and b into places there.
void addProteins(store::Database& database,
                 const std::unordered_map<data::ProteinKey, std::int32_t>& degrees,
                 PartScores& part) {
  std::vector<data::ProteinKey> keys = part.a;
  keys.insert(keys.end(), part.b.begin(), part.b.end());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  part.proteins.reserve(keys.size());
  for (auto& summary : store::ProteinRepository(database).summaries()) {
    if (std::binary_search(keys.begin(), keys.end(), summary.key)) {
      const auto degree = degrees.find(summary.key);
      part.proteins.push_back({summary.key, std::move(summary.id), std::move(summary.name),
                               std::move(summary.organism), summary.length,
                               degree == degrees.end() ? 0 : degree->second});
    }
  }
  const auto placeOf = [&](std::int64_t& key) {
    key = std::lower_bound(keys.begin(), keys.end(), key) - keys.begin();
  };
  std::for_each(part.a.begin(), part.a.end(), placeOf);
  std::for_each(part.b.begin(), part.b.end(), placeOf);
}

}  // namespace

std::vector<data::Part> partsWithScores(store::Database& database, const std::string& run) {
  store::RunRepository runs(database);
  static_cast<void>(runs.keyOf(run));
  std::vector<data::Part> parts;
  for (const auto part : {data::Part::Validation, data::Part::Test}) {
    if (!runs.predictions(run, part).empty()) {
      parts.push_back(part);
    }
  }
  return parts;
}

PartScores readPartScores(store::Database& database, const std::string& run, data::Part part,
                          const std::stop_token& stop) {
  store::RunRepository runs(database);
  const auto record = runs.run(run);
  const auto spec = runs::runSpecFromJson(formats::parseJson(record.specJson, run), run);
  const auto predictions = runs.predictions(run, part);
  if (predictions.empty()) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} is {} and has no scores of {} pairs; choose another part, or "
                            "another run",
                            run, store::name(record.status), data::name(part)));
  }
  throwIfStopped(stop);
  store::PairRepository repository(database);
  const auto pairs = repository.pairs(repository.set(spec.pairSet).key);
  PartScores scores;
  scores.run = run;
  scores.pairSet = spec.pairSet;
  scores.part = part;
  scores.threshold = thresholdOf(record, part);
  scores.isThresholdChosen = !spec.imported || spec.imported->threshold == "validation";
  scores.areProbabilities = !spec.imported || spec.imported->scale != "rank";
  addPairs(pairs, predictions, scores);
  throwIfStopped(stop);
  const auto degrees = trainingDegrees(repository, pairs, spec.split, scores);
  throwIfStopped(stop);
  addProteins(database, degrees, scores);
  return scores;
}

void requireThreshold(const PartScores& part, double threshold) {
  if (std::isnan(threshold)) {
    throw Error(ErrorKind::Usage, fmt::format("run {} has no threshold; choose one", part.run));
  }
}

}  // namespace twofold::errors
