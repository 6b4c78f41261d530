#include "core/bio/sequence.h"

namespace twofold::bio {

namespace {

bool isSpace(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

char upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::optional<std::size_t> residueIndex(char letter) noexcept {
  const std::size_t index = kStandardResidues.find(letter);
  if (index == std::string_view::npos) {
    return std::nullopt;
  }
  return index;
}

bool isResidueLetter(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z';
}

std::string normalisedSequence(std::string_view text, std::optional<std::size_t>& wrong) {
  wrong.reset();
  std::size_t end = text.size();
  while (end > 0 && isSpace(text[end - 1])) {
    --end;
  }
  if (end > 0 && text[end - 1] == '*') {
    --end;
  }
  std::string sequence(end, '\0');
  std::size_t length = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const char letter = upper(text[i]);
    if (isResidueLetter(letter)) {
      sequence[length++] = letter;
    } else if (!isSpace(letter)) {
      wrong = i;
      return {};
    }
  }
  sequence.resize(length);
  return sequence;
}

}  // namespace twofold::bio
