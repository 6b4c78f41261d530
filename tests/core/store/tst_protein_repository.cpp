#include <QTest>

#include "core/base/hash.h"
#include "core/store/structure_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

class TestProteinRepository : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aProteinComesBackWhole() {
    StoreFixture store;
    ProteinRepository proteins(store.database());
    data::ProteinKey key = 0;
    {
      Transaction transaction(store.database());
      key =
          proteins.insert({0, "P69905", "=HYPERLINK(\"x\") <b>α</b>", "Homo sapiens", "MVLSPADK"});
      transaction.commit();
    }
    QCOMPARE(proteins.keyOf("P69905"), std::optional(key));
    QCOMPARE(proteins.keyOf("P69906"), std::optional<data::ProteinKey>());
    const auto protein = proteins.byId("P69905");
    QCOMPARE(protein.key, key);
    QCOMPARE(protein.name, std::string("=HYPERLINK(\"x\") <b>α</b>"));
    QCOMPARE(protein.organism, std::string("Homo sapiens"));
    QCOMPARE(proteins.byKey(key).sequence, std::string("MVLSPADK"));
    QCOMPARE(proteins.identities().at(0).sequenceHash, sha256("MVLSPADK"));
  }

  void theLastDateOfAnEntryStays() {
    StoreFixture store;
    store.addProteins(3);
    ProteinRepository proteins(store.database());
    QVERIFY(proteins.created().empty());
    Transaction transaction(store.database());
    proteins.setCreated(2, "1999-07-15");
    proteins.setCreated(3, "2001-01-01");
    proteins.setCreated(2, "1986-07-21");
    transaction.commit();
    QCOMPARE(proteins.created(),
             (std::map<data::ProteinKey, std::string>{{2, "1986-07-21"}, {3, "2001-01-01"}}));
  }

  void listsAreByKeyAndLoadKeepsTheOrderAsked() {
    StoreFixture store;
    store.addProteins(5);
    ProteinRepository proteins(store.database());
    QCOMPARE(proteins.count(), 5);
    QCOMPARE(proteins.ids().at(2), (std::pair<data::ProteinKey, std::string>(3, "P2")));
    const auto summaries = proteins.summaries();
    QCOMPARE(summaries.at(4).length, 8);
    QVERIFY(!summaries.at(4).hasStructure);
    const std::vector<data::ProteinKey> keys = {4, 1, 4};
    const auto loaded = proteins.load(keys);
    QCOMPARE(loaded.at(0).id, std::string("P3"));
    QCOMPARE(loaded.at(1).id, std::string("P0"));
    QCOMPARE(loaded.at(2).id, std::string("P3"));
  }

  void aChainMakesItsProteinOneWithAStructure() {
    StoreFixture store;
    store.addProteins(2);
    {
      Transaction transaction(store.database());
      static_cast<void>(StructureRepository(store.database())
                            .insert({0, "1ABC", "t", "f.pdb", false, {{"A", 2, 50, "sequence"}}}));
      transaction.commit();
    }
    const auto summaries = ProteinRepository(store.database()).summaries();
    QVERIFY(!summaries.at(0).hasStructure);
    QVERIFY(summaries.at(1).hasStructure);
  }

  void whatIsMissingIsNamedWithTheNearest() {
    StoreFixture store;
    store.addProteins(2);
    ProteinRepository proteins(store.database());
    EXPECT_ERROR(proteins.byId("P9"), ErrorKind::NotFound, "did you mean \"P");
    EXPECT_ERROR(proteins.byKey(99), ErrorKind::NotFound, "99");
    const std::vector<data::ProteinKey> keys = {1, 99};
    EXPECT_ERROR(proteins.load(keys), ErrorKind::NotFound, "99");
  }

  void anIdCanBeThereOnce() {
    StoreFixture store;
    store.addProteins(1);
    Transaction transaction(store.database());
    EXPECT_ERROR(ProteinRepository(store.database()).insert({0, "P0", "", "", "M"}),
                 ErrorKind::Internal, "P0");
  }
};

QTEST_GUILESS_MAIN(TestProteinRepository)
#include "tst_protein_repository.moc"
