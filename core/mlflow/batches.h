// What a run gets logged, cut into requests that MLflow takes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace twofold::mlflow {

struct MetricPoint {
  std::string key;
  double value = 0;            // finite
  std::int64_t timestamp = 0;  // ms since 1970
  std::int64_t step = 0;

  friend bool operator==(const MetricPoint&, const MetricPoint&) = default;
};

using KeyedTexts = std::vector<std::pair<std::string, std::string>>;

struct Batch {
  std::vector<MetricPoint> metrics;
  KeyedTexts params;
  KeyedTexts tags;
};

struct BatchLimits {
  std::size_t metrics = 1000;
  std::size_t texts = 100;      // of params, and of tags
  std::size_t bytes = 900'000;  // of JSON; MLflow takes 1 MB
};

/// In the order of `all`: params and tags first. No batch is empty. A text that alone is longer
/// than a request is on its own.
[[nodiscard]] std::vector<Batch> batchesOf(const Batch& all, const BatchLimits& limits = {});

}  // namespace twofold::mlflow
