#include <QTest>
#include <algorithm>
#include <map>
#include <set>

#include "core/data/negatives.h"

using namespace twofold;
using namespace twofold::data;

namespace {

using Key = std::pair<ProteinKey, ProteinKey>;

Key keyOf(const Pair& pair) {
  return std::minmax(pair.a, pair.b);
}

/// Distinct positives with a few hubs.
Pairs somePositives(std::size_t count, std::uint64_t proteins, std::uint64_t seed) {
  Random random(seed);
  std::set<Key> seen;
  Pairs pairs;
  while (pairs.size() < count) {
    const auto a = static_cast<ProteinKey>(random.below(random.below(4) == 0 ? 10 : proteins));
    const auto b = static_cast<ProteinKey>(random.below(proteins));
    if (a != b && seen.insert(std::minmax(a, b)).second) {
      pairs.push_back({a, b, Label::Positive});
    }
  }
  return pairs;
}

std::map<ProteinKey, int> degrees(const Pairs& pairs) {
  std::map<ProteinKey, int> degree;
  for (const Pair& pair : pairs) {
    ++degree[pair.a];
    ++degree[pair.b];
  }
  return degree;
}

}  // namespace

class TestNegatives : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void eachProteinIsAsOftenNegativeAsPositive() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Pairs positives = somePositives(600, 300, seed);
      Random random(seed);
      const Pairs negatives = degreeMatchedNegatives(positives, random);
      QCOMPARE(negatives.size(), positives.size());
      QCOMPARE(degrees(negatives), degrees(positives));
    }
  }

  void noNegativeIsKnownExcludedRepeatedOrASelfPair() {
    const Pairs positives = somePositives(400, 120, 5);
    const Pairs excluded = somePositives(400, 120, 6);
    Random random(1);
    std::set<Key> taken;
    for (const Pair& pair : positives) {
      taken.insert(keyOf(pair));
    }
    for (const Pair& pair : excluded) {
      taken.insert(keyOf(pair));
    }
    for (const Pair& pair : degreeMatchedNegatives(positives, random, excluded)) {
      QVERIFY(pair.a != pair.b);
      QCOMPARE(pair.label, Label::Negative);
      QVERIFY(taken.insert(keyOf(pair)).second);
    }
  }

  void fewerComeBackWhenThereIsNoChoice() {
    const Pairs triangle = {
        {1, 2, Label::Positive}, {2, 3, Label::Positive}, {1, 3, Label::Positive}};
    Random random(1);
    QVERIFY(degreeMatchedNegatives(triangle, random).empty());
    QVERIFY(degreeMatchedNegatives({}, random).empty());
  }

  void oneSeedGivesOneList() {
    const Pairs positives = somePositives(200, 100, 2);
    Random first(9);
    Random second(9);
    QCOMPARE(degreeMatchedNegatives(positives, first), degreeMatchedNegatives(positives, second));
  }
};

QTEST_GUILESS_MAIN(TestNegatives)
#include "tst_negatives.moc"
