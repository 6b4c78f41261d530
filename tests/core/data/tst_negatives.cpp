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

  void drawnNegativesKeepDegreesAndRules_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("perPositive");
    for (const int ratio : {1, 3, 10, 100}) {
      QTest::addRow("uniform 1:%d", ratio) << static_cast<int>(NegativeKind::Uniform) << ratio;
      QTest::addRow("degree 1:%d", ratio) << static_cast<int>(NegativeKind::Degree) << ratio;
    }
  }

  void drawnNegativesKeepDegreesAndRules() {
    QFETCH(int, kind);
    QFETCH(int, perPositive);
    const Pairs positives = somePositives(150, 600, 3);
    const Pairs others = somePositives(400, 300, 4);
    PairKeys taken;
    for (const Pair& pair : others) {
      taken.insert(pair.a, pair.b);
    }
    NegativeRequest request{positives,
                            perPositive,
                            static_cast<NegativeKind>(kind),
                            &taken,
                            [](ProteinKey a, ProteinKey b) { return (a + b) % 11 != 0; },
                            {}};
    Random random(5);
    const auto drawn = drawNegatives(request, random);
    QCOMPARE(drawn.wanted, 150 * perPositive);
    const auto wanted = degrees(positives);
    PairKeys seen;
    for (const Pair& pair : positives) {
      seen.insert(pair.a, pair.b);
    }
    for (const Pair& pair : drawn.pairs) {
      QVERIFY(pair.a != pair.b && pair.label == Label::Negative && (pair.a + pair.b) % 11 != 0);
      QVERIFY(!taken.contains(pair.a, pair.b) && seen.insert(pair.a, pair.b));
      QVERIFY(wanted.contains(pair.a) && wanted.contains(pair.b));
    }
    auto got = degrees(drawn.pairs);
    std::int64_t largest = 0;
    for (const auto& [protein, degree] : wanted) {
      largest = std::max<std::int64_t>(largest, std::abs(got[protein] - degree * perPositive));
    }
    QCOMPARE(drawn.largestDeviation, largest);
    if (perPositive <= 3) {  // more than that the hubs' free partners do not allow
      QCOMPARE(static_cast<std::int64_t>(drawn.pairs.size()), drawn.wanted);
      QVERIFY(static_cast<NegativeKind>(kind) == NegativeKind::Uniform || largest <= 1);
    }
  }

  void aHubThatIsPairedWithAllLeavesOthersTheirDegrees() {
    Pairs positives = somePositives(300, 200, 8);
    const auto others = degrees(positives);
    for (const auto& [protein, degree] : others) {
      positives.push_back({1000, protein, Label::Positive});
    }
    Random random(1);
    const auto drawn = drawNegatives({positives, 1, NegativeKind::Degree, nullptr, {}, {}}, random);
    auto got = degrees(drawn.pairs);
    QCOMPARE(got[1000], 0);
    QCOMPARE(drawn.mostDeviating, ProteinKey{1000});
    QCOMPARE(drawn.largestDeviation, static_cast<std::int64_t>(others.size()));
    for (const auto& [protein, degree] : others) {
      QVERIFY(std::abs(got[protein] - degree - 1) <= 1);
    }
  }

  void allFreePairsAreFoundWhereFewAre() {
    const Pairs positives = {{1, 2, Label::Positive}, {3, 4, Label::Positive}};
    Random random(1);
    const auto drawn =
        drawNegatives({positives, 50, NegativeKind::Uniform, nullptr, {}, {}}, random);
    QCOMPARE(drawn.pairs.size(), std::size_t{4});
    QCOMPARE(drawn.wanted, 100);
    QVERIFY(drawNegatives({{}, 1, NegativeKind::Uniform, nullptr, {}, {}}, random).pairs.empty());
  }
};

QTEST_GUILESS_MAIN(TestNegatives)
#include "tst_negatives.moc"
