#include <QTest>

#include <cmath>

#include "core/mlflow/import_runs.h"
#include "core/mlflow/run_content.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"
#include "tests/core/imports/small_databases.h"

using namespace twofold;
using namespace twofold::mlflow;
using namespace twofold::tests;

namespace {

/// Tables with the columns of MLflow 3.17's that are read; two experiments, one deleted.
std::string smallStore() {
  return "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);"
         "INSERT INTO alembic_version VALUES ('dc11669786a5');"
         "CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name VARCHAR(256),"
         "  lifecycle_stage VARCHAR(32));"
         "INSERT INTO experiments VALUES (0, 'Default', 'active'), (1, 'ppi', 'active'),"
         "  (2, 'old', 'deleted');"
         "CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name VARCHAR(250), status "
         "  VARCHAR(9), start_time BIGINT, end_time BIGINT, experiment_id INTEGER, lifecycle_stage "
         "  VARCHAR(20));"
         "INSERT INTO runs VALUES ('r1', 'calm-owl', 'FINISHED', 1700000000500, 1700000100000, 1,"
         "    'active'), ('r2', 'lost', 'RUNNING', 1700000001000, NULL, 1, 'active'),"
         "  ('r3', 'gone', 'FINISHED', 1700000002000, 1700000003000, 1, 'deleted'),"
         "  ('r4', 'past', 'FINISHED', 1700000002000, 1700000003000, 2, 'active'),"
         "  ('r5', 'other', 'FINISHED', 1700000002000, 1700000003000, 0, 'active');"
         "CREATE TABLE params (key VARCHAR(250), value VARCHAR(8000), run_uuid VARCHAR(32));"
         "INSERT INTO params VALUES ('lr', '0.001', 'r1'), ('layers', '6', 'r1'),"
         "  ('name', 'esm', 'r1'), ('limit', 'inf', 'r1'), ('frozen', 'true', 'r1');"
         "CREATE TABLE tags (key VARCHAR(250), value VARCHAR(8000), run_uuid VARCHAR(32));"
         "INSERT INTO tags VALUES ('mlflow.note.content', 'a note', 'r1'), ('fold', '2', 'r1'),"
         "  ('two\nlines', CAST(X'61FF62' AS TEXT), 'r1');"
         "CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid "
         "  VARCHAR(32), step BIGINT, is_nan BOOLEAN);"
         "INSERT INTO metrics VALUES ('val_loss', 0.5, 1, 'r1', 2, 0), ('val_loss', 0.75, 1, 'r1',"
         "    1, 0), ('val_loss', 0.625, 2, 'r1', 1, 0), ('val_loss', 0, 3, 'r1', 3, 1),"
         "  ('loss', 0.125, 1, 'r1', 0, 0), ('test/auprc', 0.875, 1, 'r1', 0, 0),"
         "  ('test/auprc_low', 0.75, 1, 'r1', 0, 0), ('test/auprc_high', 1.0, 1, 'r1', 0, 0),"
         "  ('test/n', 9, 1, 'r1', 0, 0), ('huge', 1.7976931348623157e308, 1, 'r1', 0, 0);";
}

struct Made {
  TestFolder folder;
  store::Project project = store::Project::openOrCreate(folder.path("project"));
  store::RunRepository runs{project.database()};

  std::filesystem::path file(const std::string& sql, const std::string& name = "mlflow.db") {
    return makeDatabase(folder.path(name), sql);
  }
  imports::ImportReport read(const std::filesystem::path& file,
                             const std::string& experiment = {}) {
    return importRuns(project, {file, experiment}, {});
  }
  [[nodiscard]] store::RunRecord named(const std::string& name) {
    for (auto& run : runs.runs()) {
      if (runs::runSpecFromJson(formats::Json::parse(run.specJson), run.id).imported->name ==
          name) {
        return run;
      }
    }
    throw std::runtime_error("no run " + name);
  }
};

}  // namespace

class TestImportRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void runsComeWithAllTheyHave() {
    Made made;
    const auto report = made.read(made.file(smallStore()));
    QCOMPARE(report.read, 5);
    QCOMPARE(report.kept, 3);
    QCOMPARE(report.skipped.at("deleted"), 1);
    QCOMPARE(report.skipped.at("of a deleted experiment"), 1);
    QCOMPARE(report.notes.size(), std::size_t{3});
    QVERIFY(report.notes[1].starts_with("2 points are NaN or infinite"));
    QVERIFY(report.notes[2].starts_with("1 points were followed by a later one"));

    const auto run = made.named("calm-owl");
    QCOMPARE(run.experiment, std::string("ppi (MLflow)"));
    QVERIFY(run.status == store::RunStatus::Done);
    QCOMPARE(run.started, 1'700'000'000);
    QCOMPARE(run.finished, 1'700'000'100);
    QCOMPARE(run.note, std::string("a note"));
    const auto& test = run.parts.at("test");
    QCOMPARE(test.values.at("auprc"), 0.875);
    QCOMPARE(test.intervals.at("auprc").low, 0.75);
    QCOMPARE(test.intervals.at("auprc").high, 1.0);
    QCOMPARE(test.values.at("n"), 9.0);  // whose n it is, nobody says
    QVERIFY(std::isnan(test.threshold) && !test.values.contains("auprc_low"));
    // "loss" came first, so "val_loss" keeps its whole name.
    QCOMPARE(run.parts.at("validation").values.at("loss"), 0.125);
    QCOMPARE(run.parts.at("validation").values.at("val_loss"), 0.5);
    QVERIFY(!run.parts.at("validation").values.contains("huge"));
    const auto series = made.runs.series(run.id);
    QCOMPARE(series.size(), std::size_t{1});
    QCOMPARE(series[0].metric, std::string("val_loss"));
    QCOMPARE(series[0].steps, (std::vector<std::int64_t>{1, 2}));
    QCOMPARE(series[0].values, (std::vector<double>{0.625, 0.5}));

    const auto values = store::RunTracking(made.project.database()).values(run.id);
    QCOMPARE(std::get<double>(values.at("params.lr")), 0.001);
    QCOMPARE(std::get<std::int64_t>(values.at("params.layers")), std::int64_t{6});
    QCOMPARE(std::get<std::string>(values.at("params.limit")), std::string("inf"));
    QCOMPARE(std::get<std::string>(values.at("params.frozen")), std::string("true"));
    QCOMPARE(std::get<std::string>(values.at("tags.fold")), std::string("2"));
    QCOMPARE(std::get<std::string>(values.at("tags.two lines")), std::string("a\xEF\xBF\xBD"
                                                                             "b"));
    QCOMPARE(std::get<double>(values.at("metrics.test.auprc")), 0.875);
    QVERIFY(!values.contains("params.pairSet"));
  }

  void aRunThatDidNotFinishSaysSo() {
    Made made;
    static_cast<void>(made.read(made.file(smallStore())));
    const auto run = made.named("lost");
    QVERIFY(run.status == store::RunStatus::Failed);
    QVERIFY(run.message.find("RUNNING") != std::string::npos);
    QCOMPARE(run.finished, 0);
  }

  void importedAgainNothingIsDoubled() {
    Made made;
    const auto file = made.file(smallStore());
    static_cast<void>(made.read(file));
    const auto report = made.read(file);
    QCOMPARE(report.kept, 0);
    QCOMPARE(report.skipped.at("already present"), 3);
    QCOMPARE(made.runs.runs().size(), std::size_t{3});
  }

  void oneExperimentAlone() {
    Made made;
    const auto file = made.file(smallStore());
    const auto report = made.read(file, "Default");
    QCOMPARE(report.read, 1);
    QCOMPARE(report.kept, 1);
    EXPECT_ERROR(made.read(file, "pip"), ErrorKind::NotFound, "ppi");
  }

  void whatThisProjectSentIsNotItsCopy() {
    Made made;
    const auto own = made.runs.create("ppi", R"({"pairSet":"a","split":"b"})", "");
    const auto tag = identityOf(own.id, own.created);
    const auto report =
        made.read(made.file(smallStore() + "INSERT INTO tags VALUES ('twofold.run', '" + tag +
                            "', 'r1'), ('twofold.run', 'rzzzz@1', 'r5');"));
    QCOMPARE(report.skipped.at("sent there by this project"), 1);
    QCOMPARE(report.kept, 2);
  }

  void otherFilesAreRefused_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::newRow("another program's") << "CREATE TABLE go_term (a INTEGER);"
                                       << "no tracking store of MLflow";
    QTest::newRow("newer") << QString::fromStdString(smallStore() +
                                                     "UPDATE alembic_version SET version_num = "
                                                     "'ffffffffffff';")
                           << "schema ffffffffffff, which this program does not know";
    QTest::newRow("no version") << QString::fromStdString(smallStore() +
                                                          "DELETE FROM alembic_version;")
                                << "schema none";
    QTest::newRow("a view for a table")
        << QString::fromStdString(smallStore() +
                                  "DROP TABLE params; CREATE VIEW params AS SELECT 1;")
        << "no table params";
    QTest::newRow("a column is missing")
        << QString::fromStdString(smallStore() + "ALTER TABLE metrics DROP COLUMN is_nan;")
        << "is_nan";
  }
  void otherFilesAreRefused() {
    QFETCH(QString, sql);
    QFETCH(QString, words);
    Made made;
    const auto file = made.file(sql.toStdString());
    EXPECT_ERROR(made.read(file), ErrorKind::BadInput, words.toStdString());
    QVERIFY(made.runs.runs().empty());
  }

  void brokenFilesAreRefused() {
    Made made;
    EXPECT_ERROR(made.read(made.folder.path("none.db")), ErrorKind::NotFound, "none.db");
    EXPECT_ERROR(made.read(made.folder.write("text.db", std::string(5000, 'x'))),
                 ErrorKind::BadInput, "text.db");
    const auto file = made.file(smallStore());
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    EXPECT_ERROR(made.read(file), ErrorKind::BadInput, "damaged");
    QVERIFY(made.runs.runs().empty());
  }

  void changesBesideTheFileAreNotOverlooked() {
    Made made;
    const auto file = made.file(smallStore());
    static_cast<void>(made.folder.write("mlflow.db-wal", "changes"));
    EXPECT_ERROR(made.read(file), ErrorKind::Io, "stop the MLflow server");
  }

  void anImportedRunIsNeverTaken() {
    Made made;
    static_cast<void>(made.read(made.file(smallStore())));
    EXPECT_ERROR(made.runs.claim(made.named("calm-owl").id, currentProcess()), ErrorKind::Usage,
                 "is done");
  }
};

QTEST_GUILESS_MAIN(TestImportRuns)
#include "tst_import_runs.moc"
