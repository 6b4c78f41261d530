#include "models/learning/session.h"

namespace twofold::models {

ProteinInputs ProteinInputs::slice(std::size_t from, std::size_t to) const {
  const auto cut = [&](const auto& values) {
    return values.empty()
               ? values
               : std::decay_t<decltype(values)>(values.begin() + static_cast<std::ptrdiff_t>(from),
                                                values.begin() + static_cast<std::ptrdiff_t>(to));
  };
  ProteinInputs some{cut(ids), cut(sequences), cut(chains), cut(annotations), terms};
  for (const auto& [id, table] : tables) {
    some.tables[id] = {table.channel, cut(table.rows)};
  }
  return some;
}

}  // namespace twofold::models
