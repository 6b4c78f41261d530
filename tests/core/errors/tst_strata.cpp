// Bins of pairs, and whether one of them differs from the rest.
#include <QTest>
#include <cmath>

#include "core/data/annotation.h"
#include "core/errors/strata.h"
#include "core/store/annotation_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/errors/made_up_run.h"

using namespace twofold;
using namespace twofold::errors;
using namespace twofold::tests;

namespace {

const metrics::BootstrapOptions kBootstrap{500, 1, 1, {}};

/// `wrong` of `all` positive pairs, each of two proteins of its own.
void addPairs(std::vector<HandPair>& pairs, int all, int wrong) {
  const auto first = 2 * static_cast<std::int64_t>(pairs.size());
  for (int i = 0; i < all; ++i) {
    const bool label = i % 2 == 0;
    pairs.push_back({first + 2 * i, first + 2 * i + 1, label, (i < wrong) == label ? 0.1F : 0.9F});
  }
}

Binning twoBins(std::size_t first, std::size_t second) {
  Binning binning;
  binning.names = {"first", "second"};
  binning.ofPair.assign(first, 0);
  binning.ofPair.insert(binning.ofPair.end(), second, 1);
  return binning;
}

}  // namespace

class TestStrata : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void binsAreOfTheLowerOrTheHigherProtein() {
    MadeUpRun made;
    const auto part = made.part();
    QCOMPARE(lengthBins(part, Which::Lower).ofPair, (std::vector<std::uint32_t>{0, 0, 1, 1, 2, 3}));
    QCOMPARE(lengthBins(part, Which::Higher).ofPair,
             (std::vector<std::uint32_t>{3, 4, 3, 4, 5, 3}));
    QCOMPARE(degreeBins(part, Which::Lower).ofPair, std::vector<std::uint32_t>(6, 0));
    QCOMPARE(degreeBins(part, Which::Higher).ofPair,
             (std::vector<std::uint32_t>{1, 1, 1, 1, 1, 0}));
    const auto species = speciesBins(part);
    QCOMPARE(species.names, (std::vector<std::string>{"Homo sapiens", "two organisms"}));
    QCOMPARE(species.ofPair, (std::vector<std::uint32_t>{0, 0, 0, 0, 1, 0}));
    const auto places = compartmentBins(made.project().database(), part);
    QCOMPARE(places.ofPair, std::vector<std::uint32_t>(6, Binning::kNone));
    QCOMPARE(traitFromName("degree"), Trait::Degree);
    EXPECT_ERROR(traitFromName("lenght"), ErrorKind::Usage, "length");
  }

  void compartmentsComeFromAnnotations() {
    MadeUpRun made;
    auto& database = made.project().database();
    store::AnnotationRepository repository(database);
    store::Transaction transaction(database);
    const auto source = repository.source("UniProt");
    const auto seenIn = [&](std::size_t protein, const char* location) {
      data::ProteinAnnotations known;
      known.annotations = {{data::AnnotationKind::Location, location, ""}};
      static_cast<void>(repository.add(made.key(protein), known, source));
    };
    seenIn(0, "Nucleus");
    seenIn(1, "Nucleus");
    seenIn(3, "Nucleus");
    seenIn(4, "Mitochondrion");
    transaction.commit();
    const auto bins = compartmentBins(database, made.part());
    QCOMPARE(bins.ofPair, (std::vector<std::uint32_t>{0, 1, 0, 1, Binning::kNone, 0}));
    QVERIFY(!bins.none.empty());
  }

  void aRunWithoutASplitHasNoTrainingPart() {
    MadeUpRun made;
    auto part = made.part();
    part.hasTraining = false;
    EXPECT_ERROR(degreeBins(part, Which::Lower), ErrorKind::Usage, "no split");
    EXPECT_ERROR(nearestInTraining(made.project().database(), part, {}), ErrorKind::Usage,
                 "no split");
  }

  void likenessToTrainingIsFoundByAlignment() {
    MadeUpRun made;
    auto& database = made.project().database();
    auto part = made.part();
    // P4 becomes P1 with every fourth residue another; P5 becomes P2 itself.
    auto mutant = made.proteins().byKey(made.key(1)).sequence;
    for (std::size_t i = 0; i < mutant.size(); i += 4) {
      mutant[i] = mutant[i] == 'W' ? 'A' : 'W';
    }
    store::Transaction transaction(database);
    part.proteins[4].key = made.proteins().insert({0, "mutant", "", "", mutant});
    part.proteins[5].key =
        made.proteins().insert({0, "twin", "", "", made.proteins().byKey(made.key(2)).sequence});
    transaction.commit();
    std::int64_t reported = 0;
    const auto nearest = nearestInTraining(database, part, {1, {}}, [&](const Progress& progress) {
      reported += progress.total == 3 ? 1 : 0;
    });
    QVERIFY(reported > 0);  // the three that are not of the training part
    QVERIFY(nearest[0].isInTraining && nearest[1].isInTraining && nearest[2].isInTraining);
    QVERIFY(!nearest[3].isInTraining);
    QCOMPARE(nearest[3].identity, 0.0);
    QVERIFY(!nearest[4].isInTraining);
    QVERIFY2(std::abs(nearest[4].identity - 0.75) < 0.02,
             std::to_string(nearest[4].identity).c_str());
    QCOMPARE(nearest[4].relative, made.key(1));
    QVERIFY(nearest[5].isInTraining);
    QCOMPARE(similarityBins(part, nearest, Which::Lower).ofPair,
             (std::vector<std::uint32_t>{0, 2, 0, 2, 4, 0}));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_THROWS_EXCEPTION(StopRequested, static_cast<void>(nearestInTraining(
                                                database, part, {1, {}}, {}, stop.get_token())));
  }

  void ratesAreThoseOfTheBinAlone() {
    std::vector<HandPair> pairs;
    addPairs(pairs, 40, 30);
    addPairs(pairs, 40, 10);
    const auto strata = strataOf(handMade(pairs), twoBins(40, 40), 0.5, kBootstrap);
    QCOMPARE(strata.bins.size(), std::size_t(2));
    QCOMPARE(strata.errorRate, 0.5);
    const auto& first = strata.bins[0];
    QCOMPARE(first.pairs, std::int64_t(40));
    QCOMPARE(first.positives, std::int64_t(20));
    QCOMPARE(first.wrong, std::int64_t(30));
    QCOMPARE(first.errorRate.value, 0.75);
    QCOMPARE(first.difference.value, 0.5);
    QCOMPARE(first.recall.value, 0.25);  // 15 of the 20 positives are missed
    QCOMPARE(first.precision.value, 0.25);
    QVERIFY(first.difference.interval->low > 0);
    // No wider than what either source gives, and holding both.
    QVERIFY(first.errorRate.interval->low <= 0.5980604);
    QVERIFY(first.errorRate.interval->high >= 0.8581288);
    QVERIFY(first.p < 0.02);
    QVERIFY(std::abs(first.holm - 2 * first.p) < 1e-12);
    QCOMPARE(strata.bins[1].difference.value, -0.5);
  }

  /// The bootstrap alone would call 0 of 3 sure, since every resample has no error there.
  void fewPairsAreNoEvidence() {
    std::vector<HandPair> pairs;
    addPairs(pairs, 3, 0);
    addPairs(pairs, 1000, 300);
    const auto strata = strataOf(handMade(pairs), twoBins(3, 1000), 0.5, kBootstrap);
    const auto& few = strata.bins[0];
    QCOMPARE(few.errorRate.value, 0.0);
    QVERIFY(few.errorRate.interval->high > 0.56);
    QVERIFY(!few.difference.interval && !few.recall.interval);
    QVERIFY(std::abs(few.p - 0.5584985) < 1e-6);
  }

  /// Forty wrong pairs of one hub are one observation of a protein, not forty.
  void pairsOfOneHubAreNotIndependent() {
    std::vector<HandPair> pairs;
    for (int i = 0; i < 40; ++i) {
      pairs.push_back({0, 1 + i, i % 2 == 0, i % 2 == 0 ? 0.1F : 0.9F});
    }
    while (pairs.size() < 50) {
      pairs.push_back({static_cast<std::int64_t>(2 * pairs.size()),
                       static_cast<std::int64_t>(2 * pairs.size() + 1), true, 0.9F});
    }
    addPairs(pairs, 200, 60);
    const auto strata = strataOf(handMade(pairs), twoBins(50, 200), 0.5, kBootstrap);
    const auto wilsonWidth = 0.22;
    const auto& hub = strata.bins[0].errorRate;
    QCOMPARE(hub.value, 0.8);
    QVERIFY(hub.interval->high - hub.interval->low > wilsonWidth + 0.2);
  }

  void pairsOfNoBinAreLeftOutAndCounted() {
    std::vector<HandPair> pairs;
    addPairs(pairs, 30, 10);
    auto binning = twoBins(20, 10);
    binning.ofPair.back() = Binning::kNone;
    binning.names.emplace_back("empty");
    const auto strata = strataOf(handMade(pairs), binning, 0.5, kBootstrap);
    QCOMPARE(strata.left, std::int64_t(1));
    QCOMPARE(strata.bins.size(), std::size_t(2));
    QCOMPARE(strata.bins[1].pairs, std::int64_t(9));
    QCOMPARE(strata.errorRate, 10.0 / 29);
  }

  void oneClassAndOneBinHaveNothingToCompare() {
    const auto part = handMade({{0, 1, true, 0.9F}, {1, 2, true, 0.1F}});
    auto binning = twoBins(2, 0);
    const auto strata = strataOf(part, binning, 0.5, kBootstrap);
    QCOMPARE(strata.bins.size(), std::size_t(1));
    QVERIFY(std::isnan(strata.bins[0].mcc.value));
    QVERIFY(std::isnan(strata.bins[0].difference.value) && std::isnan(strata.bins[0].p));
    QVERIFY(strataOf({}, {}, 0.5, kBootstrap).bins.empty());
    EXPECT_ERROR(strataOf(part, binning, std::nan(""), kBootstrap), ErrorKind::Usage,
                 "no threshold");
  }
};

QTEST_GUILESS_MAIN(TestStrata)
#include "tst_strata.moc"
