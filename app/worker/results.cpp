#include "app/worker/results.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "app/worker/text.h"

namespace twofold::app {

using formats::Json;

Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

std::string numberText(double value) {
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "–";
}

namespace {

std::string cellText(const metrics::PartMetrics& part, const std::string& metric) {
  const auto value = part.values.find(metric);
  if (value == part.values.end()) {
    return "–";
  }
  auto text = numberText(value->second);
  if (const auto interval = part.intervals.find(metric); interval != part.intervals.end()) {
    text += fmt::format(" [{}, {}]", numberText(interval->second.low),
                        numberText(interval->second.high));
  }
  return text;
}

}  // namespace

Json toJson(const metrics::PartMetrics& part) {
  Json json = {{"n", part.n}, {"positives", part.positives}, {"threshold", part.threshold}};
  for (const auto& [metric, value] : part.values) {
    json[metric] = numberOrNull(value);
  }
  Json intervals = Json::object();
  for (const auto& [metric, interval] : part.intervals) {
    intervals[metric] = {numberOrNull(interval.low), numberOrNull(interval.high)};
  }
  json["ci"] = std::move(intervals);
  return json;
}

Json toJson(const PartMetricsByName& parts) {
  Json json = Json::object();
  for (const auto& [name, part] : parts) {
    json[name] = toJson(part);
  }
  return json;
}

std::string metricTable(const PartMetricsByName& parts, const std::string& threshold) {
  std::vector<std::vector<std::string>> rows = {{"metric"}, {"pairs"}, {"threshold"}};
  for (auto name = parts.rbegin(); name != parts.rend(); ++name) {
    rows[0].push_back(name->first);
    rows[1].push_back(fmt::format("{} ({} positive)", countText(name->second.n),
                                  countText(name->second.positives)));
    rows[2].push_back(numberText(name->second.threshold));
  }
  for (const auto& metric : metrics::metricCatalog()) {
    std::vector<std::string> row = {metric.id};
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      row.push_back(cellText(part->second, metric.id));
    }
    rows.push_back(std::move(row));
  }
  return tableText(rows) + fmt::format("In brackets: 95 % intervals. {}\n", threshold);
}

}  // namespace twofold::app
