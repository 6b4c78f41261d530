#include "core/bio/words.h"

#include "core/bio/sequence.h"

namespace twofold::bio {

std::vector<Word> wordsIn(std::string_view sequence, std::span<const std::size_t> offsets) {
  constexpr std::uint32_t kLetters = kStandardResidues.size();
  std::vector<std::uint32_t> indices;  // kLetters: another letter
  indices.reserve(sequence.size());
  for (const char letter : sequence) {
    indices.push_back(static_cast<std::uint32_t>(residueIndex(letter).value_or(kLetters)));
  }
  std::vector<Word> words;
  words.reserve(sequence.size());
  for (std::size_t place = 0; place + offsets.back() < sequence.size(); ++place) {
    std::uint32_t value = 0;
    bool isWord = true;
    for (const std::size_t offset : offsets) {
      isWord = isWord && indices[place + offset] < kLetters;
      value = value * kLetters + indices[place + offset];
    }
    if (isWord) {
      words.push_back({value, static_cast<std::uint32_t>(place)});
    }
  }
  return words;
}

}  // namespace twofold::bio
