// --columns, --header and --delimiter of commands that read pair files.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/formats/pair_table.h"

namespace twofold::app {

struct PairTableOptions {
  std::vector<std::string> columns;
  std::string header = "auto";
  std::string delimiter = "auto";

  void addTo(CLI::App& command,
             const std::string& columnsHelp =
                 "Names or numbers of the columns of id A, id B and label, as in 1,2,3");
  /// Throws Error(Usage) for a delimiter or a number of columns that makes no sense.
  [[nodiscard]] formats::PairTableFormat format() const;
};

}  // namespace twofold::app
