// Clusters of similar sequences among the proteins of a request.
#pragma once

#include "core/data/splitters.h"

namespace twofold::data {

/// "identity" and "coverage".
[[nodiscard]] std::vector<OptionSpec> familyOptions();

/// The cluster of each protein, by single linkage. Throws StopRequested.
[[nodiscard]] std::vector<std::uint32_t> familiesOf(const SplitRequest& request,
                                                    const Options& options);

/// "7,997 proteins are in 7,773 clusters; the largest has 5."
[[nodiscard]] std::string familyNote(const std::vector<std::uint32_t>& familyOf);

}  // namespace twofold::data
