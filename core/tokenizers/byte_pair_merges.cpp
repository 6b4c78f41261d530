#include "core/tokenizers/byte_pair_merges.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

namespace twofold::tokenizers {

namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

std::uint64_t pairOf(std::uint32_t left, std::uint32_t right) {
  return (std::uint64_t{left} << 32) | right;
}

}  // namespace

BytePairMerges::BytePairMerges(std::size_t count) : m_slots(std::bit_ceil(2 * count + 2)) {}

std::size_t BytePairMerges::slotOf(std::uint64_t pair) const {
  const std::size_t mask = m_slots.size() - 1;
  // Fibonacci hashing: the upper bits of the product are the mixed ones.
  std::size_t slot = static_cast<std::size_t>((pair * 0x9E3779B97F4A7C15U) >> 32) & mask;
  while (m_slots[slot].pair != pair && m_slots[slot].pair != kFree) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

bool BytePairMerges::add(std::uint32_t left, std::uint32_t right, Merge merge) {
  Slot& slot = m_slots[slotOf(pairOf(left, right))];
  if (slot.pair != kFree) {
    return false;
  }
  slot = {pairOf(left, right), merge};
  return true;
}

std::optional<BytePairMerges::Merge> BytePairMerges::find(std::uint32_t left,
                                                          std::uint32_t right) const {
  const Slot& slot = m_slots[slotOf(pairOf(left, right))];
  return slot.pair == kFree ? std::nullopt : std::optional(slot.merge);
}

/// The pair of `left` and what follows it, if they merge.
void BytePairMerges::watch(Work& work, std::uint32_t left) const {
  const std::uint32_t right = work.next[left];
  const auto merge = right < work.ids.size() ? find(work.ids[left], work.ids[right]) : std::nullopt;
  work.ranks[left] = merge ? merge->rank : kNone;
  if (merge) {
    work.heap.push_back(pairOf(merge->rank, left));
    std::push_heap(work.heap.begin(), work.heap.end(), std::greater<>());
  }
}

void BytePairMerges::merge(Work& work) const {
  const auto count = static_cast<std::uint32_t>(work.ids.size());
  work.next.resize(count);
  work.previous.resize(count);
  std::iota(work.next.begin(), work.next.end(), 1U);
  std::iota(work.previous.begin(), work.previous.end(), kNone);  // of the first: none
  work.ranks.assign(count, kNone);
  work.heap.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    watch(work, i);
  }
  while (!work.heap.empty()) {
    std::pop_heap(work.heap.begin(), work.heap.end(), std::greater<>());
    const auto rank = static_cast<std::uint32_t>(work.heap.back() >> 32);
    const auto left = static_cast<std::uint32_t>(work.heap.back());
    work.heap.pop_back();
    if (work.ranks[left] != rank) {
      continue;  // one of the two has since become another token
    }
    const std::uint32_t right = work.next[left];
    work.ids[left] = find(work.ids[left], work.ids[right])->result;
    work.next[left] = work.next[right];
    work.ranks[right] = kNone;
    if (work.next[left] < count) {
      work.previous[work.next[left]] = left;
    }
    watch(work, left);
    if (work.previous[left] != kNone) {
      watch(work, work.previous[left]);
    }
  }
  std::size_t kept = 0;
  work.begins.clear();
  for (std::uint32_t i = 0; i < count; i = work.next[i]) {
    work.begins.push_back(i);
    work.ids[kept++] = work.ids[i];
  }
  work.ids.resize(kept);
  work.begins.push_back(count);
}

}  // namespace twofold::tokenizers
