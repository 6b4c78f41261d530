#include "core/tokenizers/byte_text.h"

#include <array>

#include "core/tokenizers/utf8.h"

namespace twofold::tokenizers {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kAlphabetEnd = 256 + 68;

/// The byte of each code point, or -1.
constexpr std::array<int, kAlphabetEnd> makeByteLevel() {
  std::array<int, kAlphabetEnd> bytes{};
  bytes.fill(-1);
  std::size_t next = 256;
  for (int byte = 0; byte < 256; ++byte) {
    const bool isPrintable = (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte != 0xAD);
    bytes[isPrintable ? static_cast<std::size_t>(byte) : next++] = byte;
  }
  return bytes;
}

constexpr auto kByteLevel = makeByteLevel();

}  // namespace

std::optional<std::string> bytesOfBase64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) {
    return std::nullopt;
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string bytes;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool isPadding = i >= text.size() - padding;
    const std::size_t value = isPadding ? 0 : kBase64.find(text[i]);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    if (i % 4 == 3) {
      bytes += static_cast<char>(bits >> 16 & 0xFFU);
      bytes += static_cast<char>(bits >> 8 & 0xFFU);
      bytes += static_cast<char>(bits & 0xFFU);
    }
  }
  bytes.erase(bytes.size() - padding);
  return bytes;
}

std::optional<std::string> bytesOfByteLevel(std::string_view text) {
  std::string bytes;
  for (const auto& point : codePoints(text)) {
    const int byte = point.code < kAlphabetEnd ? kByteLevel.at(point.code) : -1;
    if (byte < 0) {
      return std::nullopt;
    }
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace twofold::tokenizers
