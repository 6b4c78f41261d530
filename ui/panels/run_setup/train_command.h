// A run spec as the worker's `train` command.
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>

#include "core/runs/run_spec.h"

namespace twofold::ui {

[[nodiscard]] QStringList trainArguments(const runs::RunSpec& spec);

/// The whole command on a project, quoted for a terminal.
[[nodiscard]] QString trainCommand(const runs::RunSpec& spec, const std::filesystem::path& project);

}  // namespace twofold::ui
