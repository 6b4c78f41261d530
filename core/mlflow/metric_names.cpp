#include "core/mlflow/metric_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace twofold::mlflow {

namespace {

constexpr std::string_view kBetweenWords = "/_.- :";

std::optional<std::string> partOf(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kWords = {{
      {"test", "test"},
      {"val", "validation"},
      {"valid", "validation"},
      {"validation", "validation"},
      {"dev", "validation"},
      {"eval", "validation"},
      {"evaluation", "validation"},
      {"train", "train"},
      {"training", "train"},
      {"fit", "train"},
  }};
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const auto& known) { return known.first == lower; });
  return found == kWords.end() ? std::nullopt : std::optional<std::string>(found->second);
}

}  // namespace

std::string textOf(const MetricName& name) {
  return fmt::format("{}{}/{}", name.isHistory ? kHistory : "", name.part, name.metric);
}

MetricName metricNameOf(std::string_view key) {
  MetricName name;
  name.isHistory = key.starts_with(kHistory);
  const std::string_view whole = name.isHistory ? key.substr(kHistory.size()) : key;
  const auto first = whole.find_first_of(kBetweenWords);
  const auto last = whole.find_last_of(kBetweenWords);
  if (first != std::string_view::npos && first > 0 && first + 1 < whole.size()) {
    if (const auto part = partOf(whole.substr(0, first))) {
      return {*part, std::string(whole.substr(first + 1)), name.isHistory};
    }
  }
  if (last != std::string_view::npos && last > 0) {
    if (const auto part = partOf(whole.substr(last + 1))) {
      return {*part, std::string(whole.substr(0, last)), name.isHistory};
    }
  }
  return {"validation", std::string(whole), name.isHistory};
}

}  // namespace twofold::mlflow
