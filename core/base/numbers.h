// Numbers from text, independent of the locale, the whole text or nothing.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace twofold {

template <class T>
[[nodiscard]] std::optional<T> parseNumber(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

[[nodiscard]] inline std::optional<std::int64_t> parseInteger(std::string_view text) {
  return parseNumber<std::int64_t>(text);
}

[[nodiscard]] inline std::optional<double> parseReal(std::string_view text) {
  return parseNumber<double>(text);
}

}  // namespace twofold
