// Ids and ranges as the reference script hashes them: 32-bit numbers, lowest byte first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tokenizers/tokenizer.h"

namespace twofold::tests {

template <class Number>
std::string packed(const std::vector<Number>& numbers) {
  std::string bytes;
  for (const auto number : numbers) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      bytes += static_cast<char>((static_cast<std::uint64_t>(number) >> shift) & 0xFFU);
    }
  }
  return bytes;
}

inline std::vector<std::size_t> flat(const std::vector<tokenizers::ByteRange>& ranges) {
  std::vector<std::size_t> numbers;
  for (const auto& range : ranges) {
    numbers.push_back(range.begin);
    numbers.push_back(range.end);
  }
  return numbers;
}

}  // namespace twofold::tests
