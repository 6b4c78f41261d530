// The scored parts of a run, measured as asked: recalibrated, with another threshold, at another
// prevalence.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/worker/results.h"
#include "core/metrics/part_details.h"
#include "core/metrics/recalibration.h"
#include "core/metrics/selective.h"
#include "core/metrics/threshold_choice.h"

namespace twofold::app {

struct ScoredPart {
  std::string name;
  std::vector<float> scores;
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  bool areProbabilities = true;

  [[nodiscard]] metrics::ScoredPairs pairs() const {
    return {scores, labels, a, b, areProbabilities};
  }
};

struct EvaluationChoices {
  std::optional<metrics::ThresholdAim> aim;  // nothing: the threshold the run has
  std::optional<metrics::Recalibration::Kind> calibration;
  std::optional<double> prevalence;
  bool selective = false;
  metrics::BootstrapOptions bootstrap;

  /// Whether validation pairs are needed, whatever part is asked for.
  [[nodiscard]] bool needsValidation() const { return aim || calibration; }
};

struct Evaluation {
  PartMetricsByName parts;
  std::map<std::string, metrics::PartDetails> details;
  std::map<std::string, metrics::SelectiveCurve> selective;
  std::string threshold;  // where it comes from, a sentence
};

/// `validation` may be null where nothing needs it. Throws Error(Usage) when it is needed and is
/// not there, and when no threshold reaches the aim.
[[nodiscard]] Evaluation evaluate(std::vector<ScoredPart> parts, const ScoredPart* validation,
                                  double threshold, const EvaluationChoices& choices);

/// By part: the metrics, and "auprc_baseline", "precision_at", "protein_mcc", "best_f1",
/// "at_prevalence" and "selective" where asked for.
[[nodiscard]] formats::Json toJson(const Evaluation& evaluation);
[[nodiscard]] std::string evaluationText(const Evaluation& evaluation);

}  // namespace twofold::app
