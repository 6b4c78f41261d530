#include "app/worker/evaluation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "app/worker/text.h"
#include "core/base/error.h"

namespace twofold::app {

using formats::Json;

namespace {

constexpr double kTellingCoverages[] = {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};

void recalibrate(ScoredPart& part, const metrics::Recalibration& by) {
  part.scores = by.probabilities(part.scores);
  part.areProbabilities = true;
}

Json toJson(const metrics::PartDetails& details) {
  Json tops = Json::object();
  for (const auto& [k, precision] : details.precisionAt) {
    tops[std::to_string(k)] = numberOrNull(precision);
  }
  const auto& own = details.proteinMcc;
  Json mcc = {{"value", numberOrNull(own.mean.value)},
              {"defined", own.defined},
              {"proteins", own.proteins}};
  if (own.mean.interval) {
    mcc["ci"] = {own.mean.interval->low, own.mean.interval->high};
  }
  Json json = {{"auprc_baseline", numberOrNull(details.auprcBaseline)},
               {"precision_at", std::move(tops)},
               {"protein_mcc", std::move(mcc)},
               {"best_f1",
                {{"value", numberOrNull(details.bestF1)},
                 {"threshold", numberOrNull(details.bestF1Threshold)}}}};
  if (details.atPrevalence) {
    const auto& at = *details.atPrevalence;
    json["at_prevalence"] = {{"prevalence", at.prevalence},
                             {"precision", numberOrNull(at.counts.precision())},
                             {"recall", numberOrNull(at.counts.recall())},
                             {"f1", numberOrNull(at.counts.f1())},
                             {"mcc", numberOrNull(at.counts.mcc())},
                             {"auprc", numberOrNull(at.auprc)}};
  }
  return json;
}

Json toJson(const metrics::SelectiveCurve& curve) {
  Json points = Json::array();
  for (const double coverage : kTellingCoverages) {
    points.push_back(
        {{"coverage", coverage}, {"accuracy", numberOrNull(curve.accuracyAt(coverage))}});
  }
  return {{"area", numberOrNull(curve.area)}, {"points", std::move(points)}};
}

std::string detailsText(const std::string& part, const metrics::PartDetails& details) {
  std::vector<std::string> tops;
  for (const auto& [k, precision] : details.precisionAt) {
    tops.push_back(
        fmt::format("{} {}", countText(static_cast<std::int64_t>(k)), numberText(precision)));
  }
  auto text = fmt::format(
      "{}: AUPRC of chance {}; precision of the highest {}\n  MCC protein by protein {}, over {} "
      "of "
      "{} proteins (those with pairs of both kinds); best F1 in hindsight {} at {}\n",
      part, numberText(details.auprcBaseline), fmt::join(tops, ", "),
      numberText(details.proteinMcc.mean.value),
      countText(static_cast<std::int64_t>(details.proteinMcc.defined)),
      countText(static_cast<std::int64_t>(details.proteinMcc.proteins)), numberText(details.bestF1),
      numberText(details.bestF1Threshold));
  if (details.atPrevalence) {
    const auto& at = *details.atPrevalence;
    text += fmt::format(
        "  with {:g} % positives: precision {}, recall {}, F1 {}, MCC {}, AUPRC {}\n",
        100 * at.prevalence, numberText(at.counts.precision()), numberText(at.counts.recall()),
        numberText(at.counts.f1()), numberText(at.counts.mcc()), numberText(at.auprc));
  }
  return text;
}

std::string selectiveText(const metrics::SelectiveCurve& curve) {
  std::vector<std::vector<std::string>> rows = {{"  coverage", "accuracy"}};
  for (const double coverage : kTellingCoverages) {
    rows.push_back({fmt::format("  {:.1f}", coverage), numberText(curve.accuracyAt(coverage))});
  }
  return tableText(rows) +
         fmt::format("  mean accuracy over all coverages {}\n", numberText(curve.area));
}

}  // namespace

Evaluation evaluate(std::vector<ScoredPart> parts, const ScoredPart* validation, double threshold,
                    const EvaluationChoices& choices) {
  Evaluation evaluation;
  if (choices.needsValidation() && validation == nullptr) {
    throw Error(
        ErrorKind::Usage,
        "--aim and --calibrate learn from validation pairs, and the run has no scores of any");
  }
  std::optional<metrics::Recalibration> calibration;
  ScoredPart reference = validation == nullptr ? ScoredPart() : *validation;
  if (choices.calibration) {
    calibration.emplace(*choices.calibration, reference.scores, reference.labels,
                        reference.areProbabilities);
    recalibrate(reference, *calibration);
  }
  evaluation.threshold =
      std::isnan(threshold) ? "There is no threshold." : "The threshold is the run's.";
  if (choices.needsValidation()) {
    const auto aim = choices.aim.value_or(metrics::ThresholdAim());
    threshold = metrics::thresholdOnValidation(aim, reference.scores, reference.labels);
    evaluation.threshold =
        fmt::format("The threshold was chosen on validation: {}.", metrics::toText(aim));
  }
  for (ScoredPart& part : parts) {
    if (calibration) {
      recalibrate(part, *calibration);
    }
    evaluation.parts[part.name] = metrics::measure(part.pairs(), threshold, choices.bootstrap);
    evaluation.details[part.name] =
        metrics::detailsOf(part.pairs(), threshold, choices.prevalence, choices.bootstrap);
    if (choices.selective && !std::isnan(threshold)) {
      evaluation.selective[part.name] = metrics::selectiveCurveOfCalls(
          part.scores, part.labels, threshold, part.areProbabilities);
    }
  }
  return evaluation;
}

Json toJson(const Evaluation& evaluation) {
  Json json = toJson(evaluation.parts);
  for (const auto& [name, details] : evaluation.details) {
    json[name].update(toJson(details));
  }
  for (const auto& [name, curve] : evaluation.selective) {
    json[name]["selective"] = toJson(curve);
  }
  return json;
}

std::string evaluationText(const Evaluation& evaluation) {
  auto text = metricTable(evaluation.parts, evaluation.threshold) + "\n";
  for (const auto& [name, details] : evaluation.details) {
    text += detailsText(name, details);
    if (const auto curve = evaluation.selective.find(name); curve != evaluation.selective.end()) {
      text += selectiveText(curve->second);
    }
  }
  return text;
}

}  // namespace twofold::app
