// `bench`: the field's benchmarks from the user's files, trained and put beside published results.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/worker/benchmark_table.h"
#include "app/worker/channel_study.h"
#include "app/worker/commands/commands.h"
#include "app/worker/project_catalog.h"
#include "app/worker/run_spec_options.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/benchmarks/benchmark_import.h"
#include "core/store/pair_repository.h"

namespace twofold::app {

namespace {

using benchmarks::Benchmark;
using formats::Json;

struct BenchOptions {
  std::string id;
  std::filesystem::path data;
  RunSpecOptions spec;
  int seeds = 3;
  bool withoutControls = false;
};

Json described(const Benchmark& benchmark) {
  Json sets = Json::array();
  for (const auto& set : benchmark.sets) {
    Json layouts = Json::array();
    for (const auto& layout : set.layouts) {
      Json files = layout.sequences;
      for (const auto& file : layout.pairs) {
        files.push_back(file.path);
      }
      layouts.push_back({{"origin", layout.origin}, {"files", std::move(files)}});
    }
    sets.push_back({{"name", set.name}, {"about", set.about}, {"layouts", std::move(layouts)}});
  }
  return {{"id", benchmark.id},
          {"title", benchmark.title},
          {"citation", benchmark.citation},
          {"link", benchmark.link},
          {"licence", benchmark.licence},
          {"caution", benchmark.caution},
          {"sets", std::move(sets)},
          {"published", benchmark.published.size()}};
}

std::string listText() {
  std::string text;
  for (const auto& benchmark : benchmarks::benchmarks()) {
    text += fmt::format("{}  {}\n    {}\n    {}\n    {}\n", benchmark.id, benchmark.title,
                        benchmark.citation, benchmark.link, benchmark.licence);
    for (const auto& set : benchmark.sets) {
      text += fmt::format("    {}: {}\n", set.name, set.about);
    }
  }
  return text + "The files are yours: bench import ID --data FOLDER says which it needs.\n";
}

void listBenchmarks(Job& job) {
  Json list = Json::array();
  for (const auto& benchmark : benchmarks::benchmarks()) {
    list.push_back(described(benchmark));
  }
  job.output.result({{{"command", "bench list"}, {"benchmarks", std::move(list)}}}, listText());
}

bool isThere(store::Project& project, const std::string& set) {
  const auto sets = store::PairRepository(project.database()).sets();
  return std::any_of(sets.begin(), sets.end(), [&](const auto& one) { return one.name == set; });
}

/// What the folder holds of it; a set that is in the project is left as it is.
Json imported(Job& job, store::Project& project, const Benchmark& benchmark,
              const std::filesystem::path& folder) {
  Json reports = Json::array();
  std::string lacking;
  for (const auto& set : benchmark.sets) {
    if (isThere(project, set.name)) {
      reports.push_back({{"set", set.name}, {"already", true}});
      continue;
    }
    try {
      const auto report = benchmarks::importSet(project, set, folder, job.watch());
      job.output.say(fmt::format("{}: {} pairs read, {} kept", set.name, countText(report.read),
                                 countText(report.kept)));
      Json entry = imports::toJson(report);
      entry["set"] = set.name;
      reports.push_back(std::move(entry));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::NotFound) {
        throw;
      }
      lacking += fmt::format("{}{}", lacking.empty() ? "" : "\n", error.what());
    }
  }
  if (reports.empty()) {
    throw Error(ErrorKind::NotFound, lacking);
  }
  if (!lacking.empty()) {
    job.output.say(lacking);
  }
  project.database().checkpoint();
  return reports;
}

void importBenchmark(Job& job, const BenchOptions& options) {
  auto project = job.openForWriting(true);
  const auto reports = imported(job, project, benchmarks::benchmark(options.id), options.data);
  job.output.result({{{"command", "bench import"}, {"sets", reports}}},
                    fmt::format("{} of {} sets are in the project", reports.size(),
                                benchmarks::benchmark(options.id).sets.size()));
}

/// The recipe; then, as controls, degree alone and the recipe that knows degrees too.
std::vector<StudyArm> armsOf(const runs::RunSpec& spec, int seeds, bool controls) {
  std::vector<StudyArm> arms = {{"recipe", false, spec, seeds}};
  if (controls) {
    StudyArm degree{"degree alone", true, spec, seeds};
    degree.spec.channels = {{"degree", {}}};
    degree.spec.backbone = {"composition", {}};  // it reads no embedding
    degree.spec.head = {"mlp", {}};
    StudyArm both{"recipe + degree", true, spec, seeds};
    both.spec.channels.push_back({"degree", {}});
    both.spec.head = {"mlp", {}};
    arms.insert(arms.end(), {degree, both});
  }
  return arms;
}

void tellTable(Job& job, store::Project& project, const std::string& command, const Benchmark& of,
               const std::string& experiment) {
  const auto rows = benchmarkRows(project, of, experiment);
  job.output.result({{{"command", command},
                      {"benchmark", of.id},
                      {"caution", of.caution},
                      {"rows", toJson(rows)}}},
                    "\n" + benchmarkText(of, rows));
}

void runBenchmark(Job& job, const BenchOptions& options) {
  const auto& benchmark = benchmarks::benchmark(options.id);
  auto project = job.openForWriting(!options.data.empty());
  if (!options.data.empty()) {
    static_cast<void>(imported(job, project, benchmark, options.data));
  }
  std::vector<StudyArm> arms;
  for (const auto& set : benchmark.sets) {
    if (!isThere(project, set.name) ||
        store::PairRepository(project.database()).splitInfo(set.name, set.name).train == 0) {
      continue;
    }
    RunSpecOptions given = options.spec;
    given.pairs = set.name;
    given.split = set.name;
    auto spec = given.spec();
    // An experiment keeps to one split.
    spec.experiment = given.experiment.empty() ? set.name : given.experiment + "-" + set.name;
    for (auto& arm : armsOf(spec, options.seeds, !options.withoutControls)) {
      arm.spec = recordedSpec(project, arm.spec);
      arm.name = set.name + ", " + arm.name;
      arms.push_back(std::move(arm));
    }
  }
  if (arms.empty()) {
    throw Error(ErrorKind::NotFound,
                fmt::format("no set of {} with training pairs is in the project; bring its files "
                            "in with --data FOLDER",
                            benchmark.id));
  }
  static_cast<void>(runStudy(job, project, arms));
  tellTable(job, project, "bench run", benchmark, options.spec.experiment);
}

void addId(CLI::App& command, BenchOptions& options) {
  command.add_option("benchmark", options.id, "bernett, dscript or guo (see bench list)")
      ->required();
}

}  // namespace

void addBench(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<BenchOptions>();
  auto* command = app.add_subcommand("bench", "Benchmarks of the field beside published results");
  command->require_subcommand(1);
  command->add_subcommand("list", "Which there are, and what files each needs")
      ->callback([&context] { context.work = [](Job& job) { listBenchmarks(job); }; });

  auto* bring = command->add_subcommand("import", "Brings a benchmark's files into the project");
  addId(*bring, *options);
  bring->add_option("--data", options->data, "Folder with its files")->required();
  bring->callback([options, &context] {
    context.work = [options](Job& job) { importBenchmark(job, *options); };
  });

  auto* run = command->add_subcommand(
      "run", "Trains a recipe on each of its sets, with degree controls, and shows the table");
  addId(*run, *options);
  run->add_option("--data", options->data, "Folder with its files, where they are not in yet");
  options->spec.addTo(*run);
  run->add_option("--seeds", options->seeds, "Seeds of each model, from --seed on")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  run->add_flag("--no-controls", options->withoutControls,
                "Leave out what knows only how often a protein stands in training pairs");
  run->callback(
      [options, &context] { context.work = [options](Job& job) { runBenchmark(job, *options); }; });

  auto* table = command->add_subcommand("table", "The project's runs beside published ones");
  addId(*table, *options);
  table->add_option("--experiment", options->spec.experiment, "Of this experiment alone");
  table->callback([options, &context] {
    context.work = [options](Job& job) {
      auto project = job.openProject();
      tellTable(job, project, "bench table", benchmarks::benchmark(options->id),
                options->spec.experiment);
    };
  });
}

}  // namespace twofold::app
