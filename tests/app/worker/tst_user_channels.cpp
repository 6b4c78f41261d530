// Tables of the user's from import to prediction, through the worker: three of them in one run, a
// run that is stopped and goes on, a study, serve, all pairs; and a table that changes.
#include <fmt/format.h>

#include <QProcess>
#include <QTest>
#include <fstream>

#include "core/base/random.h"
#include "core/formats/safetensors.h"
#include "worker_harness.h"

using namespace twofold::test;
using twofold::Random;

namespace {

constexpr int kProteins = 60;

/// The protein's kind in noise; every seventh protein is left out.
std::string perProtein(std::uint64_t seed) {
  Random random(seed);
  std::string text = "protein\tkind\tnoise\n";
  for (int i = 0; i < kProteins; ++i) {
    const auto kind = i % 2 + 0.5 * random.uniform();
    const auto noise = random.uniform();
    if (i % 7 != 3) {
      text += fmt::format("p{:02}\t{:.4f}\t{:.4f}\n", i, kind, noise);
    }
  }
  return text;
}

/// Of each residue whether it is lysine and whether it is leucine.
std::string perResidue(const QString& fasta) {
  std::ifstream stream(fasta.toStdString());
  std::string text = "id,position,K,L\n";
  std::string header;
  std::string sequence;
  while (std::getline(stream, header) && std::getline(stream, sequence)) {
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      text += fmt::format("{},{},{},{}\n", header.substr(1, 3), i + 1, sequence[i] == 'K' ? 1 : 0,
                          sequence[i] == 'L' ? 1 : 0);
    }
  }
  return text;
}

void writeTensors(const QString& file) {
  std::vector<std::vector<float>> rows;
  std::map<std::string, twofold::formats::TensorView> views;
  rows.reserve(kProteins);
  Random random(9);
  for (int i = 0; i < kProteins; ++i) {
    rows.push_back({static_cast<float>(100 * (i % 2) + random.uniform()), 1});
    views[fmt::format("p{:02}", i)] = {
        twofold::formats::TensorType::F32, {2}, std::as_bytes(std::span(rows.back()))};
  }
  twofold::formats::writeSafetensors(file.toStdString(), views);
}

const QString kThree = QStringLiteral("user:kind,user:residues,user:tensors");

}  // namespace

class TestUserChannels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    const auto kind = import({m_made.write("kind.tsv", perProtein(1)), "--name", "kind"});
    QVERIFY2(kind.exitCode == 0, kind.message().c_str());
    QCOMPARE(kind.last().at("command").get<std::string>(), std::string("import channel"));
    QCOMPARE(kind.last().at("counts").at("kept").get<int>(), 51);
    const auto residues =
        import({m_made.write("residues.csv", perResidue(m_made.file("proteins.fasta"))), "--name",
                "residues", "--per-residue", "--pooling", "mean-max", "--missing", "refuse"});
    QVERIFY2(residues.exitCode == 0, residues.message().c_str());
    writeTensors(m_made.file("t.safetensors"));
    const auto tensors =
        import({m_made.file("t.safetensors"), "--name", "tensors", "--normalisation", "log",
                "--missing", "mean", "--constant", "drop"});
    QVERIFY2(tensors.exitCode == 0, tensors.message().c_str());
    const auto trained = m_made.run(m_made.trainCommand(kThree, kEpochs));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    m_run = QString::fromStdString(trained.last().at("run").get<std::string>());
    m_parts = trained.last().at("parts");
  }

  void theListSaysWhatThereIs() {
    const auto list = m_made.run({"channels", "list"}).last().at("channels");
    QCOMPARE(list.size(), std::size_t{3});
    QCOMPARE(list[0].at("id").get<std::string>(), std::string("user:kind"));
    QCOMPARE(list[0].at("proteins").get<int>(), 51);
    QCOMPARE(list[0].at("of").get<int>(), kProteins);
    QCOMPARE(list[1].at("features").get<int>(), 4);
    QCOMPARE(list[2].at("width").get<int>(), 1);
    QCOMPARE(list[2].at("normalisation").get<std::string>(), std::string("log"));
  }

  void theProjectsCatalogHasThem() {
    const auto own = m_made.run({"catalog"}).last().at("catalog").at("channels");
    const auto plain = runWorker({"catalog", "--json"}).last().at("catalog").at("channels");
    QCOMPARE(own.size(), plain.size() + 3);
    QCOMPARE(own[plain.size()].at("id").get<std::string>(), std::string("user:kind"));
  }

  void threeTablesAreLearntFrom() {
    QVERIFY(m_parts.at("validation").at("auroc").get<double>() > 0.7);
    const auto again = m_made.run({"evaluate", "--run", m_run});
    QVERIFY2(again.exitCode == 0, again.message().c_str());
    QCOMPARE(withoutDetails(again.last().at("parts")).dump(), m_parts.dump());
    const auto one = m_made.run({"evaluate", "--run", m_run, "--channels", "user:residues"});
    QVERIFY(withoutDetails(one.last().at("parts")).dump() != m_parts.dump());
  }

  void theRunRecordsItsTables() {
    const auto list = m_made.run({"channels", "list"}).last().at("channels");
    const Json runs = m_made.run({"runs"}).last().at("runs");
    for (const auto& run : runs) {
      if (run.at("id") == m_run.toStdString()) {
        for (std::size_t c = 0; c < 3; ++c) {
          QVERIFY(run.at("spec").at("channels")[c].at("options").at("table") == list[c].at("hash"));
        }
        return;
      }
    }
    QFAIL("the run is not listed");
  }

  void aStoppedRunGoesOnToTheSameNumbers() {
    auto command = m_made.trainCommand(kThree, kEpochs);
    const auto run = killedRun();
    QVERIFY(!run.isEmpty());
    const auto resumed = m_made.run(command << "--resume" << run);
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    QCOMPARE(resumed.last().at("parts").dump(), m_parts.dump());
  }

  void pairsArePredictedWithProteinsOfAFile() {
    const auto fasta = m_made.write("new.fasta", ">new\nMKKKKKAAKKLK\n");
    const auto pairs = m_made.write("new.tsv", "p00\tp02\np00\tnew\n");
    const auto command = [&](const QString& run) {
      return QStringList{"predict", "--run", run,
                         "--pairs", pairs,   "--fasta",
                         fasta,     "--out", m_made.file("out.tsv")};
    };
    const auto refused = m_made.run(command(m_run));
    QCOMPARE(refused.exitCode, 65);
    QVERIFY2(refused.message().find("\"new\" has no row in the table of channel user:residues") !=
                 std::string::npos,
             refused.message().c_str());
    const auto trained = m_made.run(m_made.trainCommand("sequence,user:kind,user:tensors", 3));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    const auto predicted =
        m_made.run(command(QString::fromStdString(trained.last().at("run").get<std::string>())));
    QVERIFY2(predicted.exitCode == 0, predicted.message().c_str());
    QCOMPARE(predicted.last().at("counts").at("kept").get<int>(), 2);
  }

  void allPairsByTheFactorisedHead() {
    const auto trained = m_made.run(m_made.trainCommand(kThree, 3) << "--head"
                                                                   << "factorised"
                                                                   << "--fusion"
                                                                   << "gated");
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    const auto run = QString::fromStdString(trained.last().at("run").get<std::string>());
    const auto all =
        m_made.run({"predict", "--run", run, "--all-pairs", m_made.file("proteins.fasta"), "--top",
                    "0", "--out", m_made.file("all.tsv")});
    QVERIFY2(all.exitCode == 0, all.message().c_str());
    QCOMPARE(all.last().at("lines").get<int>(), kProteins * (kProteins - 1) / 2);
  }

  void theStudyTakesThem() {
    const auto study =
        m_made.run({"ablate", "--pairs", "made", "--split", "random", "--channels",
                    "sequence,user:kind", "--backbone", "composition", "--seeds", "1",
                    "--experiment", "study", "--threads", "1", "--set", "training.epochs=2"});
    QVERIFY2(study.exitCode == 0, study.message().c_str());
    QCOMPARE(study.last().at("rows").size(), std::size_t{8});
    QCOMPARE(study.last().at("rows")[2].at("name").get<std::string>(),
             std::string("sequence + user:kind"));
    const auto runs = m_made.run({"runs"}).last().at("runs").size();
    const auto again =
        m_made.run({"ablate", "--pairs", "made", "--split", "random", "--channels",
                    "sequence,user:kind", "--backbone", "composition", "--seeds", "1",
                    "--experiment", "study", "--threads", "1", "--set", "training.epochs=2"});
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(m_made.run({"runs"}).last().at("runs").size(), runs);
  }

  void serveTogglesThem() {
    QProcess serve;
    m_made.start(serve, {"serve"});
    const auto ask = [&](const Json& request) {
      serve.write(QByteArray::fromStdString(request.dump() + "\n"));
      while (!serve.canReadLine() && serve.waitForReadyRead(30000)) {
      }
      return Json::parse(serve.readLine().toStdString());
    };
    const auto loaded = ask({{"id", 1}, {"type", "load"}, {"run", m_run.toStdString()}});
    QCOMPARE(loaded.at("names").at("user:kind").get<std::string>(), std::string("kind"));
    const auto answer = ask(
        {{"id", 2}, {"type", "score"}, {"run", m_run.toStdString()}, {"a", "p00"}, {"b", "p03"}});
    QCOMPARE(answer.at("present").dump(),
             std::string(R"({"user:kind":false,"user:residues":true,"user:tensors":true})"));
    QVERIFY(answer.at("toggled").at("user:residues") != answer.at("probability"));
    QVERIFY(answer.at("toggled").at("user:kind") == answer.at("probability"));
    serve.closeWriteChannel();
    QVERIFY(serve.waitForFinished(10000));
  }

  void mistakesAreRefused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QStringList& arguments, int exitCode,
                        const char* message) {
      QTest::newRow(name) << arguments << exitCode << message;
    };
    const auto file = m_made.file("kind.tsv");
    row("a part's id", {"import", "channel", file, "--name", "sequence"}, 2, "name of a part");
    row("no identifier", {"import", "channel", file, "--name", "a.b"}, 2, "letters, digits");
    row("taken", {"import", "channel", file, "--name", "Kind"}, 2, "already");
    row("unknown normalisation",
        {"import", "channel", file, "--name", "x", "--normalisation", "l2"}, 2, "normalisation");
    row("pooling of proteins", {"import", "channel", file, "--name", "x", "--pooling", "mean-max"},
        2, "--per-residue");
    row("refused rows", {"import", "channel", file, "--name", "x", "--missing", "refuse"}, 65,
        "have no row");
    row("residues without a position", {"import", "channel", file, "--name", "x", "--per-residue"},
        65, "kind.tsv:2");
    row("unknown channel", {"channels", "remove", "knd"}, 66, "did you mean \"kind\"");
    row("renamed to a part's id", {"channels", "rename", "kind", "degree"}, 2, "name of a part");
    row("training on one that is not there", m_made.trainCommand("user:knd", 1), 2,
        "did you mean \"user:kind\"");
  }
  void mistakesAreRefused() {
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, message);
    const auto result = m_made.run(arguments);
    QVERIFY2(result.message().find(message.toStdString()) != std::string::npos,
             result.message().c_str());
    QCOMPARE(result.exitCode, exitCode);
  }

  // These change the tables, so they come last.
  void aChangedTableIsRefusedUntilTheFormerIsBack() {
    const auto predict = [&] {
      return m_made.run({"predict", "--run", m_run, "--pairs", m_made.file("pairs.tsv"), "--out",
                         m_made.file("out.tsv")});
    };
    QCOMPARE(predict().exitCode, 0);
    const auto killed = killedRun();
    const auto other =
        import({m_made.write("kind.tsv", perProtein(2)), "--name", "kind", "--replace"});
    QVERIFY2(other.exitCode == 0, other.message().c_str());
    for (const auto& refused : {predict(), m_made.run({"evaluate", "--run", m_run}),
                                m_made.run({"run", "--run", killed})}) {
      QCOMPARE(refused.exitCode, 2);
      QVERIFY2(refused.message().find("the table of channel user:kind has changed since the run "
                                      "was made") != std::string::npos,
               refused.message().c_str());
    }
    const auto back =
        import({m_made.write("kind.tsv", perProtein(1)), "--name", "kind", "--replace"});
    QCOMPARE(back.exitCode, 0);
    QCOMPARE(predict().exitCode, 0);
    const auto resumed = m_made.run({"run", "--run", killed});
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    QCOMPARE(resumed.last().at("parts").dump(), m_parts.dump());
  }

  void aRenamedOrRemovedTableIsMissed() {
    const auto renamed = m_made.run({"channels", "rename", "kind", "sort"});
    QVERIFY2(renamed.exitCode == 0, renamed.message().c_str());
    QVERIFY(renamed.last().at("runs").size() >= 3);
    QVERIFY(m_made.run({"evaluate", "--run", m_run}).message().find("no channel \"user:kind\"") !=
            std::string::npos);
    QCOMPARE(m_made.run({"channels", "rename", "sort", "kind"}).exitCode, 0);
    QCOMPARE(m_made.run({"evaluate", "--run", m_run}).exitCode, 0);
    QCOMPARE(m_made.run({"channels", "remove", "kind"}).exitCode, 0);
    QCOMPARE(m_made.run({"channels", "list"}).last().at("channels").size(), std::size_t{2});
    QCOMPARE(m_made.run({"evaluate", "--run", m_run}).exitCode, 2);
  }

 private:
  static constexpr int kEpochs = 60;

  /// A run on the three tables that was killed after its third epoch; empty when that failed.
  [[nodiscard]] QString killedRun() const {
    QProcess process;
    m_made.start(process, m_made.trainCommand(kThree, kEpochs));
    std::string output;
    while (output.find("\"step\":3,") == std::string::npos && process.waitForReadyRead(60000)) {
      output += process.readAllStandardOutput().toStdString();
    }
    process.kill();
    if (!process.waitForFinished(10000)) {
      return {};
    }
    for (const auto& line : jsonLines(output)) {
      if (line.is_object() && line.value("event", "") == "status") {
        return QString::fromStdString(line.at("run").get<std::string>());
      }
    }
    return {};
  }

  [[nodiscard]] WorkerResult import(QStringList arguments) const {
    return m_made.run(QStringList{"import", "channel"} << arguments);
  }

  MadeUpProject m_made;
  QString m_run;
  Json m_parts;
};

QTEST_GUILESS_MAIN(TestUserChannels)
#include "tst_user_channels.moc"
