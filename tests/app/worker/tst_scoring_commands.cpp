// predict and embed: every pair is scored or listed with a reason, embeddings are written whole.
#include <QDir>
#include <QFile>
#include <QTest>
#include <cmath>
#include <sstream>

#include "core/formats/safetensors.h"
#include "worker_harness.h"

using namespace twofold::test;

namespace {

/// Rows of one batch may differ in the last bit of a float, and so in the last digit written.
constexpr double kSame = 2e-6;

double probabilityIn(const std::vector<std::string>& row) {
  return std::stod(row.at(2));
}

std::vector<std::vector<std::string>> readTable(const QString& path) {
  QFile file(path);
  std::vector<std::vector<std::string>> rows;
  if (file.open(QIODevice::ReadOnly)) {
    std::istringstream lines(file.readAll().toStdString());
    for (std::string line; std::getline(lines, line);) {
      std::istringstream cells(line);
      auto& row = rows.emplace_back();
      for (std::string cell; std::getline(cells, cell, '\t');) {
        row.push_back(cell);
      }
    }
  }
  return rows;
}

}  // namespace

class TestScoringCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void measuringOnTrainingPairsIsTold() {
    const auto all = m_made.run({"evaluate", "--run", m_run, "--pairs", "made"});
    QVERIFY2(all.exitCode == 0, all.message().c_str());
    const auto seen = all.last().at("seen_in_training");
    QVERIFY(seen.at("pairs").get<int>() > 100 && seen.at("pairs").get<int>() < 200);
    QCOMPARE(seen.at("all_proteins").get<int>(), 60);
    const auto own = m_made.run({"evaluate", "--run", m_run});
    QVERIFY(!own.last().contains("seen_in_training"));
  }

  void initTestCase() {
    QVERIFY(m_made.prepare());
    const auto trained = m_made.run(m_made.trainCommand("sequence", 20));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    m_run = QString::fromStdString(trained.last().at("run").get<std::string>());
  }

  void predictionsComeInTheOrderOfThePairs() {
    const auto out = m_made.file("all.tsv");
    const auto result =
        m_made.run({"predict", "--run", m_run, "--pairs", m_made.file("pairs.tsv"), "--out", out});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("counts").at("kept").get<int>(), 200);
    const auto rows = readTable(out);
    const auto pairs = readTable(m_made.file("pairs.tsv"));
    QCOMPARE(rows.size(), std::size_t{201});
    QCOMPARE(rows[0], (std::vector<std::string>{"a", "b", "probability", "call"}));
    const auto threshold = result.last().at("threshold").get<double>();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      QCOMPARE(rows[i + 1][0], pairs[i][0]);
      QCOMPARE(rows[i + 1][1], pairs[i][1]);
      const double probability = std::stod(rows[i + 1][2]);
      QVERIFY(probability >= 0 && probability <= 1);
      if (std::abs(probability - threshold) > 1e-6) {
        QCOMPARE(rows[i + 1][3], std::string(probability > threshold ? "1" : "0"));
      }
    }
  }

  void theTimeIsEstimatedFirst() {
    const auto result = m_made.run({"predict", "--run", m_run, "--pairs", m_made.file("pairs.tsv"),
                                    "--out", m_made.file("estimated.tsv")});
    QVERIFY(result.out.find("200 pairs of 60 proteins will take about") != std::string::npos);
  }

  void swappedPairsGetTheSameProbability() {
    const auto out = m_made.file("swapped.tsv");
    const auto pairs = m_made.write("swap.tsv", "p00\tp07\np07\tp00\n");
    QCOMPARE(m_made.run({"predict", "--run", m_run, "--pairs", pairs, "--out", out}).exitCode, 0);
    const auto rows = readTable(out);
    QVERIFY(std::abs(probabilityIn(rows.at(1)) - probabilityIn(rows.at(2))) < kSame);
  }

  void unknownProteinsAreListedWithAReason() {
    const auto out = m_made.file("some.tsv");
    const auto pairs = m_made.write("some_pairs.tsv", "p00\tp01\np00\tghost\nghost\tphantom\n");
    const auto result = m_made.run({"predict", "--run", m_run, "--pairs", pairs, "--out", out});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.last().at("counts").at("kept").get<int>(), 1);
    QCOMPARE(result.last().at("counts").at("skipped").at("unknown protein").get<int>(), 2);
    const auto skipped = readTable(out + ".skipped.tsv");
    QCOMPARE(skipped.size(), std::size_t{3});
    QCOMPARE(skipped[1][0], std::string("2"));
    QVERIFY(skipped[1][3].find("\"ghost\" is not in the project") != std::string::npos);
    QVERIFY(skipped[2][3].find("phantom") != std::string::npos);
  }

  void pairsOfNobodyKnownAreBadInput() {
    const auto pairs = m_made.write("nobody.tsv", "ghost\tphantom\n");
    const auto result =
        m_made.run({"predict", "--run", m_run, "--pairs", pairs, "--out", m_made.file("none.tsv")});
    QCOMPARE(result.exitCode, 65);
    QVERIFY(result.message().find("nobody.tsv:1: ") != std::string::npos);
    QVERIFY(!QFile::exists(m_made.file("none.tsv")));
  }

  void ownSequencesComeFromAFasta() {
    const auto fasta = m_made.write("own.fasta", ">mine\nMKKKKKKVLKKAK\n>p01\nMKKKKKKVLKKAK\n");
    const auto pairs = m_made.write("own.tsv", "mine\tp00\np01\tp00\n");
    const auto out = m_made.file("own_out.tsv");
    const auto result =
        m_made.run({"predict", "--run", m_run, "--pairs", pairs, "--fasta", fasta, "--out", out});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto rows = readTable(out);
    // The file's p01 counts, not the project's, so both pairs are the same question.
    QVERIFY(std::abs(probabilityIn(rows.at(1)) - probabilityIn(rows.at(2))) < kSame);
  }

  void brokenFilesAreToldAndWriteNothing_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("place");
    QTest::newRow("pairs missing") << "--pairs" << QByteArray() << 66 << "given";
    QTest::newRow("pairs empty") << "--pairs" << QByteArray("\n") << 65 << "given";
    QTest::newRow("pairs label") << "--pairs" << QByteArray("p00\tp01\t1\np01\tp02\tmaybe\n") << 65
                                 << "given:2: ";
    QTest::newRow("fasta missing") << "--fasta" << QByteArray() << 66 << "given";
    QTest::newRow("fasta empty") << "--fasta" << QByteArray("\n") << 65 << "given";
    QTest::newRow("fasta letter") << "--fasta" << QByteArray(">n1\r\nMKV\r\nM1V\r\n") << 65
                                  << "given:3: ";
  }

  void brokenFilesAreToldAndWriteNothing() {
    QFETCH(QString, option);
    QFETCH(QByteArray, content);
    QFETCH(int, exitCode);
    QFETCH(QString, place);
    QFile::remove(m_made.file("given"));
    if (exitCode != 66) {
      m_made.write("given", content.toStdString());
    }
    const auto out = m_made.file("broken_scores.tsv");
    QStringList command = {"predict", "--run", m_run, "--out", out};
    command << option << m_made.file("given");
    if (option == "--fasta") {
      command << "--pairs" << m_made.write("two.tsv", "p00\tp01\n");
    }
    const auto result = m_made.run(command);
    QVERIFY2(result.exitCode == exitCode, result.message().c_str());
    QVERIFY2(QString::fromStdString(result.message()).contains(place), result.message().c_str());
    QVERIFY(!QFile::exists(out));
  }

  void anUnreadableWeightsFolderIsTold() {
    QDir().mkpath(m_made.file("weights"));
    m_made.write("weights/config.json", "{\"model_type\": \"esm\"");
    for (const auto& [folder, exitCode] :
         {std::pair<QString, int>{m_made.file("weights"), 65}, {m_made.file("nowhere"), 66}}) {
      const auto embedded = m_made.run({"embed", "--backbone", "esm2", "--weights", folder});
      QVERIFY2(embedded.exitCode == exitCode, embedded.message().c_str());
      QVERIFY(QString::fromStdString(embedded.message()).contains(folder));
      auto command = m_made.trainCommand("sequence", 1);
      command[command.indexOf("composition")] = "esm2";
      const auto trained = m_made.run(command << "--weights" << folder);
      QVERIFY2(trained.exitCode == exitCode, trained.message().c_str());
      QVERIFY(QString::fromStdString(trained.message()).contains(folder));
    }
  }

  void aFastaWithTwoSequencesForOneIdIsBadInput() {
    const auto fasta = m_made.write("twice.fasta", ">x\nMKV\n>x\nMKL\n");
    const auto result = m_made.run({"predict", "--run", m_run, "--pairs", m_made.file("pairs.tsv"),
                                    "--fasta", fasta, "--out", m_made.file("twice.tsv")});
    QCOMPARE(result.exitCode, 65);
    QVERIFY(result.message().find("twice.fasta:3: ") != std::string::npos);
  }

  void aPairIsExplained() {
    const auto result = m_made.run({"explain", "p00", "p02", "--run", m_run, "--residues"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto& answer = result.last();
    const auto& channel = answer.at("channels").at(0);
    QCOMPARE(channel.at("id").get<std::string>(), std::string("sequence"));
    const double sum = channel.at("shapley").get<double>();
    const double whole = answer.at("logit").get<double>() - answer.at("base").get<double>();
    QVERIFY(std::fabs(sum - whole) < 1e-6);
    QCOMPARE(channel.at("ablation").get<double>(), whole);
    QCOMPARE(answer.at("residues").size(), std::size_t{2});
    QCOMPARE(answer.at("residues").at(1).at("protein").get<std::string>(), std::string("p02"));
    QVERIFY(!answer.at("residues").at(0).at("values").empty());
    const auto itself =
        m_made.run({"explain", "p00", "p00", "--run", m_run, "--channels", "sequence"});
    QVERIFY2(itself.exitCode == 0, itself.message().c_str());
    QVERIFY(itself.last().at("residues").empty());
    const auto unknown = m_made.run({"explain", "p00", "nobody", "--run", m_run});
    QCOMPARE(unknown.exitCode, 66);
    QVERIFY(unknown.message().find("nobody") != std::string::npos);
  }

  void embeddingsAreOneTensorAProtein() {
    const auto out = m_made.file("embeddings.safetensors");
    const auto result = runWorker({"embed", "--backbone", "composition", "--fasta",
                                   m_made.file("proteins.fasta"), "--out", out, "--json"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("proteins").get<int>(), 60);
    const twofold::formats::SafetensorsFile file(out.toStdString());
    QCOMPARE(file.tensors().size(), std::size_t{60});
    const auto width = result.last().at("width").get<std::int64_t>();
    QCOMPARE(file.tensor("p07").shape, (std::vector<std::int64_t>{width}));
  }

  void theProjectsProteinsAreEmbeddedOnce() {
    QCOMPARE(m_made.run({"embed", "--backbone", "composition"}).exitCode, 0);
    const auto again = m_made.run({"embed", "--backbone", "composition"});
    QCOMPARE(again.last().at("proteins").get<int>(), 60);
    QCOMPARE(again.last().at("from_cache").get<int>(), 60);
  }

 private:
  MadeUpProject m_made;
  QString m_run;
};

QTEST_GUILESS_MAIN(TestScoringCommands)
#include "tst_scoring_commands.moc"
