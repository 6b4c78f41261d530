// What every tokenizer gives: the ids a network reads and the part of the text each id stands for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::tokenizers {

/// Bytes [begin, end) of a text.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool operator==(const ByteRange&) const = default;
};

/// ids and ranges have one length. What the tokenizer puts around a text ([CLS],
/// <|begin_of_text|>) has an empty range; a special token that stands in the text does not.
struct TokenizedText {
  std::vector<std::int64_t> ids;
  std::vector<ByteRange> ranges;
};

class Tokenizer {
 public:
  Tokenizer() = default;
  virtual ~Tokenizer() = default;
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  /// Bytes that are not UTF-8 count as U+FFFD, as Python's errors="replace" has them. May be
  /// called from several threads at once.
  [[nodiscard]] virtual TokenizedText tokenize(std::string_view text) const = 0;

  /// How many ids there are: 0 to size - 1.
  [[nodiscard]] virtual std::int64_t size() const = 0;
};

/// "MKT" as "M K T": letter i is byte 2 i.
[[nodiscard]] std::string spacedLetters(std::string_view sequence);

/// For each byte of a text of that length the place of its token in `tokens`, or -1 where none
/// covers it.
[[nodiscard]] std::vector<std::int64_t> tokenOfByte(const TokenizedText& tokens,
                                                    std::size_t length);

}  // namespace twofold::tokenizers
