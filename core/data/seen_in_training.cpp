#include "core/data/seen_in_training.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/data/splitters.h"

namespace twofold::data {

namespace {

std::pair<ProteinKey, ProteinKey> unordered(const Pair& pair) {
  return std::minmax(pair.a, pair.b);
}

}  // namespace

SeenInTraining seenInTraining(std::span<const Pair> training, std::span<const Pair> others) {
  std::vector<std::pair<ProteinKey, ProteinKey>> known;
  known.reserve(training.size());
  for (const auto& pair : training) {
    known.push_back(unordered(pair));
  }
  std::sort(known.begin(), known.end());
  SeenInTraining seen;
  for (const auto& pair : others) {
    seen.pairs += std::binary_search(known.begin(), known.end(), unordered(pair)) ? 1 : 0;
  }
  const auto proteins = proteinsOf(training);
  const auto asked = proteinsOf(others);
  seen.allProteins = static_cast<std::int64_t>(asked.size());
  for (const auto key : asked) {
    seen.proteins += std::binary_search(proteins.begin(), proteins.end(), key) ? 1 : 0;
  }
  return seen;
}

}  // namespace twofold::data
