#include <QTest>
#include <thread>

#include "core/base/hash.h"
#include "core/store/annotation_repository.h"
#include "core/store/migrations.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

/// Pretends that the store was left by a program that knew `schema` migrations.
void pretendSchema(Database& database, std::int64_t schema) {
  Transaction transaction(database);
  database.execute("PRAGMA user_version=" + std::to_string(schema));
  transaction.commit();
}

}  // namespace

class TestMigrator : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anEmptyFileGetsEveryMigration() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    QCOMPARE(schemaOf(database), 0);
    migrate(database);
    QCOMPARE(schemaOf(database), knownSchema());
    QVERIFY(knownSchema() >= 1);
    QCOMPARE(migrations()[0].name, std::string_view("0001_start"));
    migrate(database);  // nothing left to do
    QVERIFY(!std::filesystem::exists(folder.path("x.sqlite.schema-0.backup")));
  }

  void everyTableIsStrict() {
    StoreFixture store;
    auto row = store.database().prepare(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND NOT strict");
    QVERIFY(row.step());
    QCOMPARE(row.integer(0), 0);
  }

  void processesThatStartAtOnceMigrateOnce() {
    const TestFolder folder;
    std::vector<std::jthread> starters;
    std::atomic<int> failures = 0;
    for (int i = 0; i < 8; ++i) {
      starters.emplace_back([&] {
        try {
          Database database(folder.path("x.sqlite"), Access::ReadWrite);
          migrate(database);
        } catch (const Error& error) {
          qWarning("%s", error.what());
          ++failures;
        }
      });
    }
    starters.clear();
    QCOMPARE(failures.load(), 0);
    Database database(folder.path("x.sqlite"), Access::ReadOnly);
    QCOMPARE(schemaOf(database), knownSchema());
  }

  void aNewerStoreIsOpenedReadOnlyAndNotChanged() {
    const TestFolder folder;
    const auto project = folder.path("project");
    {
      Project made = Project::openOrCreate(project);
      pretendSchema(made.database(), knownSchema() + 3);
      QVERIFY(made.database().checkpoint());
    }
    const std::string before = sha256OfFile(project / "twofold.sqlite");
    {
      Project newer = Project::open(project);
      QVERIFY(newer.readOnlyReason().find("made by a newer version (schema " +
                                          std::to_string(knownSchema() + 3)) == 0);
      EXPECT_ERROR(Transaction(newer.database()), ErrorKind::Io, "read-only");
    }
    QCOMPARE(sha256OfFile(project / "twofold.sqlite"), before);
  }

  /// What the migration fills in with SQL is what the program writes today.
  void runsOfSchemaThreeGetTheirValues() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    migrate(database, migrations().first(3));
    const std::string specs[] = {
        R"({"version":1,"experiment":"e","pairSet":"p","split":"s","backbone":{"id":"esm2",)"
        R"("options":{"layers":6,"fast":true,"rate":0.001}},"channels":[{"id":"sequence",)"
        R"("options":{}},{"id":"user:x","options":{"table":"abc"}}],"fusion":{"id":"attention",)"
        R"("options":{}},"head":{"id":"mlp"},"training":{"epochs":3,"none":null},"seed":7,)"
        R"("device":"auto","threads":0})",
        "{}", "[1]", "no json", R"({"backbone":3,"channels":4,"training":[1],"seed":1})"};
    {
      Transaction transaction(database);
      for (const auto& spec : specs) {
        database
            .prepare(
                "INSERT INTO run (id, experiment, spec, split_hash, status, created, started, "
                "finished, message, program_version) "
                "VALUES ('r' || ?1, 'e', ?1, 'h', 'failed', 1, 2, 3, 'why', ?2)")
            .bind(1, spec)
            .bind(2, std::string_view(TWOFOLD_VERSION))
            .run();
      }
      database.execute(
          R"(INSERT INTO part_metrics VALUES (1, 'test',
             '{"n":1,"positives":1,"threshold":0.5,"values":{"auprc":0.5,"mcc":null},)"
          R"("intervals":{}}'), (2, 'test', 'broken');)");
      transaction.commit();
    }
    migrate(database);
    RunTracking tracking(database);
    for (const auto& spec : specs) {
      const auto id = RunRepository(database).create("new " + spec, spec, "h").id;
      auto written = tracking.values(id);
      if (spec == specs[0]) {
        written["metrics.test.auprc"] = 0.5;
      }
      QVERIFY2(tracking.values("r" + spec) == written, spec.c_str());
      const auto history = tracking.history("r" + spec);
      QCOMPARE(history.size(), std::size_t{3});
      QCOMPARE(history[2].at, 3);
      QCOMPARE(history[2].message, std::string("why"));
    }
  }

  void anotherProgramsDatabaseIsRefused() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    {
      Transaction transaction(database);
      database.execute("CREATE TABLE bookmarks (url TEXT) STRICT;");
      transaction.commit();
    }
    EXPECT_ERROR(migrate(database), ErrorKind::BadInput, "another program");
  }

  void aDamagedStoreIsSaid() {
    const TestFolder folder;
    const auto project = folder.path("project");
    { Project::openOrCreate(project).database().checkpoint(); }
    std::filesystem::resize_file(project / "twofold.sqlite", 3000);
    std::filesystem::remove(project / "twofold.sqlite-wal");
    EXPECT_ERROR(Project::open(project), ErrorKind::BadInput, "damaged");
  }

  void anOlderStoreIsCopiedBeforeItIsMigrated() {
    StoreFixture store;
    store.addProteins(3);
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.push_back({"9999_more", "ALTER TABLE protein ADD COLUMN note TEXT NOT NULL DEFAULT '';"});
    migrate(store.database(), steps);
    QCOMPARE(schemaOf(store.database()), knownSchema() + 1);
    store.database().execute("SELECT note FROM protein");
    const auto copy =
        store.path("twofold.sqlite.schema-" + std::to_string(knownSchema()) + ".backup");
    QVERIFY(std::filesystem::exists(copy));
    Database old(copy, Access::ReadOnly);
    QCOMPARE(schemaOf(old), knownSchema());
    QCOMPARE(ProteinRepository(old).count(), 3);
    EXPECT_ERROR(old.prepare("SELECT note FROM protein"), ErrorKind::Internal, "note");
  }

  void aStoreOfSchemaOneGetsTheTablesOfAnnotations() {
    const TestFolder folder;
    Database database(folder.path("x.sqlite"), Access::ReadWrite);
    migrate(database, migrations().first(1));
    {
      Transaction transaction(database);
      static_cast<void>(ProteinRepository(database).insert({0, "P1", "", "", "MKV"}));
      transaction.commit();
    }
    EXPECT_ERROR(database.prepare("SELECT * FROM annotation"), ErrorKind::Internal, "annotation");
    migrate(database);
    QCOMPARE(schemaOf(database), knownSchema());
    QVERIFY(std::filesystem::exists(folder.path("x.sqlite.schema-1.backup")));
    QCOMPARE(ProteinRepository(database).count(), 1);
    Transaction transaction(database);
    AnnotationRepository annotations(database);
    QCOMPARE(annotations.add(1, {{{data::AnnotationKind::Pfam, "PF00240", ""}}, "text", {}, 3},
                             annotations.source("UniProt")),
             1);
    transaction.commit();
    const std::vector<data::ProteinKey> keys = {1};
    QCOMPARE(annotations.load(keys).at(0).publications, 3);
  }

  void aFailingStepOfAnOlderStoreIsRolledBackWhole() {
    StoreFixture store;
    store.addProteins(3);
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.push_back({"9998_good", "CREATE TABLE more (i INTEGER) STRICT;"});
    steps.push_back({"9999_bad", "CREATE TABLE protein (i INTEGER) STRICT;"});
    EXPECT_ERROR(migrate(store.database(), steps), ErrorKind::Internal, "9999_bad");
    QCOMPARE(schemaOf(store.database()), knownSchema());
    EXPECT_ERROR(store.database().prepare("SELECT * FROM more"), ErrorKind::Internal, "more");
    QCOMPARE(ProteinRepository(store.database()).count(), 3);
    QCOMPARE(store.integrity(), std::string("ok"));
  }
};

QTEST_GUILESS_MAIN(TestMigrator)
#include "tst_migrator.moc"
