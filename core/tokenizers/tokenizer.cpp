#include "core/tokenizers/tokenizer.h"

namespace twofold::tokenizers {

std::string spacedLetters(std::string_view sequence) {
  std::string spaced;
  spaced.reserve(2 * sequence.size());
  for (const char letter : sequence) {
    if (!spaced.empty()) {
      spaced += ' ';
    }
    spaced += letter;
  }
  return spaced;
}

std::vector<std::int64_t> tokenOfByte(const TokenizedText& tokens, std::size_t length) {
  std::vector<std::int64_t> places(length, -1);
  for (std::size_t token = 0; token < tokens.ranges.size(); ++token) {
    for (std::size_t i = tokens.ranges[token].begin; i < tokens.ranges[token].end; ++i) {
      places.at(i) = static_cast<std::int64_t>(token);
    }
  }
  return places;
}

}  // namespace twofold::tokenizers
