// The numbered schema steps, embedded at build time from migrations/*.sql.
#pragma once

#include <span>
#include <string_view>

namespace twofold::store {

struct Migration {
  std::string_view name;  // "0001_start"
  std::string_view sql;
};

[[nodiscard]] std::span<const Migration> migrations();

}  // namespace twofold::store
