// Two ways in which files write a token's bytes as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace twofold::tokenizers {

/// RFC 4648 with padding; nothing when it is not that.
[[nodiscard]] std::optional<std::string> bytesOfBase64(std::string_view text);

/// GPT-2's alphabet: a printable Latin-1 letter for each byte that has one, U+0100 and following
/// for the other 68 in order. Nothing when a code point is outside of it. `text` is well-formed
/// UTF-8.
[[nodiscard]] std::optional<std::string> bytesOfByteLevel(std::string_view text);

}  // namespace twofold::tokenizers
