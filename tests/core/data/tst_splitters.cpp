#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/base/random.h"
#include "core/data/splitters.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::data;

namespace {

/// Among `proteins` proteins, so small numbers make swapped and repeated pairs.
Pairs randomPairs(std::size_t count, std::uint64_t proteins, std::uint64_t seed) {
  Random random(seed);
  Pairs pairs;
  while (pairs.size() < count) {
    const auto a = static_cast<ProteinKey>(random.below(proteins));
    const auto b = static_cast<ProteinKey>(random.below(proteins));
    pairs.push_back({a, b, random.below(3) == 0 ? Label::Positive : Label::Negative});
  }
  return pairs;
}

Split split(const Pairs& pairs, const std::array<double, 3>& ratio, std::uint64_t seed) {
  SplitRequest request;
  request.pairs = pairs;
  request.ratio = ratio;
  request.seed = seed;
  return cutPairs("random", request).at(0).split;
}

}  // namespace

class TestSplitters : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theRatioHoldsForEachLabel() {
    const Pairs pairs = randomPairs(5000, 1'000'000, 3);
    const Split made = split(pairs, {8, 1, 1}, 7);
    for (const Label label : {Label::Positive, Label::Negative}) {
      std::map<Part, double> count;
      double total = 0;
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i].label == label) {
          count[made.parts[i]] += 1;
          total += 1;
        }
      }
      QVERIFY(std::abs(count[Part::Train] - 0.8 * total) <= 1);
      QVERIFY(std::abs(count[Part::Validation] - 0.1 * total) <= 1);
      QVERIFY(std::abs(count[Part::Test] - 0.1 * total) <= 1);
    }
  }

  void swappedAndRepeatedPairsStayTogether() {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const Pairs pairs = randomPairs(500, 15, seed);
      const Split made = split(pairs, {6, 2, 2}, seed);
      std::map<std::pair<ProteinKey, ProteinKey>, Part> partOf;
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto [at, isNew] =
            partOf.try_emplace(std::minmax(pairs[i].a, pairs[i].b), made.parts[i]);
        QCOMPARE(at->second, made.parts[i]);
        QVERIFY(made.parts[i] != Part::None);
      }
    }
  }

  void oneSeedGivesOneSplitAndAnotherAnother() {
    const Pairs pairs = randomPairs(1000, 1000, 1);
    QCOMPARE(split(pairs, {8, 1, 1}, 5).hash(), split(pairs, {8, 1, 1}, 5).hash());
    QVERIFY(split(pairs, {8, 1, 1}, 5).parts != split(pairs, {8, 1, 1}, 6).parts);
  }

  void aZeroShareStaysEmpty() {
    const Split made = split(randomPairs(100, 1000, 1), {1, 1, 0}, 1);
    QVERIFY(made.indices(Part::Test).empty());
    QVERIFY(!made.indices(Part::Validation).empty());
  }

  void noPairsGiveAnEmptySplit() { QVERIFY(split({}, {8, 1, 1}, 1).parts.empty()); }

  void aRatioThatMeansNothingIsRefused() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_ERROR(split({}, {0, 0, 0}, 1), ErrorKind::Usage, "8:1:1");
    EXPECT_ERROR(split({}, {8, -1, 1}, 1), ErrorKind::Usage, "negative");
    EXPECT_ERROR(split({}, {nan, 1, 1}, 1), ErrorKind::Usage, "ratio");
  }

  void anUnknownRuleNamesTheNearest() {
    EXPECT_ERROR(splitters().find("randon"), ErrorKind::Usage, "random");
    EXPECT_ERROR(cutPairs("c4", {}), ErrorKind::Usage, "c1");
  }

  void anUnknownOptionNamesTheNearest() {
    SplitRequest request;
    request.options = {{"identiti", 0.5}};
    EXPECT_ERROR(cutPairs("clusters", request), ErrorKind::Usage, "identity");
    request.options = {{"identity", 3.0}};
    EXPECT_ERROR(cutPairs("clusters", request), ErrorKind::Usage, "outside");
  }

  void everyRuleReadsAllOptionsThatItDeclares() {
    for (const auto& entry : splitters().entries()) {
      QVERIFY(!entry.descriptor.name.empty() && entry.descriptor.help.ends_with("."));
      if (entry.descriptor.id != "species") {  // which names an organism or is refused
        QVERIFY(!cutPairs(entry.descriptor.id, {}).empty());
      }
    }
  }

  void optionsAndRatioAreRecordedAndHashed() {
    SplitRequest request;
    const auto first = cutPairs("clusters", request).at(0).split;
    QCOMPARE(first.options.at("identity"), std::string("0.4"));
    QCOMPARE(first.options.at("ratio"), std::string("8,1,1"));
    request.options = {{"identity", 0.5}};
    QVERIFY(first.hash() != cutPairs("clusters", request).at(0).split.hash());
  }
};

QTEST_GUILESS_MAIN(TestSplitters)
#include "tst_splitters.moc"
