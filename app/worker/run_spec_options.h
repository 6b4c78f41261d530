// Builds a run spec from a file and from options.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/run_spec.h"

namespace twofold::app {

struct RunSpecOptions {
  std::filesystem::path file;
  std::string pairs;
  std::string split;
  std::string backbone;
  std::string weights;
  std::vector<std::string> channels;
  std::string fusion;
  std::string head;
  std::vector<std::string> assignments;
  std::string experiment;
  std::optional<std::uint64_t> seed;

  void addTo(CLI::App& command);
  /// True when a spec was given in any way.
  [[nodiscard]] bool isGiven() const { return !file.empty() || !pairs.empty(); }
  /// The file's spec, or the default one, changed by what was given beside it. Not yet checked
  /// against the catalog. Throws Error.
  [[nodiscard]] runs::RunSpec spec() const;
};

}  // namespace twofold::app
