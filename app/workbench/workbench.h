// Puts the window together from the command line's wishes and runs it.
#pragma once

#include "app/workbench/options.h"

namespace twofold::app {

/// Needs a QApplication. The program's exit status.
[[nodiscard]] int runWorkbench(const WorkbenchOptions& options);

}  // namespace twofold::app
