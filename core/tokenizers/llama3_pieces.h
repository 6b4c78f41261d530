// The pieces that Llama 3's pattern cuts a text into; no token reaches across two.
#pragma once

#include <string_view>
#include <vector>

#include "core/tokenizers/tokenizer.h"

namespace twofold::tokenizers {

/// The regular expression, as tokenizer.json has it.
inline constexpr std::string_view kLlama3Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// Ranges of a well-formed text, one after the other without a gap.
[[nodiscard]] std::vector<ByteRange> llama3Pieces(std::string_view wellFormed);

}  // namespace twofold::tokenizers
