// One part's metrics as the JSON text of the table part_metrics.
#pragma once

#include <string>
#include <string_view>

#include "core/metrics/part_metrics.h"

namespace twofold::store {

/// {"n","positives","threshold","values":{metric: number},"intervals":{metric: [low, high]}};
/// null stands for NaN.
[[nodiscard]] std::string toJsonText(const metrics::PartMetrics& metrics);

/// Throws Error(BadInput) when the text is not such an object.
[[nodiscard]] metrics::PartMetrics partMetricsFromJson(std::string_view text);

}  // namespace twofold::store
