// Special tokens: those that stand in a text and those put around it. The same for every
// vocabulary.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "core/tokenizers/utf8.h"

namespace twofold::tokenizers {

struct SpecialToken {
  std::string text;
  std::int64_t id = 0;
};

/// Ids before and after every text.
struct Frame {
  std::vector<std::int64_t> before;
  std::vector<std::int64_t> after;
};

class SpecialTokens {
 public:
  SpecialTokens() = default;
  /// No token may be empty.
  SpecialTokens(std::vector<SpecialToken> tokens, Frame frame);

  /// A piece of clean text without special tokens that starts at `offset`; adds what it becomes.
  using TokenizePiece =
      std::function<void(std::string_view piece, std::size_t offset, TokenizedText& tokens)>;

  /// Special tokens are found in the text as it is, leftmost and longest first; ranges are those
  /// of `text`, which need not be well-formed.
  [[nodiscard]] TokenizedText tokenize(std::string_view text, const TokenizePiece& piece) const;

 private:
  [[nodiscard]] const SpecialToken* at(std::string_view rest) const;

  std::vector<SpecialToken> m_tokens;  // longest first
  std::array<bool, 256> m_starts{};    // bytes that some token starts with
  Frame m_frame;
};

}  // namespace twofold::tokenizers
