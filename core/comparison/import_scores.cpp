#include "core/comparison/import_scores.h"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/metrics/threshold_choice.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"

namespace twofold::comparison {

namespace {

using imports::MatchedPart;
using imports::ScoreScale;

/// What metrics look at, for the pairs of one part.
struct Columns {
  Columns(const data::Pairs& pairs, const MatchedPart& part) {
    for (const std::uint32_t i : part.pairs) {
      labels.push_back(pairs[i].label == data::Label::Positive ? 1 : 0);
      a.push_back(pairs[i].a);
      b.push_back(pairs[i].b);
    }
  }

  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
};

struct Threshold {
  double value = 0.5;
  std::string source = "0.5";  // as runs::ImportedScores has it
};

Threshold thresholdOf(const data::Pairs& pairs, const imports::MatchedScores& matched) {
  for (const MatchedPart& part : matched.parts) {
    if (part.part != data::Part::Validation) {
      continue;
    }
    const Columns columns(pairs, part);
    if (const auto best = metrics::chooseThreshold({}, part.scores, columns.labels)) {
      return {*best, "validation"};
    }
  }
  if (matched.scale == ScoreScale::Rank) {
    return {std::numeric_limits<double>::quiet_NaN(), "none"};
  }
  return {};
}

std::string wordsOf(const Threshold& threshold) {
  if (threshold.source == "validation") {
    return fmt::format("the threshold, {:.4g}, has the best MCC on the file's validation scores",
                       threshold.value);
  }
  if (threshold.source == "none") {
    return "there is no threshold: ranks have none of their own, and the file has no validation "
           "scores to choose one on; accuracy, precision, recall, F1 and MCC stay empty";
  }
  return "the threshold is 0.5: the file has no validation scores to choose one on";
}

std::string_view name(ScoreScale scale) {
  return scale == ScoreScale::Rank ? "rank" : scale == ScoreScale::Logit ? "logit" : "probability";
}

/// An experiment keeps to one pair set and split.
std::string usualExperiment(const std::string& pairSet, const std::string& split) {
  return "imported " + pairSet + (split.empty() ? "" : "/" + split);
}

}  // namespace

ImportedRun importScores(store::Project& project, const ScoreRun& request,
                         const imports::Watch& watch) {
  if (request.name.empty()) {
    throw Error(ErrorKind::Usage, "imported scores need the name of the model that made them");
  }
  imports::ImportReport report;
  const auto matched = imports::matchScores(project, request.scores, watch, report);
  store::PairRepository repository(project.database());
  const auto pairs = repository.pairs(repository.set(request.scores.pairSet).key);
  const Threshold threshold = thresholdOf(pairs, matched);
  report.notes.push_back(wordsOf(threshold));
  std::vector<store::MeasuredPart> parts;
  for (const MatchedPart& part : matched.parts) {
    throwIfStopped(watch.stop);
    const Columns columns(pairs, part);
    const metrics::ScoredPairs scored{part.scores, columns.labels, columns.a, columns.b,
                                      matched.scale != ScoreScale::Rank};
    parts.push_back({part.part, part.pairs, part.scores,
                     metrics::measure(scored, threshold.value, request.bootstrap)});
  }
  runs::RunSpec spec;
  spec.experiment = request.experiment.empty()
                        ? usualExperiment(request.scores.pairSet, matched.split)
                        : request.experiment;
  spec.pairSet = request.scores.pairSet;
  spec.split = matched.split;
  spec.imported = {
      request.name,   request.scores.file.filename().string(), sha256OfFile(request.scores.file),
      matched.layout, std::string(name(matched.scale)),        threshold.source};
  return {store::RunRepository(project.database())
              .createDone(spec.experiment, runs::toJson(spec).dump(), matched.splitHash, parts),
          std::move(report)};
}

}  // namespace twofold::comparison
