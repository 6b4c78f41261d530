// Published results, copied from the sources that each row names.
#pragma once

#include <vector>

#include "core/benchmarks/benchmark.h"

namespace twofold::benchmarks {

[[nodiscard]] std::vector<PublishedRow> bernettRows();
[[nodiscard]] std::vector<PublishedRow> dscriptRows();
[[nodiscard]] std::vector<PublishedRow> guoRows();

}  // namespace twofold::benchmarks
