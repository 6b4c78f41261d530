// --backbone, --weights, --dtype and --set of commands that embed proteins outside of a run.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/runs/run_spec.h"

namespace twofold::app {

struct BackboneOptions {
  std::string backbone;  // empty: what a new run starts with
  std::string weights;
  std::string dtype;
  std::vector<std::string> assignments;

  /// Returns the option --backbone.
  CLI::Option* addTo(CLI::App& command);
  /// The backbone as the catalog knows it, its option values checked. Throws Error(Usage).
  [[nodiscard]] runs::PartSpec part() const;
};

}  // namespace twofold::app
