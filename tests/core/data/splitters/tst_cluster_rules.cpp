// clusters and partition: no relatives on two sides; partition loses no more pairs than clusters.
#include "core/data/sequence_families.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/data/splitters/split_samples.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::tests;

namespace {

std::size_t keptBy(const Cut& cut) {
  std::size_t kept = 0;
  for (const Part part : kParts) {
    kept += cut.split.indices(part).size();
  }
  return kept;
}

const SplitProtein& proteinOf(const SplitSample& sample, ProteinKey key) {
  return *std::find_if(sample.proteins.begin(), sample.proteins.end(),
                       [key](const SplitProtein& protein) { return protein.key == key; });
}

}  // namespace

class TestClusterRules : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noRelativesAreOnTwoSides() {
    for (const auto& sample : splitSamples()) {
      for (const auto* rule : {"clusters", "partition"}) {
        const auto cut = cutPairs(rule, requestFor(sample, 1)).at(0);
        checkCut(sample, cut);
        const auto train = proteinsIn(sample.pairs, cut.split, Part::Train);
        const auto validation = proteinsIn(sample.pairs, cut.split, Part::Validation);
        for (const auto& [from, others] :
             {std::pair(Part::Validation, train), {Part::Test, train}, {Part::Test, validation}}) {
          for (const auto protein : proteinsIn(sample.pairs, cut.split, from)) {
            for (const auto other : others) {
              QVERIFY2(!areRelated(proteinOf(sample, protein).sequence,
                                   proteinOf(sample, other).sequence, {0.4, 0.5}),
                       sample.name.c_str());
            }
          }
        }
      }
    }
  }

  void partitionLosesNoMorePairs() {
    for (const auto& sample : splitSamples()) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto clusters = cutPairs("clusters", requestFor(sample, seed)).at(0);
        const auto partition = cutPairs("partition", requestFor(sample, seed)).at(0);
        QVERIFY2(keptBy(partition) >= keptBy(clusters), sample.name.c_str());
      }
    }
  }

  void partitionFindsIslands() {
    // Ten islands of ten proteins each, all pairs inside one: nothing has to be lost.
    SplitSample sample;
    for (ProteinKey island = 0; island < 10; ++island) {
      for (ProteinKey a = 0; a < 10; ++a) {
        for (ProteinKey b = 0; b < a; ++b) {
          sample.pairs.push_back({island * 10 + a, island * 10 + b, Label::Positive});
        }
      }
    }
    sample.proteins = proteinsOfFamilies(sample.pairs, 1);
    const auto cut = cutPairs("partition", requestFor(sample, 1)).at(0);
    QVERIFY(keptBy(cut) == sample.pairs.size());
    QCOMPARE(cut.split.indices(Part::Test).size(), std::size_t{45});
    QVERIFY(keptBy(cutPairs("clusters", requestFor(sample, 1)).at(0)) < sample.pairs.size());
  }

  void oneClusterCannotBeDividedAndTheNoteSaysSo() {
    const auto samples = splitSamples();
    for (const auto* rule : {"clusters", "partition"}) {
      const auto cut = cutPairs(rule, requestFor(samples[4], 1)).at(0);
      QCOMPARE(cut.split.indices(Part::Train).size(), samples[4].pairs.size());
      QVERIFY(cut.notes.at(0).find("1 clusters") != std::string::npos);
      QVERIFY(cut.notes.back().find("got 100.0 : 0.0 : 0.0 %") != std::string::npos);
    }
  }

  void identityDecidesWhatAClusterIs() {
    const auto samples = splitSamples();
    auto request = requestFor(samples[0], 1);
    request.options = {{"identity", 0.95}};
    const auto strict = cutPairs("clusters", request).at(0);
    const auto noteOf = [&](const Cut& cut) { return cut.notes.at(0); };
    const auto count = std::to_string(samples[0].proteins.size());
    QVERIFY(noteOf(strict).starts_with(count + " proteins are in " + count + " clusters"));
    QVERIFY(noteOf(cutPairs("clusters", requestFor(samples[0], 1)).at(0)) != noteOf(strict));
  }

  void oneSeedGivesOneSplitAndAStopEndsIt() {
    const auto samples = splitSamples();
    for (const auto* rule : {"clusters", "partition"}) {
      auto request = requestFor(samples[1], 5);
      QCOMPARE(cutPairs(rule, request).at(0).split.hash(),
               cutPairs(rule, request).at(0).split.hash());
      std::stop_source source;
      source.request_stop();
      request.stop = source.get_token();
      QVERIFY_THROWS_EXCEPTION(StopRequested, (void)cutPairs(rule, request));
    }
  }
};

QTEST_GUILESS_MAIN(TestClusterRules)
#include "tst_cluster_rules.moc"
