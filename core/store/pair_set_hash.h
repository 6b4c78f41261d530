// What a pair set holds, as one hash: the same in every project with the same pairs and sequences.
#pragma once

#include <cstdint>
#include <string>

#include "core/store/database.h"

namespace twofold::store {

/// SHA-256 over each pair in its order: both ids, the hashes of both sequences, and the label.
[[nodiscard]] std::string pairSetHash(Database& database, std::int64_t setKey);

}  // namespace twofold::store
