// `split`: cuts a pair set by a rule, or takes the parts from files; frozen and hashed.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "app/worker/commands/commands.h"
#include "app/worker/import_output.h"
#include "app/worker/pair_table_options.h"
#include "app/worker/split_report.h"
#include "app/worker/text.h"
#include "core/base/nearest_name.h"
#include "core/data/splitters.h"
#include "core/imports/split_design.h"
#include "core/store/pair_repository.h"

namespace twofold::app {

namespace {

struct SplitOptions {
  std::string pairs;
  std::string name;
  std::string rule;
  std::vector<double> ratio = {8, 1, 1};
  std::vector<std::string> parts;
  std::uint64_t seed = 1;
  std::optional<std::int64_t> folds;
  std::vector<std::string> assignments;
  std::string negatives = "given";
  std::int64_t perPositive = 1;
  bool otherCompartments = false;
  bool preview = false;
  PairTableOptions table;
};

std::array<double, 3> ratioOf(const std::vector<double>& values) {
  std::array<double, 3> ratio{};
  if (values.size() < 2 || values.size() > 3) {
    throw Error(ErrorKind::Usage, "--ratio needs two or three numbers, as in 8,1,1");
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    ratio[i] = values[i];
  }
  return ratio;
}

/// "train=F" and so on into files by part.
std::array<std::filesystem::path, 3> filesOf(const std::vector<std::string>& parts) {
  std::array<std::filesystem::path, 3> files;
  for (const auto& part : parts) {
    const auto equals = part.find('=');
    if (equals == std::string::npos || equals + 1 == part.size()) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("--parts \"{}\": write train=FILE,validation=FILE[,test=FILE]", part));
    }
    const auto which = data::partFromName(part.substr(0, equals));
    if (which == data::Part::None || !files[static_cast<std::size_t>(which)].empty()) {
      throw Error(ErrorKind::Usage, fmt::format("--parts \"{}\": each of train, validation and "
                                                "test is named once at most",
                                                part));
    }
    files[static_cast<std::size_t>(which)] = part.substr(equals + 1);
  }
  if (files[0].empty() || files[1].empty()) {
    throw Error(ErrorKind::Usage, "--parts needs train=FILE and validation=FILE");
  }
  return files;
}

/// KEY=VALUE texts into values of the specs; throws Error(Usage) naming the nearest.
OptionValues valuesOf(const std::string& owner, const std::vector<OptionSpec>& specs,
                      const std::vector<std::string>& assignments) {
  OptionValues values;
  std::vector<std::string> ids;
  for (const auto& spec : specs) {
    ids.push_back(spec.id);
  }
  for (const auto& assignment : assignments) {
    const auto equals = assignment.find('=');
    const auto id = assignment.substr(0, equals);
    const auto spec = std::find_if(specs.begin(), specs.end(),
                                   [&](const OptionSpec& known) { return known.id == id; });
    if (equals == std::string::npos || spec == specs.end()) {
      throw Error(ErrorKind::Usage,
                  equals == std::string::npos
                      ? fmt::format("--set \"{}\": write OPTION=VALUE", assignment)
                      : fmt::format("{} has no option \"{}\"{}", owner, id, didYouMean(id, ids)));
    }
    values[id] = parseOption(*spec, assignment.substr(equals + 1));
  }
  return values;
}

imports::SplitDesign designOf(const SplitOptions& options) {
  imports::SplitDesign design;
  design.pairSet = options.pairs;
  design.name = options.name.empty() ? "preview" : options.name;
  design.rule = options.rule.empty() ? options.folds ? "folds" : "random" : options.rule;
  design.ratio = ratioOf(options.ratio);
  design.seed = options.seed;
  const auto& rule = data::splitters().find(design.rule).descriptor;
  design.options = valuesOf("split rule " + rule.id, rule.options, options.assignments);
  if (options.folds) {
    if (design.rule != "folds") {
      throw Error(ErrorKind::Usage,
                  "--folds goes with --rule folds; what is kept whole is chosen by --set "
                  "by=proteins or by=clusters");
    }
    design.options["folds"] = *options.folds;
  }
  design.negatives = imports::negativeChoice({{"negatives", options.negatives},
                                              {"per_positive", options.perPositive},
                                              {"other_compartments", options.otherCompartments}});
  return design;
}

void splitByRule(Job& job, const SplitOptions& options) {
  const auto design = designOf(options);
  auto project = options.preview ? job.openProject() : job.openForWriting();
  const auto plan = imports::planSplit(project, design, job.watch());
  if (!options.preview) {
    static_cast<void>(imports::storeSplit(project, plan));
    project.database().checkpoint();
  }
  formats::Json body = {
      {"command", "split"}, {"pairs", plan.pairSet}, {"preview", options.preview}};
  body["splits"] = formats::Json::array();
  std::string text;
  for (const auto& planned : plan.splits) {
    const auto& parts = planned.summary.parts;
    auto report = reportOf(planned);
    if (body["splits"].empty()) {  // one split is the usual case, and folds begin with the first
      body.update({{"split", planned.name},
                   {"hash", report.at("hash")},
                   {"train", parts[0].pairs},
                   {"validation", parts[1].pairs},
                   {"test", parts[2].pairs}});
    }
    text += fmt::format("{}{} {} of {}: {} train, {} validation, {} test pairs, hash {}\n\n{}\n",
                        text.empty() ? "" : "\n", options.preview ? "Preview of split" : "Split",
                        planned.name, plan.pairSet, countText(parts[0].pairs),
                        countText(parts[1].pairs), countText(parts[2].pairs),
                        report.at("hash").get<std::string>().substr(0, 12), reportText(planned));
    body["splits"].push_back(std::move(report));
  }
  job.output.result({body}, text);
}

void splitByFiles(Job& job, const SplitOptions& options) {
  auto project = job.openForWriting();
  const auto report = imports::importSplitParts(project, options.name, filesOf(options.parts),
                                                options.table.format(), job.watch());
  project.database().checkpoint();
  const auto info = store::PairRepository(project.database()).splitInfo(options.name, options.name);
  job.output.result(
      {{{"command", "split"},
        {"counts", {{"read", report.read}, {"kept", report.kept}, {"skipped", report.skipped}}},
        {"examples", report.examples},
        {"notes", report.notes},
        {"split", info.name},
        {"pairs", info.pairSet},
        {"hash", info.hash},
        {"train", info.train},
        {"validation", info.validation},
        {"test", info.test}}},
      reportText(report) +
          fmt::format("Split {} of {}: {} train, {} validation, {} test pairs, hash {}", info.name,
                      info.pairSet, countText(info.train), countText(info.validation),
                      countText(info.test), info.hash.substr(0, 12)));
}

void runSplit(Job& job, const SplitOptions& options) {
  if (options.parts.empty() == options.pairs.empty()) {
    throw Error(ErrorKind::Usage,
                "give either --pairs and --rule, or --parts train=FILE,validation=FILE");
  }
  if (options.name.empty() && !options.preview) {
    throw Error(ErrorKind::Usage, "a split needs a name: --name NAME");
  }
  if (options.parts.empty()) {
    splitByRule(job, options);
    return;
  }
  if (options.preview || options.folds || !options.rule.empty() || !options.assignments.empty() ||
      options.negatives != "given") {
    throw Error(ErrorKind::Usage,
                "--parts takes the parts as the files have them: leave out --rule, --folds, --set, "
                "--negatives and --preview");
  }
  splitByFiles(job, options);
}

}  // namespace

void addSplit(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<SplitOptions>();
  auto* command = app.add_subcommand("split", "Cuts a pair set into train, validation and test");
  command->add_option("--pairs", options->pairs, "The pair set to cut");
  command->add_option(
      "--rule", options->rule,
      "How to cut it: random, c1, c2, c3, clusters, partition, species, time, folds "
      "(see catalog); random unless --folds is given");
  command->add_option("--set", options->assignments,
                      "OPTION=VALUE of the rule, as in identity=0.3 (see catalog)");
  command->add_option("--folds", options->folds, "That many splits NAME-1, NAME-2, …: rule folds");
  command->add_option("--ratio", options->ratio, "Shares of train, validation and test")
      ->delimiter(',')
      ->capture_default_str();
  command
      ->add_option("--parts", options->parts,
                   "train=FILE,validation=FILE[,test=FILE]: parts from files, which also makes the "
                   "pair set of the same name")
      ->delimiter(',');
  command->add_option("--seed", options->seed, "Same seed, same split")->capture_default_str();
  command->add_option("--name", options->name,
                      "Name of the new split, and of the pair set that drawn negatives make");
  command
      ->add_option("--negatives", options->negatives,
                   "given; or drawn in each part: degree (each protein as often negative as "
                   "positive) or uniform")
      ->capture_default_str();
  command
      ->add_option("--per-positive", options->perPositive, "Drawn negatives a positive, 1 to 100")
      ->capture_default_str();
  command->add_flag("--other-compartments", options->otherCompartments,
                    "Drawn negatives join proteins that were never seen in one compartment");
  command->add_flag("--preview", options->preview,
                    "Sizes, labels, shared proteins and degrees of the parts; nothing is stored");
  options->table.addTo(*command);
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runSplit(job, *options); }; });
}

}  // namespace twofold::app
