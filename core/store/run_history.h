// What became of a run: every status it had, with its time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/database.h"

namespace twofold::store {

struct StatusChange {
  std::int64_t at = 0;  // seconds since 1970, UTC
  std::string status;
  std::string message;
};

/// Adds a change, unless the run's last one says the same. Inside the caller's transaction.
void noteStatus(Database& database, std::int64_t runKey, std::string_view status,
                std::string_view message);

/// In their order.
[[nodiscard]] std::vector<StatusChange> historyOf(Database& database, std::int64_t runKey);

/// Seconds since 1970, UTC.
[[nodiscard]] std::int64_t secondsNow();

}  // namespace twofold::store
