// The whole command line: the explicit list of commands, common options, words for mistakes.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>

#include "app/worker/command_context.h"

namespace twofold::app {

/// Every command and the options they share; parse it with parseCommandLine().
void buildCommandLine(CLI::App& app, CommandContext& context);

/// False when help or the version was asked for and printed. Throws Error(Usage) naming the
/// nearest command or option.
[[nodiscard]] bool parseCommandLine(CLI::App& app, int argc, char** argv);

}  // namespace twofold::app
