// Brings a store to the schema of this program, one numbered step after the other.
#pragma once

#include <cstdint>
#include <span>

#include "core/store/database.h"
#include "core/store/migrations.h"

namespace twofold::store {

/// The number of the newest migration.
[[nodiscard]] std::int64_t knownSchema();

/// The store's schema number; 0 for an empty file. Throws Error(BadInput) when the file is
/// another program's database or damaged.
[[nodiscard]] std::int64_t schemaOf(Database& database);

/// Applies what is missing in one transaction. A store that has data is first copied to
/// "<store>.schema-<N>.backup". Safe when several processes start at once: one migrates, the
/// others find it done. Throws Error; the store is then as it was.
void migrate(Database& database, std::span<const Migration> steps = migrations());

}  // namespace twofold::store
