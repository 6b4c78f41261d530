// Numbers and tables as people read them on a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::app {

/// "163,192".
[[nodiscard]] std::string countText(std::int64_t value);
/// "350 ms", "4.2 s", "1 min 20 s", "2 h 5 min".
[[nodiscard]] std::string durationText(double seconds);
/// "812 bytes", "2.3 MiB".
[[nodiscard]] std::string bytesText(std::int64_t bytes);

/// What a terminal would take for a command, and line breaks, as spaces.
[[nodiscard]] std::string plainLine(std::string_view text);

/// Columns padded to the widest cell, two spaces apart; the first row is the header.
[[nodiscard]] std::string tableText(const std::vector<std::vector<std::string>>& rows);

}  // namespace twofold::app
