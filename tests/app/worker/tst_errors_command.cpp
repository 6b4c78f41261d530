// `errors` on a trained run, and on imported scores whose errors are known.
#include <fmt/format.h>

#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "worker_harness.h"

using namespace twofold::test;

namespace {

std::vector<std::string> linesOf(const QString& file) {
  std::ifstream stream(file.toStdString());
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string runOf(const WorkerResult& result) {
  return result.last().value("run", std::string());
}

}  // namespace

class TestErrorsCommand : public QObject {
  Q_OBJECT

 private:
  MadeUpProject m_made;
  QString m_run;

  WorkerResult errors(const QStringList& more = {}) const {
    return m_made.run(QStringList{"errors", "--run", m_run} + more);
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    const auto trained = m_made.run(m_made.trainCommand("sequence", 3));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    m_run = QString::fromStdString(runOf(trained));
  }

  void countsAndRatesAreThoseOfTheRun() {
    const auto result =
        errors({"--by", "length,degree,similarity,species", "--proteins", "0", "--save-pairs",
                m_made.file("pairs_out.tsv"), "--save-proteins", m_made.file("proteins_out.tsv"),
                "--save-strata", m_made.file("strata_out.tsv")});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto json = result.last();
    QCOMPARE(json.at("command").get<std::string>(), std::string("errors"));
    QCOMPARE(json.at("part").get<std::string>(), std::string("test"));
    const auto evaluated = m_made.run({"evaluate", "--run", m_run, "--part", "test"});
    const auto test = evaluated.last().at("parts").at("test");
    for (const char* metric : {"accuracy", "precision", "recall", "f1", "mcc"}) {
      QVERIFY2(json.at("rates").at(metric).at("value") == test.at(metric), metric);
    }
    QVERIFY(json.at("threshold") == test.at("threshold"));
    const auto n = json.at("pairs").get<std::size_t>();
    QVERIFY(n == test.at("n").get<std::size_t>());

    const auto& strata = json.at("strata");
    QCOMPARE(strata.size(), std::size_t(7));  // two each, and the organisms
    for (const auto& table : strata) {
      auto all = table.at("left_out").get<std::size_t>();
      for (const auto& bin : table.at("bins")) {
        all += bin.at("pairs").get<std::size_t>();
      }
      QCOMPARE(all, n);
    }
    const auto& proteins = json.at("proteins");
    QCOMPARE(proteins.size(), json.at("proteins_all").get<std::size_t>());
    QVERIFY(proteins.front().contains("identity_to_training"));
    for (std::size_t i = 1; i < proteins.size(); ++i) {
      QVERIFY(proteins[i - 1].at("error_rate").at("ci")[0] >=
              proteins[i].at("error_rate").at("ci")[0]);
    }

    const auto pairs = linesOf(m_made.file("pairs_out.tsv"));
    QCOMPARE(pairs.size(), n + 1);
    const auto wrong = std::count_if(pairs.begin(), pairs.end(), [](const std::string& line) {
      return line.ends_with("\tFP") || line.ends_with("\tFN");
    });
    const auto& counts = json.at("counts");
    QCOMPARE(static_cast<std::int64_t>(wrong),
             counts.at("false_positives").get<std::int64_t>() +
                 counts.at("false_negatives").get<std::int64_t>());
    QCOMPARE(linesOf(m_made.file("proteins_out.tsv")).size(), proteins.size() + 1);
    QVERIFY(linesOf(m_made.file("strata_out.tsv")).size() > 7);
  }

  void aimAndPrevalenceSayWhatEvaluateSays() {
    const auto result = errors({"--aim", "f1", "--prevalence", "0.01", "--part", "test"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto evaluated = m_made.run(
        {"evaluate", "--run", m_run, "--aim", "f1", "--prevalence", "0.01", "--part", "test"});
    const auto test = evaluated.last().at("parts").at("test");
    const auto json = result.last();
    QVERIFY(json.at("threshold") == test.at("threshold"));
    QVERIFY(json.at("rates").at("f1").at("value") == test.at("f1"));
    QVERIFY(json.at("at_prevalence").at("precision").at("value") ==
            test.at("at_prevalence").at("precision"));
    QVERIFY(json.at("threshold_from").get<std::string>().find("validation") != std::string::npos);
    QCOMPARE(json.at("proteins").size(), std::min<std::size_t>(20, json.at("proteins_all")));
  }

  void theTextIsForPeople() {
    const auto result = runWorker({"errors", "--run", m_run, "--project", m_made.project(),
                                   "--threshold", "0.4", "--proteins", "3"});
    QVERIFY2(result.exitCode == 0, result.err.c_str());
    for (const char* words :
         {"at threshold 0.400. It was given.", "labelled +", "residues of the longer protein",
          "training pairs of the protein with fewer", "p (Holm)",
          "by accident alone it would be on about"}) {
      QVERIFY2(result.out.find(words) != std::string::npos, result.out.c_str());
    }
  }

  void whatCannotBeSaidIsRefusedWithTheCure() {
    const auto refused = [&](const QStringList& more, int code, const char* words) {
      const auto result = errors(more);
      QCOMPARE(result.exitCode, code);
      QVERIFY2(result.message().find(words) != std::string::npos, result.message().c_str());
    };
    refused({"--by", "lenght"}, 2, "length");
    refused({"--aim", "f1", "--threshold", "0.5"}, 2, "give one");
    refused({"--aim", "best"}, 2, "precision=0.9");
    refused({"--aim", "precision=1", "--threshold", "0.5"}, 2, "give one");
    const auto other = m_made.run({"errors", "--run", "nosuch"});
    QCOMPARE(other.exitCode, 66);
  }

  /// Scores without a split: what was trained on is not known, and what does not need it is told.
  void importedScoresWithoutASplitHaveNoTrainingPart() {
    std::string scores;
    std::ifstream file(m_made.file("pairs.tsv").toStdString());
    std::string a;
    std::string b;
    int label = 0;
    std::map<std::string, int> pairsOf;
    for (int i = 0; file >> a >> b >> label; ++i) {
      const bool isRight = a != "p00" && b != "p00";
      scores += fmt::format("{}\t{}\t{}\n", a, b, isRight == (label == 1) ? 0.9 : 0.1);
      ++pairsOf[a];
      pairsOf[b] += a == b ? 0 : 1;
    }
    const auto imported = m_made.run({"import", "scores", m_made.write("rival.tsv", scores),
                                      "--pairs", "made", "--name", "Rival", "--split", "none"});
    QVERIFY2(imported.exitCode == 0, imported.message().c_str());
    const auto run = QString::fromStdString(runOf(imported));
    const auto result = m_made.run({"errors", "--run", run, "--threshold", "0.5"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto worst = result.last().at("proteins").front();
    QCOMPARE(worst.at("protein").get<std::string>(), std::string("p00"));
    QVERIFY(worst.at("wrong") == worst.at("pairs"));
    QCOMPARE(worst.at("pairs").get<int>(), pairsOf.at("p00"));
    QVERIFY(worst.at("above").get<bool>() && worst.at("training_pairs").is_null());
    QCOMPARE(result.last().at("strata").size(), std::size_t(2));
    const auto refused = m_made.run({"errors", "--run", run, "--by", "similarity"});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.message().find("--split") != std::string::npos, refused.message().c_str());
  }
};

QTEST_GUILESS_MAIN(TestErrorsCommand)
#include "tst_errors_command.moc"
