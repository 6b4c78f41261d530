#include "app/worker/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/worker/commands/commands.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold::app {

namespace {

void addCommonOptions(CLI::App& app, CommonOptions& common) {
  app.add_option("--project", common.project, "Folder of the project; made by the first import");
  app.add_option("--threads", common.threads, "Threads to compute with; 0: all cores")
      ->check(CLI::Range(0, 1024));
  app.add_option("--device", common.device, "auto, cpu, cuda or cuda:0");
  app.add_flag("--json", common.json, "JSON lines on stdout");
  app.add_flag("--quiet", common.quiet, "Results and errors only");
}

std::vector<std::string> commandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// The app and the chosen commands below it.
std::vector<const CLI::App*> chosenCommands(const CLI::App& app) {
  std::vector<const CLI::App*> chosen = {&app};
  while (!chosen.back()->get_subcommands().empty()) {
    chosen.push_back(chosen.back()->get_subcommands().front());
  }
  return chosen;
}

std::vector<std::string> optionNames(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> names;
  for (const auto* command : commands) {
    for (const auto* option : command->get_options()) {
      for (const auto& name : option->get_lnames()) {
        names.push_back("--" + name);
      }
    }
  }
  return names;
}

/// What was not understood, with the nearest command or option.
std::string explainExtras(const CLI::App& app) {
  const auto commands = chosenCommands(app);
  const auto names = optionNames(commands);
  const auto extras = app.remaining(true);
  const auto wrong = std::find_if(extras.begin(), extras.end(),
                                  [](const std::string& text) { return text.starts_with('-'); });
  if (wrong != extras.end()) {
    const auto option = wrong->substr(0, wrong->find('='));
    return fmt::format("there is no option {}{}", option, didYouMean(option, names));
  }
  const auto below = commandNames(*commands.back());
  const auto& text = extras.front();
  return below.empty() ? fmt::format("\"{}\" was not expected", text)
                       : fmt::format("there is no command \"{}\"{}", text, didYouMean(text, below));
}

}  // namespace

void buildCommandLine(CLI::App& app, CommandContext& context) {
  app.set_version_flag("--version", "twofold-worker " TWOFOLD_VERSION);
  app.fallthrough();
  addCommonOptions(app, context.common);
  addCatalog(app, context);
  addImport(app, context);
  addChannels(app, context);
  addSplit(app, context);
  addAudit(app, context);
  addEmbed(app, context);
  addTrain(app, context);
  addEvaluate(app, context);
  addCompare(app, context);
  addErrors(app, context);
  addAblate(app, context);
  addSweep(app, context);
  addBench(app, context);
  addPredict(app, context);
  addExplain(app, context);
  addNeighbours(app, context);
  addInterface(app, context);
  addMapping(app, context);
  addContacts(app, context);
  addServe(app, context);
  addPretrain(app, context);
  addRun(app, context);
  addRuns(app, context);
  addExport(app, context);
  addWeights(app, context);
  addInspect(app, context);
  app.footer(
      "Every command takes --project, --threads, --device, --json and --quiet.\n"
      "\"twofold-worker COMMAND --help\" shows the options of one command.");
}

bool parseCommandLine(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    (void)app.exit(asked);
    return false;
  } catch (const CLI::ExtrasError&) {
    throw Error(ErrorKind::Usage, explainExtras(app));
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::Usage, error.what());
  }
  const auto* chosen = chosenCommands(app).back();
  // `runs` alone works: it says so by taking at most one command.
  const bool standsAlone = chosen->get_require_subcommand_max() == 1;
  if (const auto below = commandNames(*chosen); !below.empty() && !standsAlone) {
    throw Error(ErrorKind::Usage, fmt::format("a command is missing{}", didYouMean("", below)));
  }
  return true;
}

}  // namespace twofold::app
