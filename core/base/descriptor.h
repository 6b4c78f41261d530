// What a swappable part says of itself: enough for a form, a command line and a report.
#pragma once

#include <string>
#include <vector>

#include "core/base/option_spec.h"

namespace twofold {

struct Descriptor {
  std::string id;
  std::string name;  // as shown in the window
  std::string help;  // one sentence
  std::vector<OptionSpec> options;
};

}  // namespace twofold
