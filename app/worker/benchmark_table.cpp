#include "app/worker/benchmark_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/worker/text.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

using formats::Json;
using Runs = std::vector<const store::RunRecord*>;

constexpr const char* kColumns[] = {"accuracy", "f1", "mcc", "auroc", "auprc"};

/// Runs that differ in nothing but the seed have one name here.
std::string modelName(runs::RunSpec spec) {
  std::string name = spec.backbone.id;
  for (const auto& [option, value] : spec.backbone.options) {
    name += fmt::format(" {}={}", option, toText(value));
  }
  name += " ·";
  for (std::size_t c = 0; c < spec.channels.size(); ++c) {
    name += (c == 0 ? " " : " + ") + spec.channels[c].id;
    for (const auto& [option, value] : spec.channels[c].options) {
      name += fmt::format(" {}={}", option, toText(value));
    }
  }
  for (const auto* part : {&spec.fusion, &spec.head}) {
    const runs::RunSpec usual;
    if (*part != usual.fusion && *part != usual.head) {
      name += " · " + part->id;
    }
  }
  for (const auto& [option, value] : spec.training) {
    name += fmt::format(" · {}={}", option, toText(value));
  }
  return name;
}

BenchmarkRow meanOf(const std::string& set, const std::string& model, const Runs& runs) {
  BenchmarkRow row;
  row.set = set;
  row.model = model;
  const bool isTested = std::all_of(runs.begin(), runs.end(),
                                    [](const auto* run) { return run->parts.contains("test"); });
  row.part = isTested ? "test" : "validation";
  const auto count = static_cast<double>(runs.size());
  for (const auto* run : runs) {
    row.runs.push_back(run->id);
    const auto& measured = run->parts.at(row.part);
    for (const auto& [metric, value] : measured.values) {
      row.values[metric] += value / count;
    }
    for (const auto& [metric, interval] : measured.intervals) {
      row.intervals[metric].low += interval.low / count;
      row.intervals[metric].high += interval.high / count;
    }
  }
  return row;
}

/// The set's finished runs by model, in the order of their first run.
std::vector<BenchmarkRow> ownRows(const std::vector<store::RunRecord>& all, const std::string& set,
                                  const std::string& experiment) {
  std::vector<std::pair<std::string, Runs>> models;
  for (const auto& run : all) {
    const bool isMeant = run.status == store::RunStatus::Done && run.parts.contains("validation") &&
                         (experiment.empty() || run.experiment == experiment);
    if (!isMeant) {
      continue;
    }
    const auto spec = runs::runSpecFromJson(formats::parseJson(run.specJson, run.id), run.id);
    if (spec.pairSet != set || spec.split != set) {
      continue;
    }
    const auto name = modelName(spec);
    auto found = std::find_if(models.begin(), models.end(),
                              [&](const auto& model) { return model.first == name; });
    if (found == models.end()) {
      models.push_back({name, {}});
      found = models.end() - 1;
    }
    found->second.push_back(&run);
  }
  std::vector<BenchmarkRow> rows;
  for (const auto& [name, runs] : models) {
    rows.push_back(meanOf(set, name, runs));
  }
  return rows;
}

std::string cell(const BenchmarkRow& row, const std::string& metric) {
  const auto value = row.values.find(metric);
  if (value == row.values.end() || !std::isfinite(value->second)) {
    return "";
  }
  const auto interval = row.intervals.find(metric);
  return interval == row.intervals.end() || !std::isfinite(interval->second.low)
             ? fmt::format("{:.3f}", value->second)
             : fmt::format("{:.3f} [{:.3f}, {:.3f}]", value->second, interval->second.low,
                           interval->second.high);
}

}  // namespace

std::vector<BenchmarkRow> benchmarkRows(store::Project& project,
                                        const benchmarks::Benchmark& benchmark,
                                        const std::string& experiment) {
  const auto all = store::RunRepository(project.database()).runs();
  std::vector<BenchmarkRow> rows;
  for (const auto& set : benchmark.sets) {
    for (const auto& published : benchmark.published) {
      if (published.set == set.name) {
        rows.push_back(
            {set.name, published.model, true, "test", published.values, {}, {}, published.source});
      }
    }
    const auto own = ownRows(all, set.name, experiment);
    rows.insert(rows.end(), own.begin(), own.end());
  }
  return rows;
}

Json toJson(const std::vector<BenchmarkRow>& rows) {
  Json list = Json::array();
  for (const auto& row : rows) {
    Json intervals = Json::object();
    for (const auto& [metric, interval] : row.intervals) {
      intervals[metric] = {interval.low, interval.high};
    }
    Json values = Json::object();
    for (const auto& [metric, value] : row.values) {
      values[metric] = std::isfinite(value) ? Json(value) : Json();
    }
    list.push_back({{"set", row.set},
                    {"model", row.model},
                    {"published", row.isPublished},
                    {"part", row.part},
                    {"values", std::move(values)},
                    {"ci", std::move(intervals)},
                    {"runs", row.runs},
                    {"source", row.source}});
  }
  return list;
}

std::string benchmarkText(const benchmarks::Benchmark& benchmark,
                          const std::vector<BenchmarkRow>& rows) {
  std::vector<std::string> sources;
  std::vector<std::vector<std::string>> table = {{"set", "model", "on"}};
  table.front().insert(table.front().end(), std::begin(kColumns), std::end(kColumns));
  for (const auto& row : rows) {
    std::string model = row.model;
    if (row.isPublished) {
      auto found = std::find(sources.begin(), sources.end(), row.source);
      found = found == sources.end() ? sources.insert(sources.end(), row.source) : found;
      model += fmt::format(" ({})", found - sources.begin() + 1);
    } else if (row.runs.size() > 1) {
      model += fmt::format(", {} seeds", row.runs.size());
    }
    table.push_back({row.set, model, row.part});
    for (const char* metric : kColumns) {
      table.back().push_back(cell(row, metric));
    }
  }
  std::string text =
      fmt::format("{}: {}\n\n{}", benchmark.title, benchmark.citation, tableText(table));
  text +=
      "In brackets: 95 % intervals by bootstrap over proteins, mean of their ends over the "
      "seeds. " +
      benchmark.caution + "\n";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    text += fmt::format("({}) {}\n", i + 1, sources[i]);
  }
  return text;
}

}  // namespace twofold::app
