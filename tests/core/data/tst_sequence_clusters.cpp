#include <QTest>

#include "core/base/random.h"
#include "core/data/sequence_clusters.h"

using namespace twofold;
using namespace twofold::data;

namespace {

std::string drawn(std::uint64_t seed, std::size_t length) {
  Random random(seed);
  std::string letters;
  for (std::size_t i = 0; i < length; ++i) {
    letters += "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
  }
  return letters;
}

/// `share` of its residues drawn anew, and now and then one left out.
std::string changed(const std::string& sequence, double share, std::uint64_t seed) {
  Random random(seed);
  std::string letters;
  for (const char letter : sequence) {
    const double chance = random.uniform();
    if (chance < share) {
      letters += "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
    } else if (chance < 0.995) {
      letters += letter;
    }
  }
  return letters;
}

}  // namespace

class TestSequenceClusters : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsTheFamiliesThatAllAgainstAllFinds() {
    for (const double share : {0.2, 0.35, 0.45}) {
      std::vector<std::string> sequences;
      for (std::uint64_t i = 0; i < 60; ++i) {
        const auto ancestor = drawn(i % 20, 60 + 15 * (i % 20));
        sequences.push_back(i < 20 ? ancestor : changed(ancestor, share, i));
      }
      const FamilyRule rule{0.4, 0.5};
      QCOMPARE(sequenceClusters(sequences, rule), sequenceFamilies(sequences, rule));
      QCOMPARE(sequenceClusters(sequences, rule).back(), 19U);
    }
  }

  void noTwoClustersHaveRelatives() {
    std::vector<std::string> sequences;
    for (std::uint64_t i = 0; i < 60; ++i) {
      // Half of them end in a tag, which makes loose ends.
      sequences.push_back(changed(drawn(i % 12, 80 + 20 * (i % 12)), 0.4, i) +
                          (i % 2 == 0 ? "GSHHHHHHHHHH" : ""));
    }
    const FamilyRule rule{0.4, 0.5};
    const auto clusters = sequenceClusters(sequences, rule);
    int relatives = 0;
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const bool related = relationOf(sequences[i], sequences[j], rule).has_value();
        relatives += related ? 1 : 0;
        QVERIFY(!related || clusters[i] == clusters[j]);
      }
    }
    QVERIFY(relatives > 5);
  }

  void aPartOfTheShorterSequenceIsEnough() {
    const auto whole = drawn(1, 600);
    const std::vector<std::string> sequences = {whole, whole.substr(100, 120), drawn(2, 120)};
    QCOMPARE(sequenceClusters(sequences, {0.4, 0.5}), (std::vector<std::uint32_t>{0, 0, 1}));
  }

  void equalSequencesAreOneClusterHoweverShortOrStrange() {
    const std::vector<std::string> sequences = {"M", "MK", "M", "", "XXXXXXXXXX", "", "XXXXXXXXXX"};
    QCOMPARE(sequenceClusters(sequences), (std::vector<std::uint32_t>{0, 1, 0, 2, 3, 2, 3}));
  }

  void repeatsOfFewLettersAreNoRelationship() {
    std::string first = drawn(1, 200);
    std::string second = drawn(2, 200);
    first.replace(50, 40, std::string(40, 'Q'));
    second.replace(90, 40, std::string(40, 'Q'));
    QCOMPARE(sequenceClusters(std::vector{first, second}, {0.4, 0.1}),
             (std::vector<std::uint32_t>{0, 1}));
  }

  void progressIsReportedAndAStopEndsIt() {
    const std::vector<std::string> sequences = {drawn(1, 80), drawn(1, 80) + "A"};
    std::vector<std::string> stages;
    static_cast<void>(sequenceClusters(sequences, {}, [&](const Progress& progress) {
      stages.emplace_back(progress.stage);
      QVERIFY(progress.done <= progress.total);
    }));
    QCOMPARE(stages.front(), std::string("Comparing sequences"));
    QCOMPARE(stages.back(), std::string("Aligning relatives"));
    std::stop_source source;
    source.request_stop();
    QVERIFY_THROWS_EXCEPTION(StopRequested,
                             (void)sequenceClusters(sequences, {}, {}, source.get_token()));
  }

  void noSequencesHaveNoClusters() { QVERIFY(sequenceClusters({}).empty()); }
};

QTEST_GUILESS_MAIN(TestSequenceClusters)
#include "tst_sequence_clusters.moc"
