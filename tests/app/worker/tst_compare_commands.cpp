// import scores, compare and evaluate on imported runs.
#include <fmt/format.h>

#include <QTest>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "worker_harness.h"

using namespace twofold::test;

namespace {

struct Row {
  std::string a;
  std::string b;
  int label = 0;
  double score = 0;
};

/// The pairs of the made-up project, with scores that are right in three of four.
std::vector<Row> scoredRows(const MadeUpProject& made) {
  std::ifstream file(made.file("pairs.tsv").toStdString());
  std::vector<Row> rows;
  Row row;
  for (int i = 0; file >> row.a >> row.b >> row.label; ++i) {
    const double doubt = 0.05 + 0.4 * std::fmod(i * 0.618, 1.0);
    row.score = (i % 4 == 3) != (row.label == 1) ? 1 - doubt : doubt;
    rows.push_back(row);
  }
  return rows;
}

template <class Line>
std::string linesOf(const std::vector<Row>& rows, Line line) {
  std::string text;
  for (const Row& row : rows) {
    text += line(row) + "\n";
  }
  return text;
}

std::string threeColumns(const std::vector<Row>& rows) {
  return linesOf(rows,
                 [](const Row& row) { return fmt::format("{}\t{}\t{}", row.a, row.b, row.score); });
}

QStringList importCommand(const QString& file, const QStringList& more = {}) {
  return QStringList{"import", "scores", file,      "--pairs", "made",
                     "--name", "Rival",  "--split", "none"} +
         more;
}

/// Without a split of its own the whole pair set is the test part.
bool prepareWithoutSplit(const MadeUpProject& made) {
  return made.run({"import", "proteins", made.file("proteins.fasta")}).exitCode == 0 &&
         made.run({"import", "pairs", made.file("pairs.tsv"), "--name", "made"}).exitCode == 0;
}

std::string runOf(const WorkerResult& result) {
  return result.last().value("run", std::string());
}

QString qs(const std::filesystem::path& text) {
  return QString::fromStdString(text.string());
}

}  // namespace

class TestCompareCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyLayoutGivesTheSameRun() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    const auto rows = scoredRows(made);
    const auto plain = made.run(importCommand(made.write("three.tsv", threeColumns(rows))));
    QVERIFY2(plain.exitCode == 0, plain.message().c_str());
    QCOMPARE(plain.last().at("layout").get<std::string>(), std::string("three columns"));
    const auto test = plain.last().at("parts").at("test");
    QVERIFY(std::abs(test.at("accuracy").get<double>() - 0.75) < 1e-12);
    const auto same = [&](const QStringList& command, const std::string& layout) {
      const auto result = made.run(command);
      QVERIFY2(result.exitCode == 0, result.message().c_str());
      QCOMPARE(result.last().at("layout").get<std::string>(), layout);
      QCOMPARE(result.last().at("parts").at("test").dump(), test.dump());
    };
    same(importCommand(made.write("tuna.tsv", "Protein A\tProtein B\tT\tS\tuncertainty\n" +
                                                  linesOf(rows,
                                                          [](const Row& r) {
                                                            return fmt::format(
                                                                "{}\t{}\t{}\t{}\t0.5", r.b, r.a,
                                                                r.label, r.score);
                                                          }))),
         "TUnA");
    same(importCommand(made.write("dscript.tsv", linesOf(rows,
                                                         [](const Row& r) {
                                                           return fmt::format("{}\t{}\t{}.0\t{}",
                                                                              r.a, r.b, r.label,
                                                                              r.score);
                                                         }))),
         "D-SCRIPT");
    const auto named =
        made.write("named.csv", "score;protein1;protein2\r\n" + linesOf(rows, [](const Row& r) {
                                  return fmt::format("{};\"{}\";{}\r", r.score, r.b, r.a);
                                }));
    same(importCommand(named), "named columns");
    same(importCommand(named, {"--columns", "protein2,protein1,score"}), "given columns");
    QCOMPARE(QProcess::execute("gzip", {named}), 0);
    same(importCommand(named + ".gz"), "named columns");
    const QStringList ids = {"--ids", made.file("pairs.tsv")};
    same(importCommand(made.write("sprint.txt", linesOf(rows,
                                                        [](const Row& r) {
                                                          return fmt::format("{} {}", r.score,
                                                                             r.label);
                                                        })),
                       ids),
         "SPRINT");
    same(importCommand(
             made.write("pred_scores.csv",
                        linesOf(rows, [](const Row& r) { return fmt::format("{}", r.score); })),
             ids),
         "scores alone");
    same(importCommand(made.write(
             "plm.csv", "query,text,score\n" + linesOf(rows,
                                                       [&](const Row& r) {
                                                         return fmt::format(
                                                             "{},{},{}", sequenceOf(made, r.a),
                                                             sequenceOf(made, r.b), r.score);
                                                       }))),
         "PLM-interact");
  }

  void brokenFilesEndWith65AndLeaveNoRun_data() {
    QTest::addColumn<std::string>("content");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<std::string>("words");
    const QStringList none;
    QTest::newRow("no number") << std::string("p00\tp01\thigh\n") << none << std::string(":1: ");
    QTest::newRow("labels alone") << std::string("p00\tp01\t1\np02\tp03\t0\n") << none
                                  << std::string("which are labels");
    QTest::newRow("one id") << std::string("p00\t0.5\n") << none
                            << std::string("--columns a,b,score");
    QTest::newRow("many columns") << std::string("p00\tp01\t0.5\t0.6\t0.7\n") << none
                                  << std::string("5 columns");
    QTest::newRow("two scores") << std::string("protein1,protein2,score,prob\np00,p01,0.5,0.6\n")
                                << none << std::string("may both be the score");
    QTest::newRow("no score") << std::string("protein1,protein2,x\np00,p01,0.5\n") << none
                              << std::string("no column is called score");
    QTest::newRow("a short row") << std::string("p00\tp01\t0.5\np02\t0.4\n") << none
                                 << std::string("broken:2: ");
    QTest::newRow("an empty id") << std::string("p00\t\t0.5\n") << none << std::string("no id");
    QTest::newRow("empty") << std::string() << none << std::string("broken: ");
    QTest::newRow("unknown proteins")
        << std::string("x\ty\t0.5\n") << none << std::string("no score is of a");
    QTest::newRow("missing pairs")
        << std::string("a") << none << std::string("--missing leave-out");
    QTest::newRow("scores alone without ids")
        << std::string("0.5\n0.6\n") << none << std::string("--ids FILE");
    QTest::newRow("out of range") << std::string("b") << QStringList{"--scores", "probability"}
                                  << std::string("--scores logit");
    QTest::newRow("other labels") << std::string("c") << none << std::string("another label");
    QTest::newRow("two values") << std::string("d") << none << std::string("--repeated mean");
  }

  void brokenFilesEndWith65AndLeaveNoRun() {
    QFETCH(std::string, content);
    QFETCH(QStringList, options);
    QFETCH(std::string, words);
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    auto rows = scoredRows(made);
    if (content == "a") {  // some rows are not there
      rows.resize(150);
      content = threeColumns(rows);
    } else if (content == "b") {
      rows[3].score = 7;
      content = threeColumns(rows);
    } else if (content == "c") {
      rows[5].label = 1 - rows[5].label;
      content = linesOf(rows, [](const Row& r) {
        return fmt::format("{}\t{}\t{}\t{}", r.a, r.b, r.label, r.score);
      });
    } else if (content == "d") {
      rows.push_back({rows[0].b, rows[0].a, rows[0].label, 0.123});
      content = threeColumns(rows);
    }
    const auto result = made.run(importCommand(made.write("broken", content), options));
    QCOMPARE(result.exitCode, 65);
    QVERIFY2(result.message().find(words) != std::string::npos, result.message().c_str());
    QVERIFY(made.run({"runs"}).last().at("runs").empty());
  }

  void whatIsLeftOutIsCounted() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    auto rows = scoredRows(made);
    const std::size_t all = rows.size();
    auto text = threeColumns({rows.begin() + 3, rows.end()});
    text += fmt::format("{}\t{}\tnan\n", rows[0].a, rows[0].b);
    text += fmt::format("{}\t{}\tinf\n", rows[1].a, rows[1].b);
    text += fmt::format("{}\t{}\t{}\n", rows[9].b, rows[9].a, rows[9].score);
    text += fmt::format("{}\t{}\t0.9\n", rows[10].b, rows[10].a);
    text += "nobody\tp01\t0.5\np05\tp05\t0.5\n";
    const auto file = made.write("scores.tsv", text);
    const auto result =
        made.run(importCommand(file, {"--missing", "leave-out", "--repeated", "leave-out"}));
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto counts = result.last().at("counts");
    QCOMPARE(counts.at("read").get<std::size_t>(), all + 3);
    QCOMPARE(counts.at("kept").get<std::size_t>(), all - 4);
    const auto& skipped = counts.at("skipped");
    QCOMPARE(skipped.at("no number").get<int>(), 2);
    QCOMPARE(skipped.at("repeated pair").get<int>(), 1);
    QCOMPARE(skipped.at("repeated pair, another score").get<int>(), 1);
    QCOMPARE(skipped.at("unknown protein").get<int>(), 1);
    QCOMPARE(skipped.at("pair not in the set").get<int>(), 1);
    QVERIFY(result.last().at("notes").dump().find("4 test pairs have no score") !=
            std::string::npos);
    QVERIFY(result.last().at("notes").dump().find("the threshold is 0.5") != std::string::npos);
    const auto mean =
        made.run(importCommand(file, {"--missing", "leave-out", "--repeated", "mean"}));
    QCOMPARE(mean.last().at("counts").at("kept").get<std::size_t>(), all - 3);
  }

  void ranksKeepTheirOrderAndLogitsBecomeProbabilities() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    auto rows = scoredRows(made);
    const auto plain = made.run(importCommand(made.write("p.tsv", threeColumns(rows))))
                           .last()
                           .at("parts")
                           .at("test");
    for (Row& row : rows) {
      row.score = std::log(row.score / (1 - row.score));
    }
    const auto file = made.write("logits.tsv", threeColumns(rows));
    const auto ranks = made.run(importCommand(file)).last();
    QCOMPARE(ranks.at("scale").get<std::string>(), std::string("rank"));
    QCOMPARE(ranks.at("threshold").get<std::string>(), std::string("none"));
    const auto& test = ranks.at("parts").at("test");
    QVERIFY(std::abs(test.at("auroc").get<double>() - plain.at("auroc").get<double>()) < 1e-9);
    for (const char* undefined : {"brier", "ece", "loss", "accuracy", "f1", "threshold"}) {
      QVERIFY2(test.at(undefined).is_null(), undefined);
    }
    const auto logits = made.run(importCommand(file, {"--scores", "logit"})).last();
    QVERIFY(std::abs(logits.at("parts").at("test").at("brier").get<double>() -
                     plain.at("brier").get<double>()) < 1e-6);
  }

  void anImportedRunCannotBeRunResumedOrAsked() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    const auto file = made.write("p.tsv", threeColumns(scoredRows(made)));
    const auto id = qs(runOf(made.run(importCommand(file))));
    const auto run = made.run({"runs"}).last().at("runs").at(0);
    QCOMPARE(run.at("status").get<std::string>(), std::string("done"));
    const auto& imported = run.at("spec").at("imported");
    QCOMPARE(imported.at("file").get<std::string>(), std::string("p.tsv"));
    QCOMPARE(imported.at("name").get<std::string>(), std::string("Rival"));
    QCOMPARE(imported.at("hash").get<std::string>().size(), std::size_t{64});
    for (const QStringList& command :
         {QStringList{"run", "--run", id}, QStringList{"train", "--resume", id},
          QStringList{"predict", "--run", id, "--pairs", file, "--out", made.file("out.tsv")},
          QStringList{"evaluate", "--run", id, "--channels", "sequence"}}) {
      const auto refused = made.run(command);
      QCOMPARE(refused.exitCode, 2);
      QVERIFY2(refused.message().find("imported scores") != std::string::npos,
               refused.message().c_str());
    }
    QVERIFY(made.run({"runs"}).exitCode == 0);
  }

  void aSplitSharesScoresOutAndValidationGivesTheThreshold() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    const auto file = made.write("p.tsv", threeColumns(scoredRows(made)));
    const auto result =
        made.run({"import", "scores", file, "--pairs", "made", "--name", "Rival"}).last();
    QCOMPARE(result.at("parts").size(), std::size_t{2});
    QCOMPARE(result.at("threshold").get<std::string>(), std::string("validation"));
    QVERIFY(result.at("counts").at("skipped").at("pair of another part").get<int>() > 100);
    const auto id = qs(result.at("run").get<std::string>());
    const auto asked = made.run({"evaluate", "--run", id, "--part", "test", "--aim", "cost=5:1",
                                 "--calibrate", "isotonic", "--prevalence", "0.01", "--selective"});
    QVERIFY2(asked.exitCode == 0, asked.message().c_str());
    const Json test = asked.last().at("parts").at("test");
    QVERIFY(!asked.last().at("parts").contains("validation"));
    QVERIFY(asked.last().at("threshold").get<std::string>().find("least cost") !=
            std::string::npos);
    QVERIFY(test.at("at_prevalence").at("precision").get<double>() <=
            test.at("precision").get<double>());
    QCOMPARE(test.at("selective").at("points").size(), std::size_t{10});
    QVERIFY(test.at("selective").at("points").at(0).at("accuracy") == test.at("accuracy"));
    QVERIFY(test.at("precision_at").contains("10"));
    QVERIFY(test.at("protein_mcc").at("defined").get<int>() <
            test.at("protein_mcc").at("proteins").get<int>());
    const auto often = made.run({"evaluate", "--run", id, "--aim", "precision=1"});
    QVERIFY(often.exitCode == 0 || often.message().find("ask for less") != std::string::npos);
    QCOMPARE(made.run({"evaluate", "--run", id, "--aim", "best"}).exitCode, 2);
  }

  void comparisonsAreOnSharedPairs() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    auto rows = scoredRows(made);
    const auto first = runOf(made.run(importCommand(made.write("a.tsv", threeColumns(rows)))));
    for (std::size_t i = 0; i < rows.size(); ++i) {  // right everywhere
      rows[i].score = rows[i].label == 1 ? 0.9 - 0.001 * static_cast<double>(i % 50) : 0.2;
    }
    rows.resize(180);
    const auto second = runOf(made.run(
        importCommand(made.write("b.tsv", threeColumns(rows)), {"--missing", "leave-out"})));
    for (Row& row : rows) {
      row.score = 0.5 + (row.score - 0.5) / 2;  // the same order and calls
    }
    const auto third = runOf(made.run(
        importCommand(made.write("c.tsv", threeColumns(rows)), {"--missing", "leave-out"})));
    const auto runs = qs(first + "," + second + "," + third);
    const auto result = made.run({"compare", "--runs", runs, "--resamples", "200"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("pairs").get<int>(), 180);
    const Json differences = result.last().at("differences");
    QCOMPARE(differences.size(), std::size_t{20});  // ten metrics, two runs against the first
    const auto& gain = differences.at(6);
    QCOMPARE(gain.at("metric").get<std::string>(), std::string("auprc"));
    QCOMPARE(gain.at("a").get<std::string>(), first);
    QCOMPARE(gain.at("b").get<std::string>(), second);
    QVERIFY(gain.at("low").get<double>() > 0 && gain.at("shown").get<bool>());
    QVERIFY(gain.at("p").get<double>() >= 2.0 / 201 - 1e-12 && gain.at("p").get<double>() < 0.02);
    QVERIFY(gain.at("p_holm").get<double>() >= gain.at("p").get<double>());
    const Json tests = result.last().at("tests").at(0);
    QCOMPARE(tests.at("mcnemar").at("only_a").get<int>(), 0);
    QCOMPARE(tests.at("mcnemar").at("only_b").get<int>(), 45);
    QVERIFY(tests.at("delong").at("p").get<double>() < 1e-6);
    const auto all = made.run({"compare", "--runs", runs, "--metric", "auroc", "--all-against-all",
                               "--resamples", "200"});
    QCOMPARE(all.last().at("differences").size(), std::size_t{3});
    const Json none = all.last().at("differences").at(2);
    QCOMPARE(none.at("delta").get<double>(), 0.0);
    QCOMPARE(none.at("p").get<double>(), 1.0);
    QVERIFY(!none.at("shown").get<bool>());
  }

  void whereTwoRunsDisagreeIsWritten() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    auto rows = scoredRows(made);
    const auto first = runOf(made.run(importCommand(made.write("a.tsv", threeColumns(rows)))));
    rows[7].score = 1 - rows[7].score;
    rows[8].score = rows[8].score < 0.5 ? 0.999 : 0.001;
    const auto second = runOf(made.run(importCommand(made.write("b.tsv", threeColumns(rows)))));
    const auto out = made.file("disagree.tsv");
    const auto result = made.run(
        {"compare", "--runs", qs(first + "," + second), "--resamples", "100", "--disagree", out});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    std::ifstream file(out.toStdString());
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
      lines.push_back(line);
    }
    QCOMPARE(lines.size(), std::size_t{3});
    QCOMPARE(lines[0],
             "protein_a\tprotein_b\tlabel\tscore_" + first + "\tscore_" + second + "\tright");
    QVERIFY(lines[1].find(rows[7].a) != std::string::npos);  // the wider gap
    QVERIFY(lines[1].ends_with(second) && lines[2].ends_with(first));
  }

  void whatCannotBeComparedIsRefused() {
    MadeUpProject made;
    QVERIFY(prepareWithoutSplit(made));
    auto rows = scoredRows(made);
    const auto first = runOf(made.run(importCommand(made.write("a.tsv", threeColumns(rows)))));
    // The same pairs in another set, one with the other label.
    rows[4].label = 1 - rows[4].label;
    const auto pairs = made.write("other.tsv", linesOf(rows, [](const Row& r) {
                                    return fmt::format("{}\t{}\t{}", r.b, r.a, r.label);
                                  }));
    QCOMPARE(made.run({"import", "pairs", pairs, "--name", "other"}).exitCode, 0);
    const auto second = runOf(made.run({"import", "scores", made.file("a.tsv"), "--pairs", "other",
                                        "--name", "Other", "--experiment", "others"}));
    const auto contradiction = made.run({"compare", "--runs", qs(first + "," + second)});
    QCOMPARE(contradiction.exitCode, 65);
    QVERIFY2(contradiction.message().find("1 pairs have another label") != std::string::npos,
             contradiction.message().c_str());
    const auto refused = [&](const QStringList& options, const std::string& words) {
      const auto result = made.run(QStringList{"compare"} + options);
      QVERIFY2(result.message().find(words) != std::string::npos, result.message().c_str());
      QVERIFY(result.exitCode == 2 || result.exitCode == 66);
    };
    refused({"--runs", qs(first)}, "two runs or more");
    refused({"--runs", qs(first + "," + first)}, "named twice");
    refused({"--runs", qs(first + ",rzzzz")}, "no run");
    refused({"--runs", qs(first + "," + second), "--part", "validation"}, "no validation scores");
    refused({"--runs", qs(first + "," + second), "--metric", "auprk"}, "auprc");
  }

  void aTrainedRunIsComparedWithAnImportedOne() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    const auto trained = made.run(made.trainCommand("sequence", 2));
    QCOMPARE(trained.exitCode, 0);
    const auto file = made.write("p.tsv", threeColumns(scoredRows(made)));
    const auto imported =
        runOf(made.run({"import", "scores", file, "--pairs", "made", "--name", "Rival"}));
    const auto result = made.run({"compare", "--runs", qs(runOf(trained) + "," + imported),
                                  "--part", "validation", "--resamples", "100"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    // Of a model that was trained here, evaluate tells the same details.
    const auto asked = made.run({"evaluate", "--run", qs(runOf(trained)), "--part", "test",
                                 "--calibrate", "temperature", "--aim", "f1"});
    QVERIFY2(asked.exitCode == 0, asked.message().c_str());
    QVERIFY(asked.last().at("parts").at("test").contains("auprc_baseline"));
  }

  /// The numbers published for D-SCRIPT's own scores on yeast.
  void theYeastScoresOfDScript() {
    const auto folder = std::filesystem::path(TWOFOLD_SHARED_DATA) / "cross-species" / "yeast";
    if (!std::filesystem::exists(folder / "dscript_predictions.tsv")) {
      QSKIP("shared/data/cross-species/yeast is not here");
    }
    MadeUpProject made;
    QCOMPARE(made.run({"import", "proteins", qs(folder / "proteins.fasta")}).exitCode, 0);
    QCOMPARE(made.run({"import", "pairs", qs(folder / "test.tsv"), "--name", "yeast"}).exitCode, 0);
    const auto result = made.run({"import", "scores", qs(folder / "dscript_predictions.tsv"),
                                  "--pairs", "yeast", "--name", "D-SCRIPT", "--repeated",
                                  "mean"});  // of one pair that stands there in both orders
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("layout").get<std::string>(), std::string("D-SCRIPT"));
    const Json test = result.last().at("parts").at("test");
    QVERIFY(std::abs(test.at("auprc").get<double>() - 0.440) < 0.001);
    QCOMPARE(std::round(test.at("f1").get<double>() * 1000), 344.0);
    const auto more = made.run({"evaluate", "--run", qs(runOf(result))});
    const Json details = more.last().at("parts").at("test");
    QCOMPARE(std::round(details.at("best_f1").at("value").get<double>() * 1000), 459.0);
    QVERIFY(std::abs(details.at("auprc_baseline").get<double>() - 1.0 / 11) < 1e-3);
  }

 private:
  static std::string sequenceOf(const MadeUpProject& made, const std::string& id) {
    std::ifstream fasta(made.file("proteins.fasta").toStdString());
    std::string header;
    std::string sequence;
    while (std::getline(fasta, header) && std::getline(fasta, sequence)) {
      if (header.starts_with(">" + id + " ")) {
        return sequence;
      }
    }
    return {};
  }
};

QTEST_GUILESS_MAIN(TestCompareCommands)
#include "tst_compare_commands.moc"
