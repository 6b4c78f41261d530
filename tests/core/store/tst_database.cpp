#include <QTest>
#include <array>
#include <cmath>
#include <limits>

#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

void makeTable(Database& database) {
  Transaction transaction(database);
  database.execute("CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB) STRICT;");
  transaction.commit();
}

std::string pragma(Database& database, const std::string& name) {
  auto row = database.prepare("PRAGMA " + name);
  return row.step() ? std::string(row.text(0)) : std::string();
}

}  // namespace

class TestDatabase : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theSettingsAreThoseOfTheSchemaPage() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    QCOMPARE(pragma(database, "journal_mode"), std::string("wal"));
    QCOMPARE(pragma(database, "synchronous"), std::string("2"));
    QCOMPARE(pragma(database, "foreign_keys"), std::string("1"));
    QCOMPARE(pragma(database, "wal_autocheckpoint"), std::string("0"));
    QCOMPARE(pragma(database, "trusted_schema"), std::string("0"));
    QCOMPARE(pragma(database, "cell_size_check"), std::string("1"));
  }

  void valuesOfEachTypeComeBack() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    makeTable(database);
    const std::array bytes = {std::byte{0}, std::byte{255}, std::byte{7}};
    const std::string text("a\0\xC3\xA9'; DROP TABLE t", 20);
    Transaction transaction(database);
    auto insert = database.prepare("INSERT INTO t VALUES (?, ?, ?, ?)");
    insert.bind(1, std::int64_t{-5}).bind(2, 0.1).bind(3, text).bindBlob(4, bytes).run();
    insert.bindNull(1).bind(2, std::numeric_limits<double>::quiet_NaN());
    insert.bind(3, std::string_view()).bindBlob(4, {}).run();
    transaction.commit();
    auto row = database.prepare("SELECT i, r, s, b FROM t");
    QVERIFY(row.step());
    QCOMPARE(row.integer(0), -5);
    QCOMPARE(row.real(1), 0.1);
    QCOMPARE(row.text(2), std::string_view(text));
    QVERIFY(std::equal(row.blob(3).begin(), row.blob(3).end(), bytes.begin(), bytes.end()));
    QVERIFY(row.step());
    QVERIFY(row.isNull(0) && row.isNull(1) && !row.isNull(2) && !row.isNull(3));
    QVERIFY(!row.step());
  }

  void anUncommittedTransactionLeavesNothing() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    makeTable(database);
    {
      Transaction transaction(database);
      database.execute("INSERT INTO t (i) VALUES (1)");
    }
    auto count = database.prepare("SELECT count(*) FROM t");
    QVERIFY(count.step());
    QCOMPARE(count.integer(0), 0);
  }

  void writingOutsideATransactionIsRefused() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    makeTable(database);
    EXPECT_ERROR(database.execute("INSERT INTO t (i) VALUES (1)"), ErrorKind::Internal,
                 "outside a transaction");
    const Transaction outer(database);
    EXPECT_ERROR(Transaction(database), ErrorKind::Internal, "inside another");
  }

  void eachCommitChangesTheDataVersionOfEveryConnection() {
    const TestFolder folder;
    Database writer(folder.path("x.sqlite"), Access::ReadWrite);
    makeTable(writer);
    Database reader(folder.path("x.sqlite"), Access::ReadOnly);
    const auto ownBefore = writer.dataVersion();
    const auto otherBefore = reader.dataVersion();
    Transaction transaction(writer);
    writer.execute("INSERT INTO t (i) VALUES (1)");
    transaction.commit();
    QVERIFY(writer.dataVersion() > ownBefore);
    QVERIFY(reader.dataVersion() > otherBefore);
    const auto quiet = reader.dataVersion();
    QCOMPARE(reader.dataVersion(), quiet);
  }

  void checkpointFoldsTheLogInUnlessSomebodyWrites() {
    const TestFolder folder;
    Database first(folder.path("x.sqlite"), Access::ReadWrite);
    makeTable(first);
    Database second(folder.path("x.sqlite"), Access::ReadWrite);
    const auto log = folder.path("x.sqlite-wal");
    QVERIFY(std::filesystem::file_size(log) > 0);
    {
      const Transaction writing(second);
      QVERIFY(!first.checkpoint());
      QVERIFY(!second.checkpoint());
    }
    QVERIFY(first.checkpoint());
    QCOMPARE(std::filesystem::file_size(log), std::uintmax_t{0});
    Database reader(folder.path("x.sqlite"), Access::ReadOnly);
    QVERIFY(!reader.checkpoint());
  }

  void closingTheLastConnectionLeavesTheLog() {
    const TestFolder folder;
    {
      Database database(folder.path("x.sqlite"), Access::ReadWrite);
      makeTable(database);
    }
    QVERIFY(std::filesystem::file_size(folder.path("x.sqlite-wal")) > 0);
    Database again(folder.path("x.sqlite"), Access::ReadOnly);
    auto count = again.prepare("SELECT count(*) FROM t");
    QVERIFY(count.step());
  }

  void readOnlyConnectionsCannotWrite() {
    const TestFolder folder;
    { Database database(folder.path("x.sqlite"), Access::ReadWrite); }
    Database reader(folder.path("x.sqlite"), Access::ReadOnly);
    EXPECT_ERROR(Transaction(reader), ErrorKind::Io, "read-only");
  }

  void aMissingFolderAndAFileThatIsNoStoreAreSaid() {
    const TestFolder folder;
    EXPECT_ERROR(Database(folder.path("no/x.sqlite"), Access::ReadWrite), ErrorKind::Io,
                 "x.sqlite");
    const auto text = folder.write("y.sqlite", std::string(8192, 'x'));
    EXPECT_ERROR(Database(text, Access::ReadWrite), ErrorKind::BadInput, "damaged");
  }

  void foreignFilesAreReadWithoutTrust() {
    const TestFolder folder;
    const auto path = folder.path("x?a=b#c.sqlite");
    {
      Database made(path, Access::ReadWrite);
      Transaction transaction(made);
      made.execute(
          "CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (7);"
          "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
          "SELECT i FROM n;");
      transaction.commit();
      QVERIFY(made.checkpoint());
    }
    Database foreign(path, Access::Foreign);
    QVERIFY(foreign.hasTable("t") && !foreign.hasTable("endless") && !foreign.hasTable("none"));
    auto row = foreign.prepare("SELECT i FROM t");
    QVERIFY(row.step());
    QCOMPARE(row.integer(0), 7);
    EXPECT_ERROR(Transaction(foreign), ErrorKind::Io, "read-only");
    EXPECT_ERROR(foreign.execute("SELECT i FROM endless"), ErrorKind::BadInput, "no such table");
    EXPECT_ERROR(foreign.prepare("SELECT j FROM t"), ErrorKind::BadInput, "no such column: j");
    EXPECT_ERROR(foreign.execute("SELECT hex(zeroblob(8000000))"), ErrorKind::BadInput, "too big");
    EXPECT_ERROR(foreign.execute("ATTACH 'other.sqlite' AS o"), ErrorKind::BadInput, "attached");
  }

  void damagedForeignFilesAreSaid() {
    const TestFolder folder;
    const auto path = folder.write("x.sqlite", std::string("SQLite format 3\0", 16) + "nonsense");
    EXPECT_ERROR(Database(path, Access::Foreign), ErrorKind::BadInput, "fetch it again");
    EXPECT_ERROR(Database(folder.path("none.sqlite"), Access::Foreign), ErrorKind::Io, "none");
  }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
