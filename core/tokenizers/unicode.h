// Classes, lower case and decomposition of code points, as the tokenizers' originals have them
// rather than as the newest Unicode does: ids depend on it. The only user of utf8proc.
#pragma once

#include <vector>

#include "core/tokenizers/utf8.h"

namespace twofold::tokenizers {

// \p{L}, \p{N} and \s of regular expressions (Unicode 16).
[[nodiscard]] bool isLetter(char32_t code);
[[nodiscard]] bool isNumber(char32_t code);
[[nodiscard]] bool isWhitespace(char32_t code);

/// What BERT's cleaning removes: NUL, U+FFFD, controls but tab, LF, CR, format, private use.
[[nodiscard]] bool isRemovedByBert(char32_t code);
/// What BERT makes a word of its own.
[[nodiscard]] bool isBertPunctuation(char32_t code);
/// The ranges that BERT surrounds with spaces, with the mistake (2B920 for 2B820) that Hugging
/// Face's library has.
[[nodiscard]] bool isBertIdeograph(char32_t code);

/// Canonical decomposition and order (NFD) without the non-spacing marks; each code point keeps
/// the range of the one it comes from.
[[nodiscard]] std::vector<CodePoint> withoutAccents(const std::vector<CodePoint>& points);

/// Code point by code point: a final sigma is not told apart, and U+0130 becomes two.
[[nodiscard]] std::vector<CodePoint> lowerCase(const std::vector<CodePoint>& points);

}  // namespace twofold::tokenizers
