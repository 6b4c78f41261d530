// What an import did, for people and as JSON.
#pragma once

#include <string>

#include "core/formats/bounded_json.h"
#include "core/imports/import_report.h"

namespace twofold::app {

[[nodiscard]] std::string reportText(const imports::ImportReport& report);

/// {"command","counts":{"read","kept","skipped"},"examples","notes"}: the contract puts the numbers
/// under "counts", the words beside it.
[[nodiscard]] formats::Json reportJson(const std::string& command,
                                       const imports::ImportReport& report);

}  // namespace twofold::app
