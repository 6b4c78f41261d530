#include "core/data/negatives.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/base/progress.h"
#include "core/data/stub_matching.h"

namespace twofold::data {

namespace {

using Degrees = std::map<ProteinKey, std::int64_t>;

constexpr std::int64_t kTriesEach = 20;  // before all free pairs are listed instead

Degrees degreesOf(std::span<const Pair> pairs) {
  Degrees degrees;
  for (const Pair& pair : pairs) {
    ++degrees[pair.a];
    ++degrees[pair.b];
  }
  return degrees;
}

std::vector<ProteinKey> keysOf(const Degrees& degrees) {
  std::vector<ProteinKey> keys;
  for (const auto& [key, degree] : degrees) {
    keys.push_back(key);
  }
  return keys;
}

/// All pairs that may be and were not drawn yet, in random order.
Pairs remaining(const std::vector<ProteinKey>& proteins, const MayBe& mayBe, const PairKeys& drawn,
                Random& random, const std::stop_token& stop) {
  Pairs pairs;
  for (std::size_t i = 0; i < proteins.size(); ++i) {
    throwIfStopped(stop);
    for (std::size_t j = 0; j < i; ++j) {
      if (!drawn.contains(proteins[j], proteins[i]) && mayBe(proteins[j], proteins[i])) {
        pairs.push_back({proteins[j], proteins[i], Label::Negative});
      }
    }
  }
  random.shuffle(std::span(pairs));
  return pairs;
}

Pairs uniformNegatives(const std::vector<ProteinKey>& proteins, std::int64_t wanted,
                       const MayBe& mayBe, Random& random, const std::stop_token& stop) {
  Pairs pairs;
  PairKeys drawn;
  const auto count = static_cast<std::size_t>(wanted);
  for (std::int64_t tries = 0; pairs.size() < count && tries < kTriesEach * wanted; ++tries) {
    const ProteinKey a = proteins[random.below(proteins.size())];
    const ProteinKey b = proteins[random.below(proteins.size())];
    if (a != b && mayBe(a, b) && drawn.insert(a, b)) {
      pairs.push_back({a, b, Label::Negative});
    }
  }
  if (pairs.size() < count) {
    const Pairs rest = remaining(proteins, mayBe, drawn, random, stop);
    const auto missing = std::min(rest.size(), count - pairs.size());
    pairs.insert(pairs.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(missing));
  }
  return pairs;
}

/// How many partners a protein may have; counted only up to `enough`.
std::int64_t freePartners(ProteinKey protein, const std::vector<ProteinKey>& proteins,
                          std::int64_t enough, const MayBe& mayBe) {
  std::int64_t found = 0;
  for (const ProteinKey other : proteins) {
    if (found == enough) {
      break;
    }
    found += other != protein && mayBe(protein, other) ? 1 : 0;
  }
  return found;
}

Pairs degreeNegatives(const Degrees& degrees, std::int64_t perPositive, const MayBe& mayBe,
                      Random& random, const std::stop_token& stop) {
  const auto proteins = keysOf(degrees);
  std::vector<ProteinKey> stubs;
  for (const auto& [protein, degree] : degrees) {
    throwIfStopped(stop);
    const auto count = freePartners(protein, proteins, degree * perPositive, mayBe);
    stubs.insert(stubs.end(), static_cast<std::size_t>(count), protein);
  }
  return matchedStubs(std::move(stubs), mayBe, random, stop);
}

void measureDeviation(const Degrees& degrees, std::int64_t perPositive, DrawnNegatives& drawn) {
  auto got = degreesOf(drawn.pairs);
  for (const auto& [protein, degree] : degrees) {
    const std::int64_t deviation = std::abs(got[protein] - degree * perPositive);
    if (deviation > drawn.largestDeviation) {
      drawn.largestDeviation = deviation;
      drawn.mostDeviating = protein;
    }
  }
}

}  // namespace

Pairs degreeMatchedNegatives(std::span<const Pair> positives, Random& random,
                             std::span<const Pair> excluded) {
  PairKeys forbidden;
  std::vector<ProteinKey> stubs;
  for (const Pair& pair : positives) {
    forbidden.insert(pair.a, pair.b);
    stubs.push_back(pair.a);
    stubs.push_back(pair.b);
  }
  for (const Pair& pair : excluded) {
    forbidden.insert(pair.a, pair.b);
  }
  return matchedStubs(
      std::move(stubs), [&](ProteinKey a, ProteinKey b) { return !forbidden.contains(a, b); },
      random);
}

DrawnNegatives drawNegatives(const NegativeRequest& request, Random& random) {
  PairKeys own;
  for (const Pair& pair : request.positives) {
    own.insert(pair.a, pair.b);
  }
  const MayBe mayBe = [&](ProteinKey a, ProteinKey b) {
    return !own.contains(a, b) && (request.taken == nullptr || !request.taken->contains(a, b)) &&
           (!request.allowed || request.allowed(a, b));
  };
  const auto degrees = degreesOf(request.positives);
  DrawnNegatives drawn;
  drawn.wanted = request.perPositive * static_cast<std::int64_t>(request.positives.size());
  if (degrees.empty()) {
    return drawn;
  }
  drawn.pairs = request.kind == NegativeKind::Uniform
                    ? uniformNegatives(keysOf(degrees), drawn.wanted, mayBe, random, request.stop)
                    : degreeNegatives(degrees, request.perPositive, mayBe, random, request.stop);
  measureDeviation(degrees, request.perPositive, drawn);
  return drawn;
}

}  // namespace twofold::data
