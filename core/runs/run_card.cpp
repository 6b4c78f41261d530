#include "core/runs/run_card.h"

#include <fmt/format.h>

#include <cmath>

#include "core/query/text_match.h"

namespace twofold::runs {

namespace {

std::string code(std::string text) {
  for (char& c : text) {
    c = c == '`' ? '\'' : c == '\n' || c == '\r' || c == '|' ? ' ' : c;
  }
  return text.empty() ? "–" : "`" + text + "`";
}

std::string valueOf(const store::RunValueMap& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : toText(found->second);
}

std::string numberText(double value) {
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "–";
}

std::string metricTable(const store::RunRecord& run) {
  std::string text = "| metric |";
  std::string line = "|---|";
  for (const auto& [part, metrics] : run.parts) {
    text += fmt::format(" {} ({} pairs, {} positive) |", part, metrics.n, metrics.positives);
    line += "---|";
  }
  text += "\n" + line + "\n";
  for (const auto& metric : metrics::metricCatalog()) {
    text += fmt::format("| {} |", metric.name);
    for (const auto& [part, metrics] : run.parts) {
      const auto value = metrics.values.find(metric.id);
      const auto interval = metrics.intervals.find(metric.id);
      text += " " + numberText(value == metrics.values.end() ? std::nan("") : value->second);
      if (interval != metrics.intervals.end()) {
        text += fmt::format(" [{}, {}]", numberText(interval->second.low),
                            numberText(interval->second.high));
      }
      text += " |";
    }
    text += "\n";
  }
  return text + "\nIn brackets: 95 % intervals. The threshold was chosen on validation.\n";
}

std::string family(const store::RunValueMap& values, const std::string& prefix) {
  std::string text;
  for (const auto& [name, value] : values) {
    if (name.starts_with(prefix)) {
      text += fmt::format("- {}: {}\n", code(name.substr(prefix.size())), code(toText(value)));
    }
  }
  return text;
}

}  // namespace

std::string runCard(const store::RunRecord& run, const store::RunValueMap& values) {
  std::string text = fmt::format(
      "# Run {}\n\nA model that predicts whether two proteins interact: backbone {}, channels {}, "
      "fusion {}, head {}. Trained on the pair set {} under the split {}, seed {}; {}, {} epochs, "
      "made {} UTC by Twofold {}.\n",
      code(run.id), code(valueOf(values, "params.backbone")),
      code(valueOf(values, "params.channels")), code(valueOf(values, "params.fusion")),
      code(valueOf(values, "params.head")), code(valueOf(values, "params.pairSet")),
      code(valueOf(values, "params.split")), valueOf(values, "params.seed"),
      store::name(run.status), run.epochs, query::timeText(run.created), code(run.programVersion));
  if (!run.note.empty()) {
    text += "\nNote: " + code(run.note) + "\n";
  }
  text += "\n## How well it did\n\n";
  text += run.parts.empty() ? "It was not measured.\n" : metricTable(run);
  text +=
      "\nA probability is a rank among pairs like those it was trained on, no proof of an "
      "interaction. How far it holds for proteins that were not in training, the split says.\n";
  for (const auto& [title, prefix] : {std::pair{"What it was made with", "params."},
                                      {"Hashes", "hashes."},
                                      {"Where it ran", "system."},
                                      {"Tags", "tags."}}) {
    if (const auto lines = family(values, prefix); !lines.empty()) {
      text += fmt::format("\n## {}\n\n{}", title, lines);
    }
  }
  return text;
}

}  // namespace twofold::runs
