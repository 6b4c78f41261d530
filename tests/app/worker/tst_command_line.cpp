// The command line itself: mistakes are named with the cure, the catalog is complete.
#include <QTest>

#include "core/runs/component_catalog.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

class TestCommandLine : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void mistakesEndWithTwoAndTheCure_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no command") << QStringList{} << "a command is missing";
    QTest::newRow("misspelt command") << QStringList{"trian"} << "did you mean \"train\"?";
    QTest::newRow("misspelt second command")
        << QStringList{"import", "protein", "a.fasta"} << "did you mean \"proteins\"?";
    QTest::newRow("misspelt option")
        << QStringList{"catalog", "--quite"} << "did you mean \"--quiet\"?";
    QTest::newRow("missing option") << QStringList{"evaluate"} << "--run";
    QTest::newRow("no project") << QStringList{"runs"} << "--project DIR";
    QTest::newRow("no number") << QStringList{"catalog", "--threads", "many"} << "--threads";
    QTest::newRow("unknown backbone")
        << QStringList{"embed", "--backbone", "compositoin", "--fasta", "x", "--out", "y"}
        << "did you mean \"composition\"?";
  }

  void mistakesEndWithTwoAndTheCure() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, expected);
    const auto result = runWorker(arguments << "--json");
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.last().value("type", ""), std::string("error"));
    QCOMPARE(result.last().value("kind", ""), std::string("usage"));
    QVERIFY2(QString::fromStdString(result.message()).contains(expected), result.message().c_str());
  }

  void withoutJsonErrorsAreTextOnStderr() {
    const auto result = runWorker({"trian"});
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.out.empty());
    QVERIFY2(result.err.starts_with("twofold-worker: there is no command"), result.err.c_str());
  }

  void missingProjectIsNotFound() {
    const auto result = runWorker({"runs", "--project", "/nowhere/at/all", "--json"});
    QCOMPARE(result.exitCode, 66);
    QVERIFY(result.message().find("/nowhere/at/all") != std::string::npos);
  }

  void helpAndVersionSucceed() {
    const auto help = runWorker({"train", "--help"});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.find("--channels") != std::string::npos);
    QCOMPARE(runWorker({"--version"}).exitCode, 0);
  }

  void catalogIsOneResultThatReadsBack() {
    const auto result = runWorker({"catalog", "--json"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.lines.size(), std::size_t{1});
    QCOMPARE(result.last().at("type").get<std::string>(), std::string("result"));
    const auto catalog = runs::catalogFromJson(result.last().at("catalog"));
    QCOMPARE(runs::findDescriptor(catalog.backbones, "esm2", "backbone").id, std::string("esm2"));
    (void)runs::findDescriptor(catalog.channels, "calpha", "channel");
    (void)runs::findDescriptor(catalog.splitters, "random", "splitter");
    (void)runs::findDescriptor(catalog.metrics, "auprc", "metric");
    QVERIFY(!catalog.training.options.empty());
  }

  void inspectTellsKindsApart() {
    MadeUpProject made;
    const auto kindOf = [](const QString& file) {
      return runWorker({"inspect", file, "--json"}).last().value("kind", std::string());
    };
    QCOMPARE(kindOf(made.file("proteins.fasta")), std::string("FASTA"));
    QCOMPARE(kindOf(made.file("pairs.tsv")), std::string("pairs"));
    QCOMPARE(kindOf(made.write("spec.json", R"({"pairSet":"p","split":"s"})")),
             std::string("run spec"));
    QVERIFY(runWorker({"embed", "--backbone", "composition", "--fasta", made.file("proteins.fasta"),
                       "--out", made.file("vectors")})
                .exitCode == 0);
    QCOMPARE(kindOf(made.file("vectors")), std::string("safetensors"));
    QCOMPARE(runWorker({"inspect", made.write("empty.tsv", ""), "--json"}).exitCode, 65);
  }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
