// Measured parts as the JSON of the contract and as a table for people.
#pragma once

#include <map>
#include <string>

#include "core/formats/bounded_json.h"
#include "core/metrics/part_metrics.h"

namespace twofold::app {

using PartMetricsByName = std::map<std::string, metrics::PartMetrics>;

/// {"n","positives","threshold",<metric>: value,…,"ci":{<metric>:[low, high]}}; null for NaN.
[[nodiscard]] formats::Json toJson(const metrics::PartMetrics& part);
[[nodiscard]] formats::Json toJson(const PartMetricsByName& parts);

/// Null for NaN.
[[nodiscard]] formats::Json numberOrNull(double value);
/// "0.703", "–" for NaN.
[[nodiscard]] std::string numberText(double value);

/// One row a metric, one column a part, "0.703 [0.698, 0.708]" with 95 % intervals.
[[nodiscard]] std::string metricTable(
    const PartMetricsByName& parts,
    const std::string& threshold = "The threshold was chosen on validation.");

}  // namespace twofold::app
