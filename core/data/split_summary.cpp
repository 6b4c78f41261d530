#include "core/data/split_summary.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace twofold::data {

namespace {

struct Occurrences {
  std::int64_t pairs = 0;
  std::int64_t positives = 0;
  std::int64_t negatives = 0;
};

using ByProtein = std::map<ProteinKey, Occurrences>;

void count(ByProtein& proteins, ProteinKey protein, Label label) {
  auto& found = proteins[protein];
  ++found.pairs;
  found.positives += label == Label::Positive ? 1 : 0;
  found.negatives += label == Label::Negative ? 1 : 0;
}

DegreeDistribution degreesOf(const ByProtein& proteins) {
  std::vector<std::int64_t> degrees;
  for (const auto& [key, found] : proteins) {
    degrees.push_back(found.pairs);
  }
  std::sort(degrees.begin(), degrees.end());
  DegreeDistribution result;
  if (degrees.empty()) {
    return result;
  }
  for (std::size_t i = 0; i < result.quantiles.size(); ++i) {
    const double place =
        std::ceil(DegreeDistribution::kShares[i] * static_cast<double>(degrees.size())) - 1;
    result.quantiles[i] = degrees[static_cast<std::size_t>(std::max(place, 0.0))];
  }
  for (std::int64_t from = 1; from <= degrees.back(); from *= 2) {
    const auto begin = std::lower_bound(degrees.begin(), degrees.end(), from);
    const auto end = std::lower_bound(begin, degrees.end(), 2 * from);
    result.histogram.push_back({from, 2 * from - 1, end - begin});
  }
  return result;
}

void describeProteins(const ByProtein& proteins, PartSummary& part) {
  part.proteins = static_cast<std::int64_t>(proteins.size());
  for (const auto& [key, found] : proteins) {
    part.onlyPositive += found.positives == found.pairs ? 1 : 0;
    part.onlyNegative += found.negatives == found.pairs ? 1 : 0;
  }
  part.degrees = degreesOf(proteins);
}

std::int64_t sharedBy(const ByProtein& first, const ByProtein& second) {
  return std::count_if(first.begin(), first.end(),
                       [&](const auto& entry) { return second.contains(entry.first); });
}

}  // namespace

SplitSummary summaryOf(std::span<const Pair> pairs, const Split& split) {
  SplitSummary summary;
  std::array<ByProtein, 3> proteins;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (split.parts[i] == Part::None) {
      ++summary.dropped;
      continue;
    }
    const auto place = static_cast<std::size_t>(split.parts[i]);
    auto& part = summary.parts[place];
    const Pair& pair = pairs[i];
    ++part.pairs;
    part.positives += pair.label == Label::Positive ? 1 : 0;
    part.negatives += pair.label == Label::Negative ? 1 : 0;
    count(proteins[place], pair.a, pair.label);
    if (pair.a != pair.b) {
      count(proteins[place], pair.b, pair.label);
    }
  }
  for (std::size_t place = 0; place < proteins.size(); ++place) {
    describeProteins(proteins[place], summary.parts[place]);
  }
  summary.sharedProteins = {sharedBy(proteins[0], proteins[1]), sharedBy(proteins[0], proteins[2]),
                            sharedBy(proteins[1], proteins[2])};
  return summary;
}

}  // namespace twofold::data
