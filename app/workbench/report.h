// `twofold --report`: the report of an experiment as PDF or HTML, where there is no display.
#pragma once

#include "app/workbench/options.h"

namespace twofold::app {

/// Before there is an application. The program's exit status.
[[nodiscard]] int writeReport(const WorkbenchOptions& options, int& argc, char** argv);

}  // namespace twofold::app
