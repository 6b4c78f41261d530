// predict over all pairs and bait against prey, by the factorised head and by any other.
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <fstream>
#include <map>
#include <sstream>

#include <csignal>

#include "worker_harness.h"

using namespace twofold::test;

namespace {

using Scores = std::map<std::pair<std::string, std::string>, double>;

Scores scoresOf(const QString& file) {
  std::ifstream stream(file.toStdString());
  std::string line;
  std::getline(stream, line);
  Scores scores;
  while (std::getline(stream, line)) {
    std::istringstream cells(line);
    std::string a;
    std::string b;
    double probability = 0;
    cells >> a >> b >> probability;
    scores[{a, b}] = probability;
  }
  return scores;
}

/// As many proteins, so that scoring all their pairs takes a while.
std::string manyProteins(int count) {
  std::string fasta;
  for (int i = 0; i < count; ++i) {
    fasta += ">q" + std::to_string(i) + "\n";
    for (int at = 0; at < 30; ++at) {
      fasta += "ACDEFGHIKLMNPQRSTVWY"[(i * 7 + at * at + at * i) % 20];
    }
    fasta += "\n";
  }
  return fasta;
}

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Waits for the scoring to have begun; false after a minute without.
bool waitForScores(QProcess& process) {
  QByteArray text;
  QElapsedTimer timer;
  timer.start();
  while (!text.contains("Scoring pairs") && timer.elapsed() < 60000) {
    process.waitForReadyRead(100);
    text += process.readAllStandardOutput();
  }
  return text.contains("Scoring pairs");
}

}  // namespace

class TestPredictMany : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    for (const char* head : {"factorised", "mlp"}) {
      auto command = m_made.trainCommand("sequence", 3);
      const auto trained = m_made.run(command << "--head" << head);
      QVERIFY2(trained.exitCode == 0, trained.message().c_str());
      m_runs[head] = QString::fromStdString(trained.last().at("run").get<std::string>());
    }
  }

  void everyPairHasTheScoreOfAPairList_data() { heads(); }
  void everyPairHasTheScoreOfAPairList() {
    QFETCH(QString, head);
    const auto all = m_made.file("all.tsv");
    const auto result = m_made.run({"predict", "--run", m_runs.at(head), "--all-pairs",
                                    m_made.file("proteins.fasta"), "--top", "0", "--out", all});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("pairs").get<int>(), 60 * 59 / 2);
    QCOMPARE(result.last().at("lines").get<int>(), 60 * 59 / 2);
    const auto many = scoresOf(all);
    const auto list = m_made.file("list.tsv");
    QCOMPARE(m_made
                 .run({"predict", "--run", m_runs.at(head), "--pairs", m_made.file("pairs.tsv"),
                       "--out", list})
                 .exitCode,
             0);
    for (const auto& [pair, probability] : scoresOf(list)) {
      const auto found = many.find(pair);
      const auto swapped = many.find({pair.second, pair.first});
      QVERIFY(found != many.end() || swapped != many.end());
      const double same = found != many.end() ? found->second : swapped->second;
      QVERIFY2(std::abs(same - probability) < 1e-4, pair.first.c_str());
    }
  }

  void theBestPartnersAreKept_data() { heads(); }
  void theBestPartnersAreKept() {
    QFETCH(QString, head);
    const auto all = m_made.file("every.tsv");
    const auto best = m_made.file("best.tsv");
    const QStringList predict{"predict", "--run", m_runs.at(head), "--all-pairs",
                              m_made.file("proteins.fasta")};
    QCOMPARE(m_made.run(predict + QStringList{"--top", "59", "--out", all}).exitCode, 0);
    QCOMPARE(m_made.run(predict + QStringList{"--top", "4", "--out", best}).exitCode, 0);
    const auto kept = scoresOf(best);
    QCOMPARE(kept.size(), std::size_t{60 * 4});
    std::map<std::string, double> worst;
    for (const auto& [pair, probability] : kept) {
      const auto [place, isNew] = worst.emplace(pair.first, probability);
      place->second = std::min(place->second, probability);
    }
    for (const auto& [pair, probability] : scoresOf(all)) {
      QVERIFY(kept.contains(pair) || probability <= worst.at(pair.first) + 1e-6);
    }
  }

  void baitMeetsPrey() {
    const auto bait = m_made.write("bait.fasta", ">x\nMKTAYIAKQRKKKK\n>p05\n" + sequence("p05"));
    const auto out = m_made.file("bait.tsv");
    const auto result =
        m_made.run({"predict", "--run", m_runs.at("factorised"), "--bait", bait, "--prey",
                    m_made.file("proteins.fasta"), "--top", "0", "--out", out});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto scores = scoresOf(out);
    QVERIFY(scores.contains({"x", "p10"}));
    QVERIFY(!scores.contains({"p05", "p05"}));
  }

  void whatWasDisturbedIsGoneOnWith_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("asked to stop") << SIGTERM;
    QTest::newRow("killed") << SIGKILL;
  }
  void whatWasDisturbedIsGoneOnWith() {
    QFETCH(int, signal);
    const auto fasta = m_made.write("many.fasta", manyProteins(800));
    const QStringList predict{"predict", "--run", m_runs.at("mlp"), "--all-pairs", fasta,
                              "--top",   "0"};
    const auto whole = m_made.file("whole.tsv");
    if (!QFile::exists(whole)) {
      QCOMPARE(m_made.run(predict + QStringList{"--out", whole}).exitCode, 0);
    }
    const auto out = m_made.file(QString("disturbed%1.tsv").arg(signal));
    QProcess process;
    m_made.start(process, predict + QStringList{"--out", out});
    QVERIFY(waitForScores(process));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
    QVERIFY(process.waitForFinished(20000));
    if (signal == SIGTERM) {
      QCOMPARE(process.exitCode(), 85);
    }
    QVERIFY2(!QFile::exists(out), "it was done before it could be disturbed");
    const auto resumed = m_made.run(predict + QStringList{"--out", out});
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    if (signal == SIGTERM) {
      QVERIFY(resumed.last().at("resumed_at").get<int>() > 0);
    }
    QVERIFY(bytesOf(out) == bytesOf(whole));
    QVERIFY(!QFile::exists(out + ".part"));
  }

  void oneWayAtATime() {
    const auto fasta = m_made.file("proteins.fasta");
    const QStringList predict{"predict", "--run", m_runs.at("mlp"), "--out", m_made.file("no.tsv")};
    for (const auto& more : {QStringList{}, QStringList{"--bait", fasta},
                             QStringList{"--pairs", fasta, "--all-pairs", fasta}}) {
      const auto result = m_made.run(predict + more);
      QCOMPARE(result.exitCode, 2);
      QVERIFY(result.message().find("--all-pairs FASTA") != std::string::npos);
    }
  }

 private:
  static void heads() {
    QTest::addColumn<QString>("head");
    QTest::newRow("factorised") << "factorised";
    QTest::newRow("mlp") << "mlp";
  }

  [[nodiscard]] std::string sequence(const std::string& id) const {
    std::ifstream fasta(m_made.file("proteins.fasta").toStdString());
    for (std::string line; std::getline(fasta, line);) {
      if (line.starts_with(">" + id + " ")) {
        std::getline(fasta, line);
        return line + "\n";
      }
    }
    return {};
  }

  MadeUpProject m_made;
  std::map<QString, QString> m_runs;
};

QTEST_GUILESS_MAIN(TestPredictMany)
#include "tst_predict_many.moc"
