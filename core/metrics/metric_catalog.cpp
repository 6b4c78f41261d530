#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

const std::vector<Descriptor>& metricCatalog() {
  static const std::vector<Descriptor> catalog = {
      {"accuracy",
       "Accuracy",
       "Share of pairs called right; half is chance when classes are even.",
       {}},
      {"precision", "Precision", "Share of the pairs called interacting that do interact.", {}},
      {"recall", "Recall", "Share of the interacting pairs that were called so.", {}},
      {"f1", "F1", "Harmonic mean of precision and recall.", {}},
      {"mcc",
       "MCC",
       "Matthews correlation of calls and labels: 0 is chance, 1 is perfect, even or uneven "
       "classes.",
       {}},
      {"auroc",
       "AUROC",
       "Chance that an interacting pair scores above a non-interacting one; 0.5 is chance.",
       {}},
      {"auprc",
       "AUPRC",
       "Average precision over all thresholds; chance is the share of positives.",
       {}},
      {"brier", "Brier score", "Mean squared error of the probabilities; lower is better.", {}},
      {"ece",
       "Calibration error",
       "Mean gap between probability and observed share over 15 bins; lower is better.",
       {}},
      {"loss", "Log loss", "Mean negative log likelihood of the labels; lower is better.", {}},
  };
  return catalog;
}

bool higherIsBetter(const std::string& metric) {
  return metric != "brier" && metric != "ece" && metric != "loss";
}

}  // namespace twofold::metrics
