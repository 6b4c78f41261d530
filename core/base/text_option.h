// An option that is free text: an organism, a date.
#pragma once

#include <string>
#include <utility>

#include "core/base/option_spec.h"

namespace twofold {

/// Empty unless something is given.
[[nodiscard]] inline OptionSpec textOption(std::string id, std::string label, std::string help) {
  OptionSpec spec;
  spec.id = std::move(id);
  spec.label = std::move(label);
  spec.help = std::move(help);
  spec.defaultValue = std::string();
  return spec;
}

}  // namespace twofold
