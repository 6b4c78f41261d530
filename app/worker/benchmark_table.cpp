#include "app/worker/benchmark_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/worker/text.h"
#include "core/runs/complete_spec.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "models/builtin_models.h"

namespace twofold::app {

namespace {

using formats::Json;
using Runs = std::vector<const store::RunRecord*>;

constexpr const char* kColumns[] = {"accuracy", "f1", "mcc", "auroc", "auprc"};

std::string optionsText(const OptionValues& options) {
  std::string text;
  for (const auto& [option, value] : options) {
    text += fmt::format(" {}={}", option, toText(value));
  }
  return text;
}

std::string modelName(const runs::RunSpec& spec) {
  if (spec.imported) {
    return fmt::format("{} (scores of {})", spec.imported->name, spec.imported->file);
  }
  const runs::RunSpec usual;
  std::string name = spec.backbone.id + optionsText(spec.backbone.options) + " ·";
  for (std::size_t c = 0; c < spec.channels.size(); ++c) {
    name += (c == 0 ? " " : " + ") + spec.channels[c].id + optionsText(spec.channels[c].options);
  }
  for (const auto* part : {&spec.fusion, &spec.head}) {
    if (*part != usual.fusion && *part != usual.head) {
      name += " · " + part->id + optionsText(part->options);
    }
  }
  for (const auto& [option, value] : spec.training) {
    name += fmt::format(" · {}={}", option, toText(value));
  }
  return name;
}

/// What runs of one model have in common: all but seed, experiment and place.
std::string recipeOf(runs::RunSpec spec) {
  spec.seed = 0;
  spec.experiment.clear();
  spec.device.clear();
  spec.threads = 0;
  return runs::toJson(spec.imported ? spec : runs::withDefaults(models::builtinCatalog(), spec))
      .dump();
}

/// One model's runs, one a seed.
struct Model {
  std::string recipe;
  std::string name;
  std::map<std::uint64_t, const store::RunRecord*> runs;
};

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

bool isMeant(const store::RunRecord& run, const std::string& set, const std::string& experiment) {
  return run.status == store::RunStatus::Done && !run.archived && !run.parts.empty() &&
         (experiment.empty() || run.experiment == experiment ||
          run.experiment == experiment + "-" + set);
}

/// The set's finished runs by model, in the order of their first run.
std::vector<BenchmarkRow> ownRows(const std::vector<store::RunRecord>& all, const std::string& set,
                                  const std::string& experiment) {
  std::vector<Model> models;
  for (const auto& run : all) {
    if (!isMeant(run, set, experiment)) {
      continue;
    }
    const auto spec = runs::runSpecFromJson(formats::parseJson(run.specJson, run.id), run.id);
    if (spec.pairSet != set || spec.split != set) {
      continue;
    }
    const auto recipe = recipeOf(spec);
    auto found = std::find_if(models.begin(), models.end(),
                              [&](const Model& model) { return model.recipe == recipe; });
    if (found == models.end()) {
      models.push_back({recipe, modelName(spec), {}});
      found = models.end() - 1;
    }
    found->runs.insert_or_assign(spec.seed, &run);
  }
  std::vector<BenchmarkRow> rows;
  for (const auto& model : models) {
    Runs runs;
    for (const auto& [seed, run] : model.runs) {
      runs.push_back(run);
    }
    rows.push_back(meanOf(set, model.name, runs));
  }
  return rows;
}

std::string cell(const BenchmarkRow& row, const std::string& metric) {
  if (const auto range = row.ranges.find(metric); range != row.ranges.end()) {
    return fmt::format("{:.3f} to {:.3f}", range->second.low, range->second.high);
  }
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

Json endsOf(const std::map<std::string, metrics::Interval>& intervals) {
  Json ends = Json::object();
  for (const auto& [metric, interval] : intervals) {
    ends[metric] = {interval.low, interval.high};
  }
  return ends;
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
        rows.push_back({set.name,
                        published.model,
                        true,
                        "test",
                        published.values,
                        {},
                        {},
                        published.source,
                        published.ranges});
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
    Json values = Json::object();
    for (const auto& [metric, value] : row.values) {
      values[metric] = std::isfinite(value) ? Json(value) : Json();
    }
    list.push_back({{"set", row.set},
                    {"model", row.model},
                    {"published", row.isPublished},
                    {"part", row.part},
                    {"values", std::move(values)},
                    {"ci", endsOf(row.intervals)},
                    {"ranges", endsOf(row.ranges)},
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
