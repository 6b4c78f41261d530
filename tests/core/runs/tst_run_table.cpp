#include <QTest>

#include <array>

#include "core/base/files.h"
#include "core/runs/exported_run.h"
#include "core/runs/run_csv.h"
#include "core/runs/run_difference.h"
#include "core/runs/run_search.h"
#include "core/runs/run_table.h"
#include "core/runs/tag_lines.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::runs;
using namespace twofold::tests;

class TestRunTable : public QObject {
  Q_OBJECT

 private:
  /// Runs of experiment "a" with auprc .5 .6 .7 and one of "b" with .9; the first has a note.
  struct Made {
    TestFolder folder;
    store::Project project = store::Project::openOrCreate(folder.path("project"));
    std::vector<std::string> ids;

    Made() {
      store::RunRepository runs(project.database());
      for (const double auprc : {0.5, 0.6, 0.7, 0.9}) {
        const auto seed = static_cast<int>(ids.size()) + 1;
        const std::string spec =
            R"({"backbone":{"id":"esm2"},"pairSet":"made","seed":)" + std::to_string(seed) + "}";
        ids.push_back(runs.create(auprc < 0.8 ? "a" : "b", spec, "").id);
        metrics::PartMetrics part;
        part.values = {{"auprc", auprc}};
        runs.setPartMetrics(ids.back(), "validation", part);
        part.values = {{"auprc", auprc - 0.125}};
        runs.setPartMetrics(ids.back(), "test", part);
      }
      tracking().setNote(ids[0], "=HYPERLINK(\"http://x\"),<b>\nnext");
    }
    store::RunTracking tracking() { return store::RunTracking(project.database()); }
    RunTable list(const RunQuery& query) {
      store::RunColumns columns(project.database());
      return listRuns(project.database(), columns, query);
    }
  };

 private Q_SLOTS:
  void aQueryFiltersSortsAndCuts() {
    Made made;
    const auto table = made.list(
        {"metrics.auprc < 0.8", "params.seed, metrics.auprc * 2", "metrics.auprc desc", false, 2});
    QCOMPARE(table.ids, (std::vector{made.ids[2], made.ids[1]}));
    QCOMPARE(table.matching, std::size_t{3});
    QCOMPARE(table.columns[1].title, std::string("metrics.auprc * 2"));
    QCOMPARE(table.columns[1].values.numbers[0], 1.4);
    QCOMPARE(made.list({}).ids.front(), made.ids[3]);  // the newest first
  }

  void archivedRunsAreLeftOut() {
    Made made;
    made.tracking().setArchived(std::array{made.ids[1]}, true);
    QCOMPARE(made.list({}).matching, std::size_t{3});
    QCOMPARE(made.list({"", "", "", true, 0}).matching, std::size_t{4});
  }

  void deltasAreThoseToTheExperimentsBaseline() {
    Made made;
    made.tracking().setBaseline(made.ids[0]);
    const auto table =
        made.list({"", "metrics.auprc, metrics.test.auprc - metrics.auprc, params.seed",
                   "metrics.auprc", false, 0});
    QVERIFY(table.isBaseline[0] && !table.isBaseline[1]);
    QVERIFY(qAbs(table.columns[0].deltas[2] - 0.2) < 1e-12);
    QVERIFY(std::isnan(table.columns[0].deltas[3]));  // its experiment has none
    QVERIFY(qAbs(table.columns[1].deltas[1]) < 1e-12);
    QVERIFY(table.columns[2].deltas.empty());
  }

  void aRunThatIsGoneMeanwhileHasNoDelta() {
    Made made;
    made.tracking().setBaseline(made.ids[0]);
    store::RunColumns columns(made.project.database());
    store::RunRepository(made.project.database()).remove(made.ids[2]);
    const auto table =
        listRuns(made.project.database(), columns, {"", "metrics.auprc", "", true, 0});
    QCOMPARE(table.ids.size(), std::size_t{4});
    QVERIFY(table.ids[1].empty());
    QVERIFY(std::isnan(table.columns[0].deltas[1]));
    QVERIFY(qAbs(table.columns[0].deltas[2] - 0.1) < 1e-12);
  }

  void mistakesSayWhichTextIsWrong() {
    Made made;
    EXPECT_ERROR(made.list({"metrics.auprk > 1", "", "", false, 0}), ErrorKind::Usage, "filter, ");
    EXPECT_ERROR(made.list({"", "id id", "", false, 0}), ErrorKind::Usage, "columns, character 4");
    EXPECT_ERROR(made.list({"", "", "id +", false, 0}), ErrorKind::Usage, "sort, character 5");
  }

  void csvIsInert_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("plain") << "esm2"
                           << "esm2";
    QTest::newRow("formula") << "=HYPERLINK(\"x\")"
                             << "\"'=HYPERLINK(\"\"x\"\")\"";
    QTest::newRow("plus") << "+1"
                          << "'+1";
    QTest::newRow("minus") << "-cmd"
                           << "'-cmd";
    QTest::newRow("at") << "@sum"
                        << "'@sum";
    QTest::newRow("comma") << "a,b"
                           << "\"a,b\"";
    QTest::newRow("line break") << "a\nb"
                                << "\"a\nb\"";
    QTest::newRow("space") << " a"
                           << "\" a\"";
    QTest::newRow("empty") << ""
                           << "";
  }
  void csvIsInert() {
    QFETCH(QString, text);
    QFETCH(QString, field);
    QCOMPARE(QString::fromStdString(csvField(text.toStdString())), field);
  }

  void theTableIsWrittenAsCsv() {
    Made made;
    const auto csv =
        toCsv(made.list({"params.seed = 1", "note, metrics.auprc, -metrics.auprc", "", false, 0}));
    QCOMPARE(csv, "run,note,metrics.auprc,'-metrics.auprc\n" + made.ids[0] +
                      ",\"'=HYPERLINK(\"\"http://x\"\"),<b>\nnext\",0.5,-0.5\n");
  }

  void aLineIsAFilterOrWords() {
    QCOMPARE(searchFrom("esm2 calpha").words, std::string("esm2 calpha"));
    QCOMPARE(searchFrom("my-run (old)").words, std::string("my-run (old)"));
    QCOMPARE(searchFrom("status = 'done'").filter, std::string("status = 'done'"));
    QCOMPARE(searchFrom("note is null").filter, std::string("note is null"));
    QCOMPARE(searchFrom("note 'x").filter, std::string("note 'x"));  // its mistake is told
    QVERIFY(searchFrom("").filter.empty());
  }

  void tagsAreEditedAsLines() {
    const store::RunValueMap values = {{"metrics.test.auprc", 0.5},
                                       {"tags.fold", std::string("3")},
                                       {"tags.text", std::string("two\nlines")}};
    const auto lines = tagLines(values);
    QCOMPARE(lines, std::string("fold=3\ntext=two lines"));
    const auto none = tagChanges(lines, lines);
    QVERIFY(none.set.empty() && none.removed.empty());  // also what cannot be shown as it is
    const auto changes = tagChanges(lines, "fold=4\n\nkind=a=b\n");
    QCOMPARE(changes.set, (std::map<std::string, std::string>{{"fold", "4"}, {"kind", "a=b"}}));
    QCOMPARE(changes.removed, std::vector<std::string>{"text"});
    EXPECT_ERROR(tagChanges("", "fold"), ErrorKind::Usage, "NAME=VALUE");
  }

  void onlyWhatDiffersIsShown() {
    Made made;
    auto tracking = made.tracking();
    tracking.record(made.ids[0],
                    {{"hashes.program", std::string("aa")}, {"system.host", std::string("one")}});
    tracking.record(made.ids[1],
                    {{"hashes.program", std::string("bb")}, {"system.host", std::string("two")}});
    const auto difference =
        differenceOf({tracking.values(made.ids[0]), tracking.values(made.ids[1])});
    QCOMPARE(difference.rows.size(), std::size_t{3});
    QCOMPARE(difference.rows[0].name, std::string("hashes.program"));
    QCOMPARE(difference.rows[1].texts, (std::vector<std::string>{"1", "2"}));
    QCOMPARE(difference.reasons.size(), std::size_t{3});
    QVERIFY(difference.reasons[0].find("other builds") != std::string::npos);
    QCOMPARE(difference.reasons[1], std::string("Their seeds differ (1, 2)."));
    const auto same = differenceOf({tracking.values(made.ids[0]), tracking.values(made.ids[0])});
    QVERIFY(same.rows.empty());
    QVERIFY(same.reasons[0].find("Nothing") != std::string::npos);
  }

  void aRunIsExportedAsAFolder() {
    Made made;
    const auto run = made.project.runFolder(made.ids[0]);
    makeFolders(run / "checkpoints");
    writeFileAtomically(run / "events.jsonl", "{}\n");
    writeFileAtomically(run / "checkpoints" / "epoch.safetensors", "x");
    const auto out = made.folder.path("out");
    const auto written = exportRun(made.project, made.ids[0], out);
    QCOMPARE(written.files, std::int64_t{7});
    const auto json = formats::readJsonFile(out / "run.json");
    QCOMPARE(json.at("params").at("seed").get<int>(), 1);
    QVERIFY(std::filesystem::exists(out / "checkpoints" / "epoch.safetensors"));
    const auto card = readFile(out / "README.md", 1 << 20);
    QVERIFY(card.find("`=HYPERLINK(\"http://x\"),<b> next`") != std::string::npos);
    QVERIFY(card.find("| AUPRC |") != std::string::npos);
    QVERIFY(!written.whyNotRepeatable.empty());  // its pairs were never here
    QVERIFY(card.find("cannot be trained again from here") != std::string::npos);
    EXPECT_ERROR(exportRun(made.project, made.ids[0], out), ErrorKind::Usage, "something here");
    EXPECT_ERROR(exportRun(made.project, "nope", made.folder.path("other")), ErrorKind::NotFound,
                 "no run");
  }

  void bytesThatAreNoTextStopNoExport() {
    Made made;
    made.tracking().setNote(made.ids[0], "caf\xE9");
    const auto out = made.folder.path("out");
    static_cast<void>(exportRun(made.project, made.ids[0], out));
    const auto note = formats::readJsonFile(out / "run.json").at("note").get<std::string>();
    QCOMPARE(note, std::string("caf\xEF\xBF\xBD"));
  }
};

QTEST_GUILESS_MAIN(TestRunTable)
#include "tst_run_table.moc"
