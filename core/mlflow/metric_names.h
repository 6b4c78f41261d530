// How a metric of a part is called at MLflow, and which part a name there speaks of.
#pragma once

#include <string>
#include <string_view>

namespace twofold::mlflow {

constexpr std::string_view kHistory = "history/";  // before the names of series
constexpr std::string_view kLow = "_low";          // behind those of ends of 95 % intervals
constexpr std::string_view kHigh = "_high";

struct MetricName {
  std::string part;    // "train", "validation", "test"
  std::string metric;  // "auprc"
  bool isHistory = false;

  friend bool operator==(const MetricName&, const MetricName&) = default;
};

/// "validation/auprc", "history/validation/auprc".
[[nodiscard]] std::string textOf(const MetricName& name);

/// By the first or the last word: test; val, valid, validation, dev, eval; train, training, fit.
/// "val_loss" is the loss on validation, as is "loss".
[[nodiscard]] MetricName metricNameOf(std::string_view key);

}  // namespace twofold::mlflow
