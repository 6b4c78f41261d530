// Folds: everything is once in the test part, and what is kept whole stays whole.
#include "tests/core/base/expect_error.h"
#include "tests/core/data/splitters/split_samples.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::tests;

namespace {

std::vector<Cut> folds(const SplitSample& sample, const std::string& by, std::int64_t count) {
  auto request = requestFor(sample, 1);
  request.options = {{"by", by}, {"folds", count}};
  return cutPairs("folds", request);
}

}  // namespace

class TestFolds : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPairIsTestOnceAndValidationOnce() {
    for (const auto& sample : splitSamples()) {
      const auto cuts = folds(sample, "pairs", 4);
      QCOMPARE(cuts.size(), std::size_t{4});
      std::vector<int> tests(sample.pairs.size());
      std::vector<int> validations(sample.pairs.size());
      for (const auto& cut : cuts) {
        checkCut(sample, cut);
        QVERIFY(cut.dropped.empty());
        for (const auto i : cut.split.indices(Part::Test)) {
          ++tests[i];
        }
        for (const auto i : cut.split.indices(Part::Validation)) {
          ++validations[i];
        }
      }
      QCOMPARE(tests, std::vector<int>(sample.pairs.size(), 1));
      QCOMPARE(validations, tests);
    }
  }

  void foldsHaveTheirOwnNamesAndHashes() {
    const auto samples = splitSamples();
    const auto cuts = folds(samples[0], "pairs", 3);
    QCOMPARE(cuts[0].suffix, std::string("-1"));
    QCOMPARE(cuts[2].suffix, std::string("-3"));
    QCOMPARE(cuts[1].split.options.at("fold"), std::string("2"));
    QVERIFY(cuts[0].split.hash() != cuts[1].split.hash());
  }

  void proteinsOrClustersAreOfOnePart() {
    for (const auto& sample : splitSamples()) {
      for (const auto* by : {"proteins", "clusters"}) {
        std::map<ProteinKey, int> tested;
        for (const auto& cut : folds(sample, by, 3)) {
          checkCut(sample, cut);
          const auto test = proteinsIn(sample.pairs, cut.split, Part::Test);
          for (const auto protein : test) {
            ++tested[protein];
          }
          for (const Part part : {Part::Train, Part::Validation}) {
            for (const auto protein : proteinsIn(sample.pairs, cut.split, part)) {
              QVERIFY2(!test.contains(protein), sample.name.c_str());
            }
          }
        }
        for (const auto& [protein, times] : tested) {
          QCOMPARE(times, 1);
        }
      }
    }
  }

  void tooFewFoldsAreRefused() {
    const auto samples = splitSamples();
    EXPECT_ERROR(folds(samples[0], "pairs", 2), ErrorKind::Usage, "outside 3 to 20");
    EXPECT_ERROR(folds(samples[0], "paris", 3), ErrorKind::Usage, "pairs");
  }
};

QTEST_GUILESS_MAIN(TestFolds)
#include "tst_folds.moc"
