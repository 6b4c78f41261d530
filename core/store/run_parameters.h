// A run's recipe as flat, named values: what filters call params.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/option_spec.h"

namespace twofold::store {

using RunValueMap = std::map<std::string, OptionValue>;

/// From the JSON of a run spec: backbone, fusion, head (their ids), channels ("sequence + calpha"),
/// pairSet, split, seed, device, threads, and PART.OPTION for each option that it names. Empty
/// where the text is no JSON object: one damaged row must not hide all runs.
[[nodiscard]] RunValueMap parametersOf(std::string_view specJson);

}  // namespace twofold::store
