#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/random.h"
#include "core/bio/contacts.h"

using namespace twofold;
using namespace twofold::bio;

class TestContacts : public QObject {
  Q_OBJECT

 private:
  /// Points in a cube around `centre`; every tenth residue has no C-alpha.
  static Chain randomChain(Random& random, std::size_t count, double size, double centre) {
    Chain chain;
    for (std::size_t i = 0; i < count; ++i) {
      Residue residue;
      residue.hasCalpha = i % 10 != 9;
      for (float& value : residue.calpha) {
        value = static_cast<float>(centre + size * (random.uniform() - 0.5));
      }
      chain.residues.push_back(residue);
    }
    return chain;
  }

  using Found = std::set<std::pair<std::uint32_t, std::uint32_t>>;

  static Found bruteForce(const Chain& a, const Chain& b, float radius) {
    Found found;
    for (std::uint32_t i = 0; i < a.residues.size(); ++i) {
      for (std::uint32_t j = 0; j < b.residues.size(); ++j) {
        const auto& p = a.residues[i].calpha;
        const auto& q = b.residues[j].calpha;
        if (a.residues[i].hasCalpha && b.residues[j].hasCalpha &&
            std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) <= radius) {
          found.insert({i, j});
        }
      }
    }
    return found;
  }

 private Q_SLOTS:
  void theGridFindsWhatBruteForceFinds() {
    Random random(11);
    for (const double centre : {0.0, -5000.0, 1e7}) {
      for (const float radius : {0.5F, 4.0F, 8.0F, 100.0F}) {
        const Chain a = randomChain(random, 150, 40, centre);
        const Chain b = randomChain(random, 130, 40, centre + 5);
        const auto contacts = findContacts(a, b, radius);
        Found found;
        for (const auto& contact : contacts) {
          found.insert({contact.a, contact.b});
        }
        QCOMPARE(found.size(), contacts.size());
        QVERIFY(found == bruteForce(a, b, radius));
        for (std::size_t i = 1; i < contacts.size(); ++i) {
          QVERIFY(contacts[i - 1].distance <= contacts[i].distance);
        }
      }
    }
  }

  void aRadiusThatIsNoLengthFindsNothing() {
    Random random(12);
    const Chain chain = randomChain(random, 20, 1, 0);
    for (const float radius : {0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN()}) {
      QVERIFY(findContacts(chain, chain, radius).empty());
      QVERIFY(chainPairsInContact({"x", "", false, {chain, chain}, {}}, radius, 0).empty());
    }
    QVERIFY(findContacts(chain, Chain(), 8).empty());
  }

  void farAndTinyScalesAreDefined() {
    Chain chain;
    chain.residues.resize(1);
    chain.residues[0].hasCalpha = true;
    chain.residues[0].calpha = {3e38F, -3e38F, 0};
    QCOMPARE(findContacts(chain, chain, 1e-30F).size(), std::size_t{1});
  }

  void chainPairsNeedTheMinimum() {
    Random random(13);
    Structure structure;
    structure.chains = {randomChain(random, 60, 20, 0), randomChain(random, 60, 20, 3),
                        randomChain(random, 60, 20, 500)};
    const auto expected = bruteForce(structure.chains[0], structure.chains[1], 8).size();
    const auto pairs = chainPairsInContact(structure, 8, expected);
    QCOMPARE(pairs.size(), std::size_t{1});
    QCOMPARE(pairs[0].a, std::size_t{0});
    QCOMPARE(pairs[0].b, std::size_t{1});
    QCOMPARE(pairs[0].contacts, expected);
    QVERIFY(chainPairsInContact(structure, 8, expected + 1).empty());
  }
};

QTEST_GUILESS_MAIN(TestContacts)
#include "tst_contacts.moc"
