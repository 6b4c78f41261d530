// A worker's import or split result as text for people.
#pragma once

#include <QString>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

/// Kept and skipped counts, each reason with its first lines; or the sizes of a split.
[[nodiscard]] QString reportHtml(const formats::Json& result);

}  // namespace twofold::ui
