// What `split` says of a split, before it is frozen and after.
#pragma once

#include <string>

#include "core/formats/bounded_json.h"
#include "core/imports/split_design.h"

namespace twofold::app {

/// {"split","parts":{"train":{"pairs",…,"degrees":{…}},…},"shared_proteins":{…},"dropped":{reason:
/// count},"notes":[…]}.
[[nodiscard]] formats::Json reportOf(const imports::PlannedSplit& planned);

/// The same as a table and sentences.
[[nodiscard]] std::string reportText(const imports::PlannedSplit& planned);

}  // namespace twofold::app
