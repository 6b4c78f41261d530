#include "core/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace twofold::report {

std::string numberText(double value) {
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "–";
}

std::string countText(std::int64_t value) {
  std::string text = std::to_string(value);
  const auto first = text.front() == '-' ? 1 : 0;
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > first; at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

std::string countOf(std::int64_t value, std::string_view thing) {
  return fmt::format("{} {}{}", countText(value), thing, value == 1 ? "" : "s");
}

double metricOf(const metrics::PartMetrics& part, const std::string& metric) {
  const auto found = part.values.find(metric);
  return found == part.values.end() ? std::nan("") : found->second;
}

std::string metricText(const metrics::PartMetrics& part, const std::string& metric) {
  const auto text = numberText(metricOf(part, metric));
  const auto interval = part.intervals.find(metric);
  return interval == part.intervals.end()
             ? text
             : fmt::format("{} [{},\u00A0{}]", text, numberText(interval->second.low),
                           numberText(interval->second.high));
}

std::string listText(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
  }
  return text;
}

std::string valueText(const store::RunValueMap& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : toText(found->second);
}

std::string shortHash(std::string_view hash) {
  return std::string(hash.substr(0, 12));
}

std::string shellWord(std::string_view text) {
  const auto isPlain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-+=.,:/@%").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), isPlain)) {
    return std::string(text);
  }
  std::string word = "'";
  for (const char c : text) {
    word += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return word + "'";
}

namespace {

void addOptions(std::string& command, const std::string& part, const OptionValues& options) {
  for (const auto& [name, value] : options) {
    command += " --set " + shellWord(fmt::format("{}.{}={}", part, name, toText(value)));
  }
}

}  // namespace

std::string trainCommand(const runs::RunSpec& spec) {
  std::string channels;
  for (const auto& channel : spec.channels) {
    channels += (channels.empty() ? "" : ",") + channel.id;
  }
  std::string command = fmt::format(
      "twofold-worker train --pairs {} --split {} --experiment {} --backbone {} --channels {} "
      "--fusion {} --head {}",
      shellWord(spec.pairSet), shellWord(spec.split), shellWord(spec.experiment),
      shellWord(spec.backbone.id), shellWord(channels), shellWord(spec.fusion.id),
      shellWord(spec.head.id));
  addOptions(command, "backbone", spec.backbone.options);
  for (const auto& channel : spec.channels) {
    addOptions(command, channel.id, channel.options);
  }
  addOptions(command, "fusion", spec.fusion.options);
  addOptions(command, "head", spec.head.options);
  addOptions(command, "training", spec.training);
  return fmt::format("{} --seed {}", command, spec.seed);
}

}  // namespace twofold::report
