// Families of complexes stay on one side of every division.
#include <QTest>
#include <set>

#include "core/base/random.h"
#include "models/contacts/contact_folds.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::models;

namespace {

std::string sequence(std::uint64_t seed) {
  Random random(seed);
  std::string letters;
  for (int i = 0; i < 80; ++i) {
    letters += "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
  }
  return letters;
}

ContactSet setOf(const std::vector<std::pair<int, int>>& chains) {
  ContactSet set;
  for (const auto& [a, b] : chains) {
    ContactComplex complex;
    complex.structure = "S" + std::to_string(set.complexes.size());
    complex.a = static_cast<std::uint32_t>(set.sequences.size());
    complex.b = complex.a + 1;
    for (const int family : {a, b}) {
      auto letters = sequence(static_cast<std::uint64_t>(family));
      letters[set.sequences.size() % 80] = 'A';  // relatives, not copies
      set.sequences.push_back(letters);
      set.ids.push_back(complex.structure);
    }
    set.complexes.push_back(complex);
  }
  return set;
}

std::set<std::uint32_t> familiesIn(const ContactSet& set, const ComplexFamilies& families,
                                   const std::vector<std::uint32_t>& complexes) {
  std::set<std::uint32_t> found;
  for (const auto c : complexes) {
    found.insert(
        {families.ofSequence[set.complexes[c].a], families.ofSequence[set.complexes[c].b]});
  }
  return found;
}

bool areApart(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
  return std::none_of(a.begin(), a.end(), [&](auto family) { return b.contains(family); });
}

}  // namespace

class TestContactFolds : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

 private Q_SLOTS:
  void complexesThatShareAChainsFamilyAreOneGroup() {
    // 0 and 1 share family 2; 1 and 3 share 3; 4 stands alone; 2 is a homomer.
    const auto set = setOf({{1, 2}, {2, 3}, {4, 4}, {5, 3}, {6, 7}});
    const auto families = familiesOf(set, {});
    QCOMPARE(families.groups, 3U);
    QCOMPARE(families.ofComplex, (std::vector<std::uint32_t>{0, 0, 1, 0, 2}));
  }

  void labelsJoinAndNeverPart() {
    const auto set = setOf({{1, 2}, {2, 3}, {4, 5}, {6, 7}});
    const std::vector<std::string> labels = {"x", "y", "z", "z"};
    QCOMPARE(familiesOf(set, labels).ofComplex, (std::vector<std::uint32_t>{0, 0, 1, 1}));
  }

  void noFamilyStandsOnTwoSides() {
    std::vector<std::pair<int, int>> chains;
    Random random(3);
    for (int i = 0; i < 40; ++i) {
      chains.emplace_back(1 + static_cast<int>(random.below(60)),
                          1 + static_cast<int>(random.below(60)));
    }
    auto set = setOf(chains);
    for (std::uint32_t n = 0; n + 5 < set.sequences.size(); n += 2) {
      set.negatives.push_back({n, n + 5});
    }
    const auto families = familiesOf(set, {});
    std::size_t tested = 0;
    std::size_t negatives = 0;
    const auto tests = testFolds(families, 4);
    QCOMPARE(tests.size(), std::size_t{4});
    for (const auto& test : tests) {
      for (std::uint64_t seed = 1; seed < 6; ++seed) {
        const auto parts = partsOf(set, families, test, seed);
        const auto training = familiesIn(set, families, parts.training);
        const auto validation = familiesIn(set, families, parts.validation);
        const auto held = familiesIn(set, families, parts.test);
        QVERIFY(!parts.training.empty() && !parts.validation.empty());
        QVERIFY(areApart(training, held) && areApart(training, validation) &&
                areApart(validation, held));
        QCOMPARE(parts.training.size() + parts.validation.size() + parts.test.size(),
                 set.complexes.size());
        for (const auto n : parts.negatives) {
          const std::set<std::uint32_t> pair = {families.ofSequence[set.negatives[n].a],
                                                families.ofSequence[set.negatives[n].b]};
          QVERIFY(areApart(pair, held) && areApart(pair, validation));
        }
        negatives += parts.negatives.size();
      }
      tested += test.size();
    }
    QCOMPARE(tested, set.complexes.size());
    QVERIFY(negatives > 0);
  }

  void zeroFoldsLeaveEachFamilyOut() {
    const auto set = setOf({{1, 2}, {2, 3}, {4, 5}, {6, 7}});
    QCOMPARE(testFolds(familiesOf(set, {}), 0).size(), std::size_t{3});
  }

  void tooFewFamiliesAreRefused() {
    const auto one = setOf({{1, 2}, {2, 3}});
    EXPECT_ERROR(testFolds(familiesOf(one, {}), 5), ErrorKind::BadInput, "1 family,");
    const auto families = familiesOf(one, {});
    EXPECT_ERROR(partsOf(one, families, {}, 1), ErrorKind::BadInput, "fewer than two families");
    const auto four = setOf({{1, 2}, {3, 4}, {5, 6}, {7, 8}});
    EXPECT_ERROR(testFolds(familiesOf(four, {}), 1), ErrorKind::Usage, "--folds");
  }

  void aTableOfFamiliesIsReadOrRefusedByLine() {
    const auto set = setOf({{1, 2}, {3, 4}});
    const auto good = m_folder.write("good.tsv", "S0\tx\nS1\ty\nS9\tz\n");
    QCOMPARE(readFamilyLabels(good, set), (std::vector<std::string>{"x", "y"}));
    EXPECT_ERROR(readFamilyLabels(m_folder.write("bad.tsv", "S0\tx\nS1 y\n"), set),
                 ErrorKind::BadInput, "bad.tsv:2");
    EXPECT_ERROR(readFamilyLabels(m_folder.write("twice.tsv", "S0\tx\nS0\ty\n"), set),
                 ErrorKind::BadInput, "there twice");
    EXPECT_ERROR(readFamilyLabels(m_folder.write("short.tsv", "S0\tx\n"), set), ErrorKind::BadInput,
                 "\"S1\" has no family");
  }
};

QTEST_GUILESS_MAIN(TestContactFolds)
#include "tst_contact_folds.moc"
