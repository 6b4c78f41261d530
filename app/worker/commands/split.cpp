// `split`: cuts a pair set by a rule, or takes the parts from files; frozen and hashed.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/pair_table_options.h"
#include "app/worker/text.h"
#include "core/data/splitters.h"
#include "core/imports/importers.h"
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

void splitByRule(store::Project& project, const SplitOptions& options) {
  store::PairRepository repository(project.database());
  const auto set = repository.set(options.pairs);
  const auto& splitter = data::splitters().find(options.rule).make;
  const auto split = splitter(repository.pairs(set.key), {ratioOf(options.ratio), options.seed});
  store::Transaction transaction(project.database());
  repository.insertSplit(options.name, set.key, split);
  transaction.commit();
}

void runSplit(Job& job, const SplitOptions& options) {
  if (options.parts.empty() == options.pairs.empty()) {
    throw Error(ErrorKind::Usage,
                "give either --pairs and --rule, or --parts train=FILE,validation=FILE");
  }
  auto project = job.openForWriting();
  formats::Json body = {{"command", "split"}};
  if (options.parts.empty()) {
    splitByRule(project, options);
  } else {
    const auto report = imports::importSplitParts(project, options.name, filesOf(options.parts),
                                                  options.table.format(), job.watch());
    body["counts"] = {{"read", report.read}, {"kept", report.kept}, {"skipped", report.skipped}};
    body["examples"] = report.examples;
    body["notes"] = report.notes;
  }
  project.database().checkpoint();
  const auto info =
      store::PairRepository(project.database())
          .splitInfo(options.parts.empty() ? options.pairs : options.name, options.name);
  body.update({{"split", info.name},
               {"pairs", info.pairSet},
               {"hash", info.hash},
               {"train", info.train},
               {"validation", info.validation},
               {"test", info.test}});
  job.output.result(
      {body},
      fmt::format("Split {} of {}: {} train, {} validation, {} test pairs, hash {}", info.name,
                  info.pairSet, countText(info.train), countText(info.validation),
                  countText(info.test), info.hash.substr(0, 12)));
}

}  // namespace

void addSplit(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<SplitOptions>();
  auto* command = app.add_subcommand("split", "Cuts a pair set into train, validation and test");
  command->add_option("--pairs", options->pairs, "The pair set to cut");
  command->add_option("--rule", options->rule, "How to cut it (see catalog)")
      ->default_val("random");
  command->add_option("--ratio", options->ratio, "Shares of train, validation and test")
      ->delimiter(',')
      ->capture_default_str();
  command
      ->add_option("--parts", options->parts,
                   "train=FILE,validation=FILE[,test=FILE]: parts from files, which also makes the "
                   "pair set of the same name")
      ->delimiter(',');
  command->add_option("--seed", options->seed, "Same seed, same split")->capture_default_str();
  command->add_option("--name", options->name, "Name of the new split")->required();
  options->table.addTo(*command);
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runSplit(job, *options); }; });
}

}  // namespace twofold::app
