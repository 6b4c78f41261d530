// How often proteins stand in pairs of either label.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/audit/subject.h"

namespace twofold::audit {

struct Degree {
  std::int64_t positive = 0;
  std::int64_t negative = 0;
};

/// One a protein of the subject, over the labelled pairs that `counts` takes by their index. A self
/// pair counts once for its protein.
[[nodiscard]] std::vector<Degree> degreesOf(const Subject& subject,
                                            const std::function<bool(std::size_t)>& counts);

}  // namespace twofold::audit
