// C1, C2 and C3 keep their promises on every sample, or say with numbers that they cannot.
#include <algorithm>

#include "tests/core/base/expect_error.h"
#include "tests/core/data/splitters/split_samples.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::tests;

namespace {

bool saysRatio(const Cut& cut) {
  return std::any_of(cut.notes.begin(), cut.notes.end(),
                     [](const std::string& note) { return note.starts_with("Asked for"); });
}

bool isNear(const Split& split, Part part, double share) {
  double kept = 0;
  for (const Part some : kParts) {
    kept += static_cast<double>(split.indices(some).size());
  }
  const auto got = static_cast<double>(split.indices(part).size());
  return std::abs(got - share * kept) <= std::max(1.0, 0.1 * share * kept);
}

}  // namespace

class TestSeenRules : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void promisesHold_data() {
    QTest::addColumn<QString>("rule");
    for (const char* rule : {"c1", "c2", "c3"}) {
      QTest::newRow(rule) << rule;
    }
  }

  void promisesHold() {
    QFETCH(QString, rule);
    const std::size_t seenAllowed = rule == "c1" ? 2 : rule == "c2" ? 1 : 0;
    for (const auto& sample : splitSamples()) {
      for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const auto cuts = cutPairs(rule.toStdString(), requestFor(sample, seed));
        QCOMPARE(cuts.size(), std::size_t{1});
        checkCut(sample, cuts[0]);
        const auto seen = proteinsIn(sample.pairs, cuts[0].split, Part::Train);
        for (const Part part : {Part::Validation, Part::Test}) {
          for (const auto i : cuts[0].split.indices(part)) {
            const auto& pair = sample.pairs[i];
            const std::size_t count =
                (seen.contains(pair.a) ? 1 : 0) + (seen.contains(pair.b) ? 1 : 0);
            QVERIFY2(count == seenAllowed, sample.name.c_str());
          }
        }
      }
    }
  }

  void noProteinOfC3IsInTwoParts() {
    for (const auto& sample : splitSamples()) {
      const auto split = cutPairs("c3", requestFor(sample, 1)).at(0).split;
      const auto validation = proteinsIn(sample.pairs, split, Part::Validation);
      for (const auto protein : proteinsIn(sample.pairs, split, Part::Test)) {
        QVERIFY2(!validation.contains(protein), sample.name.c_str());
      }
    }
  }

  void theRatioIsKeptOrTheNoteSaysWhatBecameOfIt() {
    for (const auto* rule : {"c1", "c2", "c3"}) {
      for (const auto& sample : splitSamples()) {
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
          const auto cut = cutPairs(rule, requestFor(sample, seed)).at(0);
          const bool kept = isNear(cut.split, Part::Train, 0.8) &&
                            isNear(cut.split, Part::Validation, 0.1) &&
                            isNear(cut.split, Part::Test, 0.1);
          QVERIFY2(kept != saysRatio(cut), sample.name.c_str());
        }
      }
    }
  }

  void theRatioIsKeptWhereItCanBe() {
    const auto samples = splitSamples();
    for (const auto* rule : {"c1", "c2", "c3"}) {
      const auto cut = cutPairs(rule, requestFor(samples[1], 3)).at(0);
      QVERIFY2(!saysRatio(cut), rule);
    }
  }

  void aHubInAllPairsLeavesNothingForC3ButMuchForC2() {
    const auto samples = splitSamples();
    const auto& hub = samples[5];
    const auto c3 = cutPairs("c3", requestFor(hub, 1)).at(0);
    QVERIFY(c3.split.indices(Part::Test).empty());
    QVERIFY(saysRatio(c3));
    const auto c2 = cutPairs("c2", requestFor(hub, 1)).at(0);
    QCOMPARE(c2.split.indices(Part::Test).size(), std::size_t{6});
    QVERIFY(c2.dropped.empty());
  }

  void c1DropsNothingAndTrainsOnEveryProtein() {
    for (const auto& sample : splitSamples()) {
      const auto cut = cutPairs("c1", requestFor(sample, 2)).at(0);
      QVERIFY(cut.dropped.empty());
      QCOMPARE(proteinsIn(sample.pairs, cut.split, Part::Train).size(), sample.proteins.size());
    }
  }

  void oneSeedGivesOneSplit() {
    const auto samples = splitSamples();
    for (const auto* rule : {"c1", "c2", "c3"}) {
      const auto first = cutPairs(rule, requestFor(samples[0], 5)).at(0).split.hash();
      QCOMPARE(cutPairs(rule, requestFor(samples[0], 5)).at(0).split.hash(), first);
      QVERIFY(cutPairs(rule, requestFor(samples[0], 6)).at(0).split.hash() != first);
    }
  }

  void aZeroShareStaysEmptyAndTrainingMustNotBe() {
    const auto samples = splitSamples();
    auto request = requestFor(samples[1], 1);
    for (const auto* rule : {"c1", "c2", "c3"}) {
      request.ratio = {8, 2, 0};
      const auto split = cutPairs(rule, request).at(0).split;
      QVERIFY(split.indices(Part::Test).empty());
      QVERIFY(!split.indices(Part::Validation).empty());
      request.ratio = {0, 1, 1};
      EXPECT_ERROR(cutPairs(rule, request), ErrorKind::Usage, "must not be zero");
    }
  }
};

QTEST_GUILESS_MAIN(TestSeenRules)
#include "tst_seen_rules.moc"
