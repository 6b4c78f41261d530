#include <QTest>

#include "core/store/structure_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

std::int64_t insert(Database& database, const StructureInfo& info) {
  Transaction transaction(database);
  const auto key = StructureRepository(database).insert(info);
  transaction.commit();
  return key;
}

/// Haemoglobin: A and C are protein 1, B and D protein 2.
StructureInfo haemoglobin() {
  return {0,
          "2HHB",
          "HAEMOGLOBIN",
          "2hhb.pdb",
          false,
          {{"A", 1, 141, "accession P69905"},
           {"B", 2, 146, "accession P68871"},
           {"C", 1, 140, "same sequence"},
           {"D", 2, 146, "same sequence"}}};
}

}  // namespace

class TestStructureRepository : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aStructureComesBackWithItsChains() {
    StoreFixture store;
    store.addProteins(2);
    const auto key = insert(store.database(), haemoglobin());
    StructureRepository repository(store.database());
    const auto info = repository.structure(key);
    QCOMPARE(info.id, std::string("2HHB"));
    QCOMPARE(info.title, std::string("HAEMOGLOBIN"));
    QCOMPARE(info.file, std::string("2hhb.pdb"));
    QCOMPARE(info.chains.size(), std::size_t{4});
    QCOMPARE(info.chains.at(1).mapping, std::string("accession P68871"));
    QCOMPARE(repository.structures().at(0).chains.at(3).chain, std::string("D"));
    QVERIFY(repository.contains("2HHB"));
    QVERIFY(!repository.contains("2hhb"));
    EXPECT_ERROR(repository.structure(99), ErrorKind::NotFound, "99");
  }

  void theSameIdReplaces() {
    StoreFixture store;
    store.addProteins(2);
    insert(store.database(), haemoglobin());
    auto shorter = haemoglobin();
    shorter.chains.resize(1);
    insert(store.database(), shorter);
    const auto all = StructureRepository(store.database()).structures();
    QCOMPARE(all.size(), std::size_t{1});
    QCOMPARE(all.at(0).chains.size(), std::size_t{1});
  }

  void theBestChainHasTheMostResidues() {
    StoreFixture store;
    store.addProteins(3);
    const auto key = insert(store.database(), haemoglobin());
    StructureRepository repository(store.database());
    QCOMPARE(repository.bestChain(1), (std::optional(std::pair(key, std::string("A")))));
    QVERIFY(!repository.bestChain(3).has_value());
  }

  void showingListsEveryChainPairOnce() {
    StoreFixture store;
    store.addProteins(3);
    insert(store.database(), haemoglobin());
    StructureRepository repository(store.database());
    QCOMPARE(repository.showing(1, 2).size(), std::size_t{4});
    QCOMPARE(repository.showing(2, 1).at(0).chainA, std::string("B"));
    const auto homomer = repository.showing(1, 1);
    QCOMPARE(homomer.size(), std::size_t{1});
    QCOMPARE(homomer.at(0).chainA + homomer.at(0).chainB, std::string("AC"));
    QVERIFY(repository.showing(1, 3).empty());
  }
};

QTEST_GUILESS_MAIN(TestStructureRepository)
#include "tst_structure_repository.moc"
