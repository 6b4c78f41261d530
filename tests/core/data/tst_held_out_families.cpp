#include <QTest>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/data/held_out_families.h"

using namespace twofold;
using data::CorpusRole;

namespace {

constexpr std::string_view kResidues = "ACDEFGHIKLMNPQRSTVWY";

std::string randomSequence(Random& random, std::size_t length) {
  std::string sequence;
  while (sequence.size() < length) {
    sequence += kResidues[random.below(kResidues.size())];
  }
  return sequence;
}

/// `families` times `members` sequences, each a family's own with 2 % of the residues replaced.
std::vector<std::string> familiesOf(std::size_t families, std::size_t members) {
  Random random(7);
  std::vector<std::string> all;
  for (std::size_t family = 0; family < families; ++family) {
    const auto parent = randomSequence(random, 200);
    for (std::size_t member = 0; member < members; ++member) {
      auto child = parent;
      for (auto& residue : child) {
        residue = random.below(50) == 0 ? kResidues[random.below(kResidues.size())] : residue;
      }
      all.push_back(child);
    }
  }
  return all;
}

}  // namespace

class TestHeldOutFamilies : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noRelativeOfAHeldOutProteinIsTrainedOn() {
    constexpr std::size_t kMembers = 4;
    const auto sequences = familiesOf(60, kMembers);
    const auto roles = data::holdOutFamilies(sequences, {0.1, 3});
    QCOMPARE(std::count(roles.begin(), roles.end(), CorpusRole::HeldOut), 24);
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const auto family = i / kMembers * kMembers;
      const bool isHeld = std::find(roles.begin() + static_cast<std::ptrdiff_t>(family),
                                    roles.begin() + static_cast<std::ptrdiff_t>(family + kMembers),
                                    CorpusRole::HeldOut) !=
                          roles.begin() + static_cast<std::ptrdiff_t>(family + kMembers);
      QCOMPARE(roles[i] == CorpusRole::Training, !isHeld);
    }
  }

  void theSameSeedHoldsOutTheSame() {
    const auto sequences = familiesOf(40, 2);
    QVERIFY(data::holdOutFamilies(sequences, {0.1, 3}) ==
            data::holdOutFamilies(sequences, {0.1, 3}));
    QVERIFY(data::holdOutFamilies(sequences, {0.1, 3}) !=
            data::holdOutFamilies(sequences, {0.1, 4}));
  }

  void aStopEndsIt() {
    const auto sequences = familiesOf(40, 2);
    std::stop_source stop;
    std::int64_t reported = 0;
    const auto progress = [&](const Progress& done) {
      QCOMPARE(done.total, 80);
      reported = done.done;
      if (reported == 10) {
        stop.request_stop();
      }
    };
    QVERIFY_THROWS_EXCEPTION(StopRequested, static_cast<void>(data::holdOutFamilies(
                                                sequences, {0.1, 3}, progress, stop.get_token())));
    QCOMPARE(reported, 10);
  }

  void aLargeFamilyIsNotHeldOut() {
    const auto roles = data::holdOutFamilies(familiesOf(1, 80), {0.1, 3});
    QVERIFY(std::all_of(roles.begin(), roles.end(),
                        [](CorpusRole role) { return role == CorpusRole::Training; }));
  }

  void repeatsAreNoDescent() {
    std::vector<std::string> sequences;
    Random random(9);
    for (int i = 0; i < 40; ++i) {
      sequences.push_back(randomSequence(random, 60) + std::string(40, 'Q') +
                          randomSequence(random, 60));
    }
    const auto roles = data::holdOutFamilies(sequences, {0.1, 3});
    QCOMPARE(std::count(roles.begin(), roles.end(), CorpusRole::HeldOut), 4);
    QCOMPARE(std::count(roles.begin(), roles.end(), CorpusRole::LeftOut), 0);
  }

  void nothingAndTooShortSequencesAreNoTrouble() {
    QVERIFY(data::holdOutFamilies({}, {0.1, 3}).empty());
    const std::vector<std::string> tiny = {"M", "MA", "", "MKV"};
    QCOMPARE(data::holdOutFamilies(tiny, {0.25, 3}).size(), tiny.size());
  }
};

QTEST_GUILESS_MAIN(TestHeldOutFamilies)
#include "tst_held_out_families.moc"
