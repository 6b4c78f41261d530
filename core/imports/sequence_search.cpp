#include "core/imports/sequence_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/bio/words.h"

namespace twofold::imports {

namespace {

constexpr std::array<std::size_t, 4> kWord = {0, 1, 2, 3};

/// Each word of four standard residues once, ascending.
std::vector<std::uint32_t> wordsOf(std::string_view sequence) {
  std::vector<std::uint32_t> words;
  for (const auto& word : bio::wordsIn(sequence, kWord)) {
    words.push_back(word.value);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

std::string textOf(const BestMatch& match) {
  return fmt::format("best match is {} at {} % identity over {} residues", match.id,
                     static_cast<int>(std::floor(100 * match.alike.identityOfAligned())),
                     match.alike.aligned);
}

void SequenceSearch::add(data::ProteinKey key, const std::string& id, const std::string& sequence) {
  const auto place = static_cast<std::uint32_t>(m_entries.size());
  m_entries.push_back({key, id, sequence});
  for (const std::uint32_t word : wordsOf(sequence)) {
    m_places[word].push_back(place);
  }
}

std::vector<std::uint32_t> SequenceSearch::candidates(std::string_view observed) const {
  std::vector<std::uint32_t> order(m_entries.size());
  std::iota(order.begin(), order.end(), 0U);
  if (order.size() <= kAligned) {
    return order;
  }
  std::vector<std::uint32_t> shared(m_entries.size(), 0);
  for (const std::uint32_t word : wordsOf(observed)) {
    const auto found = m_places.find(word);
    if (found != m_places.end()) {
      for (const std::uint32_t entry : found->second) {
        ++shared[entry];
      }
    }
  }
  std::erase_if(order, [&](std::uint32_t entry) { return shared[entry] == 0; });
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return shared[left] > shared[right];
  });
  order.resize(std::min(order.size(), kAligned));
  std::sort(order.begin(), order.end());
  return order;
}

std::optional<BestMatch> SequenceSearch::best(std::string_view observed,
                                              const std::stop_token& stop) const {
  std::optional<BestMatch> best;
  for (const std::uint32_t candidate : candidates(observed)) {
    const Entry& entry = m_entries[candidate];
    const auto alike =
        bio::identityIn(bio::withoutLooseEnds(bio::alignSequences(observed, entry.sequence, stop),
                                              observed, entry.sequence),
                        observed, entry.sequence);
    if (alike.identical > (best ? best->alike.identical : 0)) {
      best = BestMatch{entry.key, entry.id, alike};
    }
  }
  return best;
}

}  // namespace twofold::imports
