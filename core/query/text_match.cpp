#include "core/query/text_match.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "core/base/numbers.h"

namespace twofold::query {

namespace {

/// Past the character (UTF-8) at `place`.
std::size_t nextCharacter(std::string_view text, std::size_t place) {
  do {
    ++place;
  } while (place < text.size() && (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U);
  return place;
}

/// The numbers of "2026-11-26 14:30:05": digits where the form has a 0, else the form's character.
std::optional<std::array<int, 6>> fieldsFrom(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00 00:00:00";
  if (text.size() != 10 && text.size() != 16 && text.size() != 19) {
    return std::nullopt;
  }
  std::array<int, 6> fields{};
  std::size_t field = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool isDigit = text[i] >= '0' && text[i] <= '9';
    const bool fits =
        kForm[i] == '0' ? isDigit : text[i] == kForm[i] || (i == 10 && text[i] == 'T');
    if (!fits) {
      return std::nullopt;
    }
    if (isDigit) {
      fields[field] = fields[field] * 10 + (text[i] - '0');
    } else {
      ++field;
    }
  }
  return fields;
}

}  // namespace

bool isLike(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t afterAny = std::string_view::npos;  // in the pattern, behind the last %
  std::size_t resume = 0;                         // in the text, where that % ends for now
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      afterAny = ++p;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == '_') {
      ++p;
      t = nextCharacter(text, t);
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (afterAny != std::string_view::npos) {
      p = afterAny;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '%') {
    ++p;
  }
  return p == pattern.size();
}

std::optional<std::int64_t> secondsFrom(std::string_view text) {
  using namespace std::chrono;
  const auto fields = fieldsFrom(text);
  if (!fields) {
    return std::nullopt;
  }
  const auto [y, mo, d, h, mi, s] = *fields;
  const year_month_day date(year(y), month(static_cast<unsigned>(mo)),
                            day(static_cast<unsigned>(d)));
  if (!date.ok() || h > 23 || mi > 59 || s > 59) {
    return std::nullopt;
  }
  const auto time = sys_days(date) + hours(h) + minutes(mi) + seconds(s);
  return duration_cast<seconds>(time.time_since_epoch()).count();
}

std::string timeText(std::int64_t value) {
  using namespace std::chrono;
  const sys_seconds time{seconds(value)};
  const auto days = floor<std::chrono::days>(time);
  const year_month_day date(days);
  const hh_mm_ss<seconds> clock(time - days);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace twofold::query
