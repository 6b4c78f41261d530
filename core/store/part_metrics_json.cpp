#include "core/store/part_metrics_json.h"

#include <fmt/format.h>

#include <limits>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"

namespace twofold::store {

namespace {

using formats::Json;

double number(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

}  // namespace

std::string toJsonText(const metrics::PartMetrics& metrics) {
  Json intervals = Json::object();
  for (const auto& [metric, interval] : metrics.intervals) {
    intervals[metric] = {interval.low, interval.high};
  }
  // The library writes NaN as null.
  return Json{{"n", metrics.n},
              {"positives", metrics.positives},
              {"threshold", metrics.threshold},
              {"values", metrics.values},
              {"intervals", intervals}}
      .dump();
}

metrics::PartMetrics partMetricsFromJson(std::string_view text) {
  const Json json = formats::parseJson(text, "part_metrics");
  try {
    metrics::PartMetrics metrics;
    metrics.n = json.at("n").get<std::int64_t>();
    metrics.positives = json.at("positives").get<std::int64_t>();
    metrics.threshold = number(json.at("threshold"));
    for (const auto& [metric, value] : json.at("values").items()) {
      metrics.values[metric] = number(value);
    }
    for (const auto& [metric, value] : json.at("intervals").items()) {
      metrics.intervals[metric] = {number(value.at(0)), number(value.at(1))};
    }
    return metrics;
  } catch (const Json::exception& error) {
    throw badInput("part_metrics", 0, fmt::format("the store is damaged: {}", error.what()));
  }
}

}  // namespace twofold::store
