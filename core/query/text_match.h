// Patterns of like and ilike, and times as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twofold::query {

/// SQL's: % is any text, _ one character, everything else itself. Linear in the text for each %.
[[nodiscard]] bool isLike(std::string_view text, std::string_view pattern);

/// Seconds since 1970 of "2026-11-26", "2026-11-26 14:30" or "2026-11-26 14:30:05", in UTC; nothing
/// for any other text.
[[nodiscard]] std::optional<std::int64_t> secondsFrom(std::string_view text);
/// "2026-11-26 14:30:05".
[[nodiscard]] std::string timeText(std::int64_t seconds);

}  // namespace twofold::query
