// Which two tokens become one, and the merging of a piece in O(n log n): a list of what is left
// and a heap of its pairs.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace twofold::tokenizers {

class BytePairMerges {
 public:
  struct Merge {
    std::uint32_t rank = 0;  // lower ones first
    std::uint32_t result = 0;
  };

  /// Space for `count` merges; no more may be added.
  explicit BytePairMerges(std::size_t count = 0);

  /// False when the pair is already there.
  [[nodiscard]] bool add(std::uint32_t left, std::uint32_t right, Merge merge);
  [[nodiscard]] std::optional<Merge> find(std::uint32_t left, std::uint32_t right) const;

  /// A piece, and memory that the next one uses again. Of fewer than 2^32 tokens.
  struct Work {
    std::vector<std::uint32_t> ids;     // in: one a byte; out: the tokens
    std::vector<std::uint32_t> begins;  // out: their first bytes, and the end

    std::vector<std::uint32_t> next, previous, ranks;
    std::vector<std::uint64_t> heap;
  };
  /// The pair of the lowest rank first, of several the leftmost.
  void merge(Work& work) const;

 private:
  struct Slot {
    std::uint64_t pair = kFree;
    Merge merge;
  };
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};

  [[nodiscard]] std::size_t slotOf(std::uint64_t pair) const;
  void watch(Work& work, std::uint32_t left) const;

  std::vector<Slot> m_slots;  // open addressing, a power of two
};

}  // namespace twofold::tokenizers
