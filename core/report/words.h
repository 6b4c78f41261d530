// Numbers and lists as a report prints them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/metrics/part_metrics.h"
#include "core/runs/run_spec.h"
#include "core/store/run_parameters.h"

namespace twofold::report {

/// "0.703"; an en dash for what is not a number.
[[nodiscard]] std::string numberText(double value);
/// "163,192".
[[nodiscard]] std::string countText(std::int64_t value);
/// "1 pair", "2,310 pairs".
[[nodiscard]] std::string countOf(std::int64_t value, std::string_view thing);
/// "0.703 [0.698, 0.708]", the interval in one line; a dash where the metric is missing.
[[nodiscard]] std::string metricText(const metrics::PartMetrics& part, const std::string& metric);
/// NaN where it is missing.
[[nodiscard]] double metricOf(const metrics::PartMetrics& part, const std::string& metric);
/// "a, b and c".
[[nodiscard]] std::string listText(const std::vector<std::string>& items);
/// Of a recorded value; empty where nothing was recorded.
[[nodiscard]] std::string valueText(const store::RunValueMap& values, const std::string& name);
/// The first digits of a hash.
[[nodiscard]] std::string shortHash(std::string_view hash);

/// A word of a shell's command line, quoted where it must be.
[[nodiscard]] std::string shellWord(std::string_view text);
/// "twofold-worker train --pairs …", all that the spec says.
[[nodiscard]] std::string trainCommand(const runs::RunSpec& spec);

}  // namespace twofold::report
