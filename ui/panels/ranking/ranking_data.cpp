#include "ui/panels/ranking/ranking_data.h"

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/run_repository.h"

namespace twofold::ui {
namespace {

using Predictions = std::vector<std::pair<std::uint32_t, float>>;

double thresholdOf(const store::RunRecord& run, data::Part part) {
  for (const std::string& name : {std::string(data::name(part)), std::string("validation")}) {
    const auto found = run.parts.find(name);
    if (found != run.parts.end()) {
      return found->second.threshold;
    }
  }
  return 0.5;
}

data::Pairs pairsOf(store::Database& database, const store::RunRecord& run) {
  const runs::RunSpec spec =
      runs::runSpecFromJson(formats::Json::parse(run.specJson), "the spec of run " + run.id);
  store::PairRepository pairs(database);
  return pairs.pairs(pairs.set(spec.pairSet).key);
}

}  // namespace

RankingResult loadRanking(const RankingRequest& request, const std::stop_token& stop) {
  store::Database database(request.store, store::Access::ReadOnly);
  store::RunRepository runs(database);
  const store::RunRecord run = runs.run(request.run);
  const Predictions validation = runs.predictions(request.run, data::Part::Validation);
  const Predictions test = runs.predictions(request.run, data::Part::Test);
  RankingResult result;
  result.hasValidation = !validation.empty();
  result.hasTest = !test.empty();
  result.part = request.part.value_or(result.hasTest ? data::Part::Test : data::Part::Validation);
  const Predictions& predictions = result.part == data::Part::Test ? test : validation;
  if (predictions.empty()) {
    return result;
  }
  throwIfStopped(stop);
  const data::Pairs pairs = pairsOf(database, run);
  throwIfStopped(stop);
  std::vector<float> scores;
  std::vector<std::int8_t> labels;
  for (const auto& [index, probability] : predictions) {
    if (index >= pairs.size()) {
      throw Error(ErrorKind::BadInput, "Run " + run.id +
                                           " predicts pairs that its pair set no longer has. "
                                           "Evaluate the run again.");
    }
    if (pairs[index].label == data::Label::Unknown) {
      ++result.unlabelled;
      continue;
    }
    scores.push_back(probability);
    labels.push_back(static_cast<std::int8_t>(pairs[index].label));
  }
  throwIfStopped(stop);
  result.curves = rankingCurves(scores, labels, thresholdOf(run, result.part));
  return result;
}

}  // namespace twofold::ui
