// What imports left out of pair sets.
#pragma once

#include <span>
#include <vector>

#include "core/data/left_out.h"
#include "core/store/database.h"

namespace twofold::store {

/// Inside the caller's transaction; the set has none yet.
void insertLeftOut(Database& database, std::int64_t setKey, std::span<const data::LeftOutRow> rows);
/// In the order of the files.
[[nodiscard]] std::vector<data::LeftOutRow> leftOutRows(Database& database, std::int64_t setKey);

}  // namespace twofold::store
