// Calendar dates as text that sorts by time: "1986-07-21".
#pragma once

#include <cstddef>
#include <string_view>

namespace twofold {

/// Year, month and day as written there, the day no later than the 31st.
[[nodiscard]] constexpr bool isDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return false;
  }
  for (const std::size_t place : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[place] < '0' || text[place] > '9') {
      return false;
    }
  }
  const int month = (text[5] - '0') * 10 + text[6] - '0';
  const int day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

}  // namespace twofold
