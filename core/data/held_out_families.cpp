#include "core/data/held_out_families.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "core/base/random.h"

namespace twofold::data {

namespace {

constexpr std::size_t kWord = 6;
constexpr int kFewestLetters = 4;
constexpr int kSharedWords = 3;
constexpr std::size_t kMostRelatives = 50;
constexpr std::uint64_t kPurpose = 0x686f6c64;  // of the seed

/// Repeats such as QQQQQQ or SGSGSG say nothing about descent.
bool isTelling(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char letter : word) {
    letters |= std::uint64_t{1} << (static_cast<unsigned char>(letter) & 63U);
  }
  return std::popcount(letters) >= kFewestLetters;
}

/// Different words of a sequence, as numbers, ascending.
std::vector<std::uint64_t> wordsOf(std::string_view sequence) {
  std::vector<std::uint64_t> words;
  for (std::size_t i = 0; i + kWord <= sequence.size(); ++i) {
    const auto word = sequence.substr(i, kWord);
    if (isTelling(word)) {
      std::uint64_t value = 0;
      for (const char letter : word) {
        value = value << 8U | static_cast<unsigned char>(letter);
      }
      words.push_back(value);
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

using WordIndex = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;

WordIndex indexOf(std::span<const std::string> sequences, std::span<const std::uint32_t> chosen) {
  WordIndex index;
  for (std::uint32_t i = 0; i < chosen.size(); ++i) {
    for (const auto word : wordsOf(sequences[chosen[i]])) {
      index[word].push_back(i);
    }
  }
  return index;
}

/// For each of `chosen`, the sequences that are its near relatives, itself among them.
std::vector<std::vector<std::uint32_t>> relativesOf(std::span<const std::string> sequences,
                                                    std::span<const std::uint32_t> chosen,
                                                    const ProgressSink& progress,
                                                    const std::stop_token& stop) {
  const WordIndex index = indexOf(sequences, chosen);
  std::vector<std::vector<std::uint32_t>> relatives(chosen.size());
  std::unordered_map<std::uint32_t, int> shared;
  for (std::uint32_t other = 0; other < sequences.size(); ++other) {
    throwIfStopped(stop);
    if (progress) {
      progress(
          {"Holding families out", other, static_cast<std::int64_t>(sequences.size()), "proteins"});
    }
    shared.clear();
    for (const auto word : wordsOf(sequences[other])) {
      if (const auto found = index.find(word); found != index.end()) {
        for (const auto candidate : found->second) {
          ++shared[candidate];
        }
      }
    }
    for (const auto& [candidate, count] : shared) {
      if (count >= kSharedWords) {
        relatives[candidate].push_back(other);
      }
    }
  }
  return relatives;
}

}  // namespace

std::vector<CorpusRole> holdOutFamilies(std::span<const std::string> sequences,
                                        const HoldOutRule& rule, const ProgressSink& progress,
                                        const std::stop_token& stop) {
  std::vector<std::uint32_t> order(sequences.size());
  std::iota(order.begin(), order.end(), 0U);
  Random random(derivedSeed(rule.seed, kPurpose));
  random.shuffle(std::span(order));
  const auto wanted =
      static_cast<std::size_t>(std::lround(rule.share * static_cast<double>(sequences.size())));
  // Twice as many as wanted, since some are passed over for the size of their family.
  order.resize(std::min(order.size(), 2 * wanted));

  const auto relatives = relativesOf(sequences, order, progress, stop);
  std::vector<CorpusRole> roles(sequences.size(), CorpusRole::Training);
  std::size_t held = 0;
  for (std::size_t i = 0; i < order.size() && held < wanted; ++i) {
    if (relatives[i].size() > kMostRelatives) {
      continue;
    }
    for (const auto relative : relatives[i]) {
      if (roles[relative] == CorpusRole::Training) {
        roles[relative] = CorpusRole::LeftOut;
      }
    }
    roles[order[i]] = CorpusRole::HeldOut;
    ++held;
  }
  return roles;
}

}  // namespace twofold::data
