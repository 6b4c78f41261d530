// Pair sets on which the rules have to keep their promises, and what is asked of every cut.
#pragma once

#include <QTest>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/data/splitters.h"

namespace twofold::tests {

struct SplitSample {
  std::string name;
  data::Pairs pairs;
  std::vector<data::SplitProtein> proteins;
};

inline std::string drawnSequence(std::uint64_t seed, std::size_t length) {
  Random random(seed);
  std::string letters;
  for (std::size_t i = 0; i < length; ++i) {
    letters += "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
  }
  return letters;
}

/// Protein k is of family k / `familySize`: its ancestor with a quarter of the residues drawn anew.
inline std::vector<data::SplitProtein> proteinsOfFamilies(const data::Pairs& pairs,
                                                          std::int64_t familySize) {
  std::vector<data::SplitProtein> proteins;
  for (const auto key : data::proteinsOf(pairs)) {
    auto sequence = drawnSequence(1000 + static_cast<std::uint64_t>(key / familySize), 120);
    Random random(static_cast<std::uint64_t>(key) + 1);
    for (auto& letter : sequence) {
      if (random.uniform() < 0.25) {
        letter = "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
      }
    }
    proteins.push_back({key, sequence, {}, {}});
  }
  return proteins;
}

inline data::Pairs randomPairs(std::size_t count, std::uint64_t proteins, std::uint64_t seed) {
  Random random(seed);
  data::Pairs pairs;
  while (pairs.size() < count) {
    const auto a = static_cast<data::ProteinKey>(random.below(proteins));
    const auto b = static_cast<data::ProteinKey>(random.below(proteins));
    pairs.push_back({a, b, random.below(3) == 0 ? data::Label::Positive : data::Label::Negative});
  }
  return pairs;
}

inline data::Pairs hubPairs(std::int64_t leaves) {
  data::Pairs pairs;
  for (std::int64_t leaf = 1; leaf <= leaves; ++leaf) {
    pairs.push_back({0, leaf, leaf % 2 == 0 ? data::Label::Positive : data::Label::Negative});
  }
  return pairs;
}

inline data::Pairs unlabelled(data::Pairs pairs) {
  for (auto& pair : pairs) {
    pair.label = data::Label::Unknown;
  }
  return pairs;
}

/// Friendly and hostile ones.
inline std::vector<SplitSample> splitSamples() {
  std::vector<SplitSample> samples;
  const auto add = [&](const std::string& name, data::Pairs pairs, std::int64_t familySize) {
    auto proteins = proteinsOfFamilies(pairs, familySize);
    samples.push_back({name, std::move(pairs), std::move(proteins)});
  };
  add("sparse", randomPairs(300, 200, 1), 4);
  add("dense", randomPairs(2000, 60, 2), 3);
  add("unlabelled", unlabelled(randomPairs(500, 200, 3)), 5);
  add("one protein", {{7, 7, data::Label::Positive}}, 1);
  add("one cluster", randomPairs(200, 30, 4), 1000);
  add("hub in all pairs", hubPairs(60), 1);
  add("fewer pairs than labels and parts",
      {{1, 2, data::Label::Positive}, {3, 4, data::Label::Negative}, {5, 6, data::Label::Unknown}},
      1);
  add("no pairs", {}, 1);
  return samples;
}

inline data::SplitRequest requestFor(const SplitSample& sample, std::uint64_t seed) {
  data::SplitRequest request;
  request.pairs = sample.pairs;
  request.proteins = sample.proteins;
  request.seed = seed;
  return request;
}

/// Proteins of the pairs of a part.
inline std::set<data::ProteinKey> proteinsIn(const data::Pairs& pairs, const data::Split& split,
                                             data::Part part) {
  std::set<data::ProteinKey> found;
  for (const auto i : split.indices(part)) {
    found.insert({pairs[i].a, pairs[i].b});
  }
  return found;
}

/// Swapped and repeated pairs are of one part, what is dropped is counted, and `where` agrees.
inline void checkCut(const SplitSample& sample, const data::Cut& cut) {
  QCOMPARE(cut.split.parts.size(), sample.pairs.size());
  std::map<std::pair<data::ProteinKey, data::ProteinKey>, data::Part> partOf;
  std::int64_t none = 0;
  for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
    const auto& pair = sample.pairs[i];
    const auto part = cut.split.parts[i];
    const auto [place, isNew] = partOf.try_emplace(std::minmax(pair.a, pair.b), part);
    QVERIFY(place->second == part);
    none += part == data::Part::None ? 1 : 0;
    if (cut.where && part != data::Part::None) {
      QVERIFY(cut.where(pair.a, pair.b) == part && cut.where(pair.b, pair.a) == part);
    }
  }
  std::int64_t dropped = 0;
  for (const auto& [reason, count] : cut.dropped) {
    dropped += count;
  }
  QCOMPARE(dropped, none);
}

}  // namespace twofold::tests
