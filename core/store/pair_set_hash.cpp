#include "core/store/pair_set_hash.h"

#include <fmt/format.h>

#include "core/base/hash.h"

namespace twofold::store {

std::string pairSetHash(Database& database, std::int64_t setKey) {
  Statement row = database.prepare(
      "SELECT first.id, first.sequence_hash, second.id, second.sequence_hash, label FROM pair "
      "JOIN protein AS first ON first.key = a JOIN protein AS second ON second.key = b "
      "WHERE set_key = ? ORDER BY position");
  row.bind(1, setKey);
  Sha256 hash;
  while (row.step()) {
    hash.add(fmt::format("{}\t{}\t{}\t{}\t{}\n", row.text(0), row.text(1), row.text(2), row.text(3),
                         row.integer(4)));
  }
  return hash.hex();
}

}  // namespace twofold::store
