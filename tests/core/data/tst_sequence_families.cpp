#include <QTest>

#include "core/base/random.h"
#include "core/data/sequence_families.h"

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

/// `share` of its residues drawn anew.
std::string changed(std::string sequence, double share, std::uint64_t seed) {
  Random random(seed);
  for (auto& letter : sequence) {
    if (random.uniform() < share) {
      letter = "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
    }
  }
  return sequence;
}

}  // namespace

class TestSequenceFamilies : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void relativesAreOneFamilyAndStrangersAreNot() {
    const auto first = drawn(1, 150);
    const auto second = drawn(2, 150);
    const std::vector<std::string> sequences = {first, second, changed(first, 0.5, 3), first,
                                                drawn(4, 150)};
    QCOMPARE(sequenceFamilies(sequences), (std::vector<std::uint32_t>{0, 1, 0, 0, 2}));
  }

  void strangersStayApartAtEveryLength() {
    std::vector<std::string> sequences;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      sequences.push_back(drawn(100 + seed, 20 + seed * 4));
    }
    QCOMPARE(sequenceFamilies(sequences).back(), 59U);
  }

  void familiesGrowThroughRelativesOfRelatives() {
    const auto first = drawn(1, 200);
    const auto next = changed(first, 0.55, 5);
    const auto last = changed(next, 0.55, 6);
    const std::vector<std::string> apart = {first, last};
    QCOMPARE(sequenceFamilies(apart), (std::vector<std::uint32_t>{0, 1}));
    const std::vector<std::string> linked = {first, last, next};
    QCOMPARE(sequenceFamilies(linked), (std::vector<std::uint32_t>{0, 0, 0}));
  }

  void aSharedDomainCountsByTheShorter() {
    const auto domain = drawn(1, 100);
    const std::vector<std::string> sequences = {drawn(2, 200) + domain, domain,
                                                drawn(3, 400) + domain.substr(0, 40)};
    QCOMPARE(sequenceFamilies(sequences), (std::vector<std::uint32_t>{0, 0, 1}));
  }

  void groupsAreJoinedByAnyKey() {
    const std::vector<std::vector<std::uint32_t>> keys = {{1, 2}, {3}, {4, 2}, {}, {3, 4}};
    QCOMPARE(joinedGroups(keys), (std::vector<std::uint32_t>{0, 0, 0, 1, 0}));
  }

  void aStopIsHeard() {
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::string> sequences = {"MKT", "GGG"};
    QVERIFY_THROWS_EXCEPTION(StopRequested, sequenceFamilies(sequences, {}, {}, stop.get_token()));
  }
};

QTEST_APPLESS_MAIN(TestSequenceFamilies)
#include "tst_sequence_families.moc"
