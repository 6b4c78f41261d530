// UTF-8 in and out. A text is made clean once; everything behind it may rely on that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tokenizers/tokenizer.h"

namespace twofold::tokenizers {

/// A code point and the bytes it came from.
struct CodePoint {
  char32_t code = 0;
  ByteRange range;
};

/// A text whose ill-formed bytes are U+FFFD, one for each maximal part of a sequence (Unicode 15,
/// section 3.9, as Python's errors="replace"). Refers to the text it was made from.
class CleanText {
 public:
  explicit CleanText(std::string_view text);
  CleanText(const CleanText&) = delete;
  CleanText& operator=(const CleanText&) = delete;

  [[nodiscard]] std::string_view text() const { return m_repaired.empty() ? m_text : m_repaired; }

  /// The bytes of the first text that a range of text() stands for; all bytes of an ill-formed
  /// part when the range holds any of its U+FFFD.
  [[nodiscard]] ByteRange original(ByteRange range) const;

 private:
  std::string_view m_text;
  std::string m_repaired;            // empty when the text was well-formed
  std::vector<ByteRange> m_origins;  // of each byte of m_repaired
};

/// Code points of well-formed UTF-8; ranges start at `offset`.
[[nodiscard]] std::vector<CodePoint> codePoints(std::string_view wellFormed,
                                                std::size_t offset = 0);

void appendUtf8(std::string& text, char32_t code);

}  // namespace twofold::tokenizers
