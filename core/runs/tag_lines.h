// A run's tags as lines that people edit, NAME=VALUE each.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/run_parameters.h"

namespace twofold::runs {

/// Of a run's values (RunTracking::values). Line breaks in a value stand as spaces.
[[nodiscard]] std::string tagLines(const store::RunValueMap& values);

struct TagChanges {
  std::map<std::string, std::string> set;
  std::vector<std::string> removed;
};
/// What was edited; lines that are as before change nothing. Throws Error(Usage) for a line that is
/// no tag.
[[nodiscard]] TagChanges tagChanges(std::string_view before, std::string_view after);

}  // namespace twofold::runs
