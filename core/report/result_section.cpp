#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/report/controls.h"
#include "core/report/sections.h"
#include "core/report/words.h"
#include "core/runs/run_difference.h"

namespace twofold::report {

namespace {

constexpr std::size_t kMostRows = 60;     // of a table that people read
constexpr std::size_t kMostCompared = 6;  // beside each other on a page

const std::vector<std::string>& shownMetrics() {
  static const std::vector<std::string> metrics = {"auprc",    "auroc", "mcc",
                                                   "accuracy", "f1",    "ece"};
  return metrics;
}

std::vector<std::string> rowOf(const ReportedRun& run, std::string what, data::Part shown) {
  std::vector<std::string> row = {run.record.id, std::move(what),
                                  isImported(run) ? "–" : std::to_string(run.spec.seed)};
  const auto part = run.record.parts.find(std::string(data::name(shown)));
  if (part == run.record.parts.end()) {
    row.resize(row.size() + shownMetrics().size() + 1, "–");
    return row;
  }
  for (const auto& metric : shownMetrics()) {
    row.push_back(metricText(part->second, metric));
  }
  row.push_back(numberText(part->second.threshold));
  return row;
}

std::string noteOf(const ExperimentFacts& facts) {
  if (!facts.hasPairs()) {
    return "Numbers and intervals, where there are any, are those that were imported.";
  }
  const std::string intervals = "In brackets: 95 % intervals by bootstrap over proteins. ";
  const auto imported = std::count_if(facts.models.begin(), facts.models.end(), isImported);
  if (imported == 0) {
    return intervals + "The threshold was chosen on validation.";
  }
  return intervals + (imported == static_cast<std::ptrdiff_t>(facts.models.size())
                          ? "The methods say where the thresholds come from."
                          : "The threshold was chosen on validation; for imported scores the "
                            "methods say where it comes from.");
}

Table runsTable(const ExperimentFacts& facts) {
  Table table{"", {"run", "recipe", "seed"}, {}, 2};
  for (const auto& id : shownMetrics()) {
    for (const auto& metric : metrics::metricCatalog()) {
      if (metric.id == id) {
        table.columns.push_back(metric.name);
      }
    }
  }
  table.columns.emplace_back("threshold");
  const auto shown = std::min(facts.models.size(), kMostRows);
  for (std::size_t i = 0; i < shown; ++i) {
    table.rows.push_back(rowOf(facts.models[i], recipeText(facts.models[i].spec), facts.shown));
  }
  for (const auto& control : facts.controls) {
    auto what = fmt::format("control: {}", control.control);
    if (control.record.experiment != facts.experiment) {
      what += fmt::format(" (of experiment {})", control.record.experiment);
    }
    table.rows.push_back(rowOf(control, std::move(what), facts.shown));
  }
  const auto& size = facts.size(facts.shown);
  table.caption =
      fmt::format("Models, the best on validation first, and controls, measured on the {} part{}",
                  data::name(facts.shown),
                  facts.hasPairs() ? fmt::format(" ({}, {} positive)", countOf(size.pairs, "pair"),
                                                 countText(size.positives))
                                   : "");
  table.note = noteOf(facts);
  if (shown < facts.models.size()) {
    table.note += fmt::format(" {} more models are in the table of twofold-worker export runs.",
                              countText(static_cast<std::int64_t>(facts.models.size() - shown)));
  }
  return table;
}

Blocks controlBox(const ExperimentFacts& facts) {
  const auto missing = missingControls(facts);
  const bool hasOnlyImported =
      !facts.models.empty() && std::all_of(facts.models.begin(), facts.models.end(), isImported);
  if (hasOnlyImported && facts.controls.empty()) {
    return {Paragraph{
        "These imported scores have no control beside them, and no recipe from which one could be "
        "made. What they reach may be what degrees, composition or chance reach too; controls that "
        "are trained on the same pair set and split stand here beside them.",
        Tone::Bad}};
  }
  if (missing.empty()) {
    return {};
  }
  std::vector<std::string> names;
  std::vector<std::string> commands;
  for (const auto& control : missing) {
    names.push_back(control.name);
    commands.push_back(control.command);
  }
  const bool hasNone = facts.controls.empty();
  return {Paragraph{
      hasNone ? "These scores have no control beside them. What a model reaches may be what "
                "degrees, composition or chance reach too; until controls are measured on the same "
                "pairs, the numbers below say nothing about biology. These commands make them:"
              : fmt::format("Controls are missing: {}. These commands make them:", listText(names)),
      hasNone ? Tone::Bad : Tone::Warn, std::move(commands)}};
}

}  // namespace

Blocks resultSection(const ExperimentFacts& facts) {
  Blocks blocks = {Heading{"Results"}};
  for (auto& block : controlBox(facts)) {
    blocks.push_back(std::move(block));
  }
  blocks.push_back(runsTable(facts));
  if (facts.unfinished > 0) {
    blocks.push_back(Paragraph{
        fmt::format("{} of the experiment {} not done and not in this report.",
                    countOf(facts.unfinished, "run"), facts.unfinished == 1 ? "is" : "are")});
  }
  if (facts.shown == data::Part::Test && facts.models.size() > 1) {
    blocks.push_back(Paragraph{
        "Models are ranked by validation; where the best is picked by looking at the test part, "
        "its number there is too high."});
  }
  return blocks;
}

Blocks differenceSection(const ExperimentFacts& facts) {
  const auto shown = std::min(facts.models.size(), kMostCompared);
  if (shown < 2) {
    return {};
  }
  std::vector<store::RunValueMap> values;
  Table table{"Settings that are not the same in all of them", {"setting"}, {}};
  for (std::size_t i = 0; i < shown; ++i) {
    values.push_back(facts.models[i].values);
    table.columns.push_back(facts.models[i].record.id);
  }
  for (const auto& row : runs::differenceOf(values).rows) {
    std::vector<std::string> cells = {row.name};
    for (const auto& text : row.texts) {
      const bool isHash = row.name.starts_with("hashes.");
      cells.push_back(text.empty() ? "–" : isHash ? shortHash(text) : text);
    }
    table.rows.push_back(std::move(cells));
  }
  table.words = table.columns.size();
  if (shown < facts.models.size()) {
    table.note = fmt::format("The first {} of {}.", shown,
                             countOf(static_cast<std::int64_t>(facts.models.size()), "model"));
  }
  Blocks blocks = {Heading{"Differences between the models"}};
  if (table.rows.empty()) {
    blocks.push_back(Paragraph{"Nothing that was recorded differs."});
  } else {
    blocks.push_back(std::move(table));
  }
  return blocks;
}

}  // namespace twofold::report
