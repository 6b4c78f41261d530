// `pretrain` from the command line: a model that `embed` reads, a stop that can be taken up again,
// and mistakes told with their cure.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <string>

#include "worker_harness.h"

using namespace twofold::test;

class TestPretrainCommand : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void trainsAModelThatEmbedReads() {
    const auto result = runWorker(command("whole", 20000));
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("command").get<std::string>(), std::string("pretrain"));
    QVERIFY(result.last().at("residues").get<int>() >= 20000);
    bool hasRate = false;
    bool hasHeldOut = false;
    for (const auto& line : result.lines) {
      hasRate = hasRate || (line.value("type", "") == "progress" && line.contains("eta_s"));
      hasHeldOut = hasHeldOut || line.value("part", "") == "held_out";
    }
    QVERIFY(hasRate && hasHeldOut);
    for (const char* file : {"config.json", "model.safetensors", "vocab.txt", "README.md",
                             "sequences.sha256", "curve.jsonl"}) {
      QVERIFY2(QFile::exists(m_made.file("whole/" + QString(file))), file);
    }
    const auto embedded =
        runWorker({"embed", "--backbone", "esm2", "--weights", m_made.file("whole"), "--fasta",
                   m_made.file("proteins.fasta"), "--out", m_made.file("e.safetensors"), "--json"});
    QVERIFY2(embedded.exitCode == 0, embedded.message().c_str());
    QCOMPARE(embedded.last().at("width").get<int>(), 32);
  }

  void aStopLeavesACheckpointToGoOnFrom() {
    QProcess process;
    process.start(TWOFOLD_WORKER, command("stopped", 5'000'000));
    QVERIFY(process.waitForStarted());
    QByteArray seen;
    for (int i = 0; i < 600 && !seen.contains("\"Pretraining\""); ++i) {
      process.waitForReadyRead(100);
      seen += process.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 85);
    QVERIFY(QFile::exists(m_made.file("stopped/state.safetensors")));

    const auto other = runWorker(command("stopped", 20000) << "--resume");
    QCOMPARE(other.exitCode, 2);
    QVERIFY(other.message().find("same options") != std::string::npos);
    const auto again = runWorker(command("stopped", 20000));
    QCOMPARE(again.exitCode, 2);
    QVERIFY(again.message().find("--resume") != std::string::npos);
  }

  void mistakesAreToldWithTheirCure_data() {
    QTest::addColumn<QStringList>("extra");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("said");
    QTest::newRow("no shape") << QStringList{"--shape", "big"} << 2 << "4x256x4";
    QTest::newRow("heads do not divide") << QStringList{"--shape", "2x32x5"} << 2 << "divide";
    QTest::newRow("huge shape") << QStringList{"--shape", "99999x99999"} << 2 << "4x256x4";
    QTest::newRow("no file") << QStringList{"--fasta", "/nowhere.fasta"} << 66 << "nowhere.fasta";
    QTest::newRow("nothing to resume") << QStringList{"--resume"} << 66 << "state.safetensors";
  }
  void mistakesAreToldWithTheirCure() {
    QFETCH(QStringList, extra);
    QFETCH(int, exitCode);
    QFETCH(QString, said);
    auto line = command("wrong", 20000);
    if (const auto place = line.indexOf(extra.front()); place >= 0) {
      line.remove(place, 2);
    }
    const auto result = runWorker(line << extra);
    QCOMPARE(result.exitCode, exitCode);
    QVERIFY2(QString::fromStdString(result.message()).contains(said), result.message().c_str());
  }

 private:
  [[nodiscard]] QStringList command(const QString& folder, int residues) const {
    return {"pretrain",
            "--fasta",
            m_made.file("proteins.fasta"),
            "--shape",
            "2x32x2",
            "--residues",
            QString::number(residues),
            "--batch-tokens",
            "1024",
            "--held-out",
            "0.05",
            "--threads",
            "1",
            "--out",
            m_made.file(folder),
            "--json"};
  }

  MadeUpProject m_made;
};

QTEST_GUILESS_MAIN(TestPretrainCommand)
#include "tst_pretrain_command.moc"
