// The commands of the worker. Each declares its options and, when chosen, sets the context's work.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "app/worker/command_context.h"

namespace twofold::app {

void addCatalog(CLI::App& app, CommandContext& context);
void addChannels(CLI::App& app, CommandContext& context);
void addImport(CLI::App& app, CommandContext& context);
/// Below `import`.
void addImportRun(CLI::App& import, CommandContext& context);
void addAudit(CLI::App& app, CommandContext& context);
void addImportScores(CLI::App& parent, CommandContext& context);  // below `import`
void addSplit(CLI::App& app, CommandContext& context);
void addEmbed(CLI::App& app, CommandContext& context);
void addTrain(CLI::App& app, CommandContext& context);
void addPretrain(CLI::App& app, CommandContext& context);
void addRun(CLI::App& app, CommandContext& context);
void addEvaluate(CLI::App& app, CommandContext& context);
void addCompare(CLI::App& app, CommandContext& context);
void addErrors(CLI::App& app, CommandContext& context);
void addAblate(CLI::App& app, CommandContext& context);
void addSweep(CLI::App& app, CommandContext& context);
void addBench(CLI::App& app, CommandContext& context);
void addPredict(CLI::App& app, CommandContext& context);
void addExplain(CLI::App& app, CommandContext& context);
void addNeighbours(CLI::App& app, CommandContext& context);
void addInterface(CLI::App& app, CommandContext& context);
void addMapping(CLI::App& app, CommandContext& context);
void addContacts(CLI::App& app, CommandContext& context);
void addServe(CLI::App& app, CommandContext& context);
void addRuns(CLI::App& app, CommandContext& context);
/// Below `runs`.
void addRunLists(CLI::App& runs, CommandContext& context);
void addRunMarks(CLI::App& runs, CommandContext& context);
void addRunComparisons(CLI::App& runs, CommandContext& context);
void addExport(CLI::App& app, CommandContext& context);
void addExportMlflow(CLI::App& parent, CommandContext& context);  // below `export`
void addWeights(CLI::App& app, CommandContext& context);
void addInspect(CLI::App& app, CommandContext& context);

/// Names that a channel of the user's must not have.
[[nodiscard]] std::vector<std::string> builtinChannelIds();

}  // namespace twofold::app
