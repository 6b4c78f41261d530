// A run spec as the worker's `train` arguments.
#pragma once

#include <QStringList>

#include "core/runs/run_spec.h"

namespace twofold::ui {

[[nodiscard]] QStringList trainArguments(const runs::RunSpec& spec);

}  // namespace twofold::ui
