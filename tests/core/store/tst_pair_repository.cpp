#include <QTest>

#include "core/store/pair_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;
using data::Label;
using data::Part;

namespace {

const data::Pairs kPairs = {
    {3, 1, Label::Positive}, {1, 2, Label::Negative}, {2, 3, Label::Unknown}};

std::int64_t insertSet(Database& database, const std::string& name, const data::Pairs& pairs) {
  Transaction transaction(database);
  const auto key = PairRepository(database).insertSet(name, "test.tsv", pairs);
  transaction.commit();
  return key;
}

std::int64_t insertSplit(Database& database, std::int64_t set, const data::Split& split) {
  Transaction transaction(database);
  const auto key = PairRepository(database).insertSplit("random", set, split);
  transaction.commit();
  return key;
}

}  // namespace

class TestPairRepository : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void pairsComeBackInTheirOrderWithCounts() {
    StoreFixture store;
    store.addProteins(3);
    const auto key = insertSet(store.database(), "yeast", kPairs);
    PairRepository repository(store.database());
    QCOMPARE(repository.pairs(key), kPairs);
    const auto info = repository.set("yeast");
    QCOMPARE(info.key, key);
    QCOMPARE(info.source, std::string("test.tsv"));
    QCOMPARE(info.pairs, 3);
    QCOMPARE(info.positives, 1);
    QCOMPARE(info.negatives, 1);
    QCOMPARE(repository.sets().size(), std::size_t{1});
  }

  void aSplitComesBackWithItsHashAndLargeSeed() {
    StoreFixture store;
    store.addProteins(3);
    const auto set = insertSet(store.database(), "yeast", kPairs);
    const data::Split split{"random",
                            UINT64_MAX,
                            {Part::Train, Part::None, Part::Test},
                            {{"ratio", "8,1,1"}, {"test", "a \"b\""}}};
    const auto key = insertSplit(store.database(), set, split);
    PairRepository repository(store.database());
    QCOMPARE(repository.split(key).hash(), split.hash());
    QCOMPARE(repository.split(key).parts, split.parts);
    const auto info = repository.splitInfo("yeast", "random");
    QCOMPARE(repository.split(key).options, split.options);
    QCOMPARE(info.options, split.options);
    QCOMPARE(info.seed, UINT64_MAX);
    QCOMPARE(info.train, 1);
    QCOMPARE(info.validation, 0);
    QCOMPARE(info.test, 1);
    QCOMPARE(info.hash, split.hash());
    QCOMPARE(info.pairSet, std::string("yeast"));
  }

  void namesAreTakenOnceAndTheNearestIsNamed() {
    StoreFixture store;
    store.addProteins(3);
    const auto set = insertSet(store.database(), "yeast", kPairs);
    const data::Split split{"random", 1, {Part::Train, Part::Train, Part::Test}};
    insertSplit(store.database(), set, split);
    PairRepository repository(store.database());
    EXPECT_ERROR(insertSet(store.database(), "yeast", kPairs), ErrorKind::Usage, "already");
    EXPECT_ERROR(insertSet(store.database(), "", kPairs), ErrorKind::Usage, "name");
    EXPECT_ERROR(insertSplit(store.database(), set, split), ErrorKind::Usage, "already");
    EXPECT_ERROR(repository.set("yaest"), ErrorKind::NotFound, "\"yeast\"");
    EXPECT_ERROR(repository.splitInfo("yeast", "rondom"), ErrorKind::NotFound, "\"random\"");
    EXPECT_ERROR(repository.splitInfo("yaest", "random"), ErrorKind::NotFound, "\"yeast\"");
    EXPECT_ERROR(repository.pairs(77), ErrorKind::NotFound, "77");
    EXPECT_ERROR(repository.split(77), ErrorKind::NotFound, "77");
  }

  void aPairOfAnUnknownProteinOrASplitOfAnotherSetIsRefused() {
    StoreFixture store;
    store.addProteins(3);
    EXPECT_ERROR(insertSet(store.database(), "x", {{1, 99, Label::Positive}}), ErrorKind::Internal,
                 "FOREIGN KEY");
    QVERIFY(PairRepository(store.database()).sets().empty());
    const auto set = insertSet(store.database(), "yeast", kPairs);
    EXPECT_ERROR(insertSplit(store.database(), set, {"random", 1, {Part::Train}}),
                 ErrorKind::Internal, "another pair set");
  }

  void aSplitThatWasTamperedWithIsRefused() {
    StoreFixture store;
    store.addProteins(3);
    const auto set = insertSet(store.database(), "yeast", kPairs);
    const auto key =
        insertSplit(store.database(), set, {"random", 1, {Part::Train, Part::Train, Part::Test}});
    {
      Transaction transaction(store.database());
      store.database().execute("UPDATE split SET parts = x'000000'");
      transaction.commit();
    }
    EXPECT_ERROR(PairRepository(store.database()).split(key), ErrorKind::BadInput, "hash");
    for (const char* options : {"[1]", "{\"a\":1}", "nonsense"}) {
      {
        Transaction transaction(store.database());
        store.database().prepare("UPDATE split SET options = ?").bind(1, options).run();
        transaction.commit();
      }
      EXPECT_ERROR(PairRepository(store.database()).split(key), ErrorKind::BadInput, "options");
    }
  }
};

QTEST_GUILESS_MAIN(TestPairRepository)
#include "tst_pair_repository.moc"
