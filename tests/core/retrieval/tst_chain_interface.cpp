#include <QTest>
#include <set>

#include "chains.h"
#include "core/retrieval/chain_interface.h"

using namespace twofold;
using namespace twofold::retrieval;
using namespace twofold::tests;

class TestChainInterface : public QObject {
  Q_OBJECT

 private:
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

  static Pairs pairsOf(const ChainInterface& found) {
    Pairs pairs;
    for (const auto& contact : found.contacts) {
      pairs.emplace_back(contact.a, contact.b);
    }
    return pairs;
  }

 private Q_SLOTS:
  void manyToManyKeepsEveryContact() {
    const auto a = chainAt("ACD", {0, 3, 100});
    const auto b = chainAt("EFG", {4, 50, 7});
    const auto found = findInterface(a, b, 7, Matching::ManyToMany);
    QVERIFY((pairsOf(found) == Pairs{{1, 0}, {0, 0}, {1, 2}, {0, 2}}));
    QVERIFY((found.a == std::vector<std::uint32_t>{0, 1}));
    QVERIFY((found.b == std::vector<std::uint32_t>{0, 2}));
    QCOMPARE(found.localA, std::string("AC-"));
    QCOMPARE(found.localB, std::string("E-G"));
  }

  /// The nearest contact takes its residues; the first residue then gets the second best.
  void oneToOneIsGreedyByDistance() {
    const auto a = chainAt("ACD", {0, 3, 100});
    const auto b = chainAt("EFG", {4, 50, 7});
    const auto found = findInterface(a, b, 7, Matching::OneToOne);
    QVERIFY((pairsOf(found) == Pairs{{1, 0}, {0, 2}}));
    const auto nearer = findInterface(a, b, 6, Matching::OneToOne);
    QVERIFY((pairsOf(nearer) == Pairs{{1, 0}}));
    QCOMPARE(nearer.localA, std::string("-C-"));
    QCOMPARE(nearer.localB, std::string("E--"));
  }

  void equalDistancesGoByResidue() {
    const auto a = chainAt("AC", {0, 0});
    const auto b = chainAt("EF", {5, 5});
    QVERIFY((pairsOf(findInterface(a, b, 6, Matching::OneToOne)) == Pairs{{0, 0}, {1, 1}}));
  }

  void noResidueIsMatchedTwice() {
    Random random(1);
    const auto a = randomChain(random, 200, 30, 0);
    const auto b = randomChain(random, 150, 30, 3);
    const auto found = findInterface(a, b, 8, Matching::OneToOne);
    QVERIFY(found.contacts.size() > 20);
    QCOMPARE(found.a.size(), found.contacts.size());
    QCOMPARE(found.b.size(), found.contacts.size());
  }

  void chainsApartHaveNone() {
    const auto found =
        findInterface(chainAt("AC", {0, 1}), chainAt("EF", {500, 501}), 8, Matching::ManyToMany);
    QVERIFY(found.contacts.empty() && found.a.empty() && found.b.empty());
    QCOMPARE(found.localA, std::string("--"));
  }
};

QTEST_GUILESS_MAIN(TestChainInterface)
#include "tst_chain_interface.moc"
