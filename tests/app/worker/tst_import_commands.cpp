// import and split: counted reports, and broken files that leave no trace.
#include <QTest>
#include <filesystem>

#include "tests/core/formats/uniprot_samples.h"
#include "tests/core/imports/small_databases.h"
#include "worker_harness.h"

using namespace twofold::test;
using namespace twofold::tests;

class TestImportCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void importsAreCounted() {
    MadeUpProject made;
    const auto proteins = made.run({"import", "proteins", made.file("proteins.fasta")});
    QCOMPARE(proteins.exitCode, 0);
    QCOMPARE(proteins.last().at("command").get<std::string>(), std::string("import proteins"));
    QCOMPARE(proteins.last().at("counts").at("read").get<int>(), 60);
    QCOMPARE(proteins.last().at("counts").at("kept").get<int>(), 60);

    const auto file = made.write("more.tsv", "p00\tp01\t1\np00\tnobody\t1\np02\tp02\t0\n");
    const auto pairs = made.run({"import", "pairs", file, "--name", "more"});
    QCOMPARE(pairs.exitCode, 0);
    QCOMPARE(pairs.last().at("counts").at("kept").get<int>(), 1);
    const auto skipped = pairs.last().at("counts").at("skipped");
    QCOMPARE(skipped.size(), std::size_t{2});  // an unknown protein and a self pair
    QVERIFY(pairs.last().at("examples").dump().find("more.tsv:2") != std::string::npos);
  }

  void annotationsAreCountedAndARuleIsExplained() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    std::string entry = uniprotTextEntry();
    entry.replace(entry.find("O95832; Q0001"), 13, "p00");
    entry.replace(entry.find("Homo sapiens (Human)"), 20, "Nowhere");
    const auto text = made.write("p00.txt", entry);
    const auto terms = QString::fromStdString(
        makeDatabase(made.file("go.sqlite").toStdString(), smallTerms()).string());
    const auto result =
        made.run({"import", "annotations", text, terms, "--evidence", "electronic"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.last().at("command").get<std::string>(), std::string("import annotations"));
    const auto counts = result.last().at("counts");
    std::int64_t sum = counts.at("kept").get<std::int64_t>();
    for (const auto& [reason, count] : counts.at("skipped").items()) {
      sum += count.get<std::int64_t>();
    }
    QCOMPARE(counts.at("read").get<std::int64_t>(), sum);
    QCOMPARE(counts.at("skipped").at("unknown term").get<int>(), 1);
    QVERIFY(result.last().at("notes").dump().find("not electronically inferred") !=
            std::string::npos);
    const auto wrong = made.run({"import", "annotations", text, "--evidence", "electronics"});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY(wrong.message().find("electronic") != std::string::npos);
  }

  void uniprotFilesBringProteins() {
    MadeUpProject made;
    const auto text = made.write("entries", uniprotTextEntry());
    QCOMPARE(made.run({"import", "proteins", text}).last().at("counts").at("kept").get<int>(), 1);
    QVERIFY(made.run({"inspect", text}).last().dump().find("UniProt text") != std::string::npos);
    const auto xml = made.write("more", uniprotXmlEntry());
    const auto again = made.run({"import", "proteins", xml});
    QCOMPARE(again.last().at("counts").at("skipped").at("already present").get<int>(), 1);
    QVERIFY(made.run({"inspect", xml}).last().dump().find("UniProt XML") != std::string::npos);
  }

  void brokenFilesEndWith65FileAndLine_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("place");
    const QStringList proteins = {"import", "proteins"};
    const QStringList pairs = {"import", "pairs", "--name", "broken"};
    QTest::newRow("letter that is no residue")
        << proteins << QByteArray(">a\nMKV\n>b\nMK1V\n") << "broken:4: ";
    QTest::newRow("no header") << proteins << QByteArray("MKV\n") << "broken:1: ";
    QTest::newRow("empty") << proteins << QByteArray() << "broken: ";
    QTest::newRow("label") << pairs << QByteArray("p00\tp01\t1\np01\tp02\tmaybe\n") << "broken:2: ";
    QTest::newRow("label in line 1")
        << pairs << QByteArray("p00\tp01\tyes\np01\tp02\t0\n") << "broken:1: ";
    QTest::newRow("column") << pairs << QByteArray("p00\tp01\t1\np01\n") << "broken:2: ";
    QTest::newRow("no pairs") << pairs << QByteArray() << "broken: ";
    QTest::newRow("entry without length") << proteins << QByteArray("ID   X\n//\n") << "broken:1: ";
    QTest::newRow("XML that is not UniProt's")
        << proteins << QByteArray("<a>\n</a>\n") << "broken:1: ";
    const QStringList annotations = {"import", "annotations"};
    QTest::newRow("no annotations") << annotations << QByteArray(">a\nMKV\n") << "broken: ";
    QTest::newRow("XML cut off") << annotations << QByteArray("<uniprot>\n<entry>\n")
                                 << "broken:3: ";
    QTest::newRow("no database") << annotations << QByteArray("SQLite format 3\0 and more", 26)
                                 << "broken: ";
    const QStringList structures = {"import", "structures"};
    QTest::newRow("empty structure") << structures << QByteArray() << "broken: ";
    QTest::newRow("structure without protein")
        << structures
        << QByteArray(
               "ATOM      1  P    DA A   1      11.000  12.000  13.000  1.00 20.00           P\n")
        << "no protein chain";
    QTest::newRow("structure with Windows line ends")
        << structures
        << QByteArray("HEADER\r\nATOM      1  CA  ALA A   1      11.000  1x.000  13.000\r\n")
        << "broken:2: ";
  }

  void brokenFilesEndWith65FileAndLine() {
    QFETCH(QStringList, command);
    QFETCH(QByteArray, content);
    QFETCH(QString, place);
    MadeUpProject made;
    QVERIFY(made.prepare());
    command.insert(2, made.write("broken", content.toStdString()));
    const auto result = made.run(command);
    QCOMPARE(result.exitCode, 65);
    QCOMPARE(result.last().at("kind").get<std::string>(), std::string("bad-input"));
    QVERIFY2(QString::fromStdString(result.message()).contains(place), result.message().c_str());
    // Nothing half: the name is still free.
    if (command.contains("pairs")) {
      QCOMPARE(made.run({"import", "pairs", made.file("pairs.tsv"), "--name", "broken"}).exitCode,
               0);
    }
  }

  void missingFilesEndWith66() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    for (const auto& command :
         {QStringList{"import", "proteins", "nowhere.fasta"},
          QStringList{"import", "annotations", "nowhere.sqlite"},
          QStringList{"import", "pairs", "nowhere.tsv", "--name", "n"},
          QStringList{"import", "structures", "nowhere.pdb"},
          QStringList{"import", "structures", made.file("pairs.tsv"), "nowhere.pdb"},
          QStringList{"split", "--parts", "train=nowhere.tsv,validation=nowhere.tsv", "--name",
                      "s"},
          QStringList{"split", "--pairs", "nowhere", "--name", "s"}}) {
      const auto result = made.run(command);
      QCOMPARE(result.exitCode, 66);
      QVERIFY(result.message().find("nowhere") != std::string::npos);
    }
  }

  void takenNamesAreRefused() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    QCOMPARE(made.run({"import", "pairs", made.file("pairs.tsv"), "--name", "made"}).exitCode, 2);
    QCOMPARE(made.run({"split", "--pairs", "made", "--name", "random"}).exitCode, 2);
  }

  void splitsAreTheSameForTheSameSeed() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    const auto split = [&](const QString& seed, const QString& name) {
      return made
          .run({"split", "--pairs", "made", "--rule", "random", "--ratio", "6,2,2", "--seed", seed,
                "--name", name})
          .last();
    };
    const auto first = split("7", "first");
    const auto again = split("7", "again");
    QCOMPARE(first.at("train").get<int>() + first.at("validation").get<int>() +
                 first.at("test").get<int>(),
             200);
    QCOMPARE(first.at("train").get<int>(), 120);
    QCOMPARE(first.at("hash").dump(), again.at("hash").dump());
    QVERIFY(first.at("hash") != split("8", "other").at("hash"));
  }

  void brokenPartsMakeNoSplit_data() {
    QTest::addColumn<QByteArray>("validation");
    QTest::addColumn<QString>("reason");
    QTest::newRow("empty") << QByteArray() << "val.tsv";
    QTest::newRow("label") << QByteArray("p03\tp05\t1\np03\tp04\t2\n") << "val.tsv:2: ";
    QTest::newRow("nobody known") << QByteArray("x\ty\t1\nx\tz\t0\n") << "validation";
  }

  void brokenPartsMakeNoSplit() {
    QFETCH(QByteArray, validation);
    QFETCH(QString, reason);
    MadeUpProject made;
    QVERIFY(made.prepare());
    const auto train = made.write("train.tsv", "p00\tp02\t1\np00\tp01\t0\n");
    const auto broken = made.write("val.tsv", validation.toStdString());
    const QString parts = "train=" + train + ",validation=";
    const auto result = made.run({"split", "--parts", parts + broken, "--name", "parts"});
    QCOMPARE(result.exitCode, 65);
    QVERIFY2(QString::fromStdString(result.message()).contains(reason), result.message().c_str());
    // Nothing half: the name is still free.
    const auto whole = made.write("whole.tsv", "p03\tp05\t1\np03\tp04\t0\n");
    QCOMPARE(made.run({"split", "--parts", parts + whole, "--name", "parts"}).exitCode, 0);
  }

  void partsFromFilesMakePairSetAndSplit() {
    MadeUpProject made;
    QVERIFY(made.prepare());
    const auto train = made.write("train.tsv", "p00\tp02\t1\r\np00\tp01\t0\r\n");
    const auto validation = made.write("val.tsv", "p03\tp05\t1\r\np03\tp04\t0\r\n");
    const auto result = made.run(
        {"split", "--parts", "train=" + train + ",validation=" + validation, "--name", "parts"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.last().at("pairs").get<std::string>(), std::string("parts"));
    QCOMPARE(result.last().at("train").get<int>(), 2);
    QCOMPARE(result.last().at("validation").get<int>(), 2);
    QCOMPARE(result.last().at("test").get<int>(), 0);
    QCOMPARE(made.run({"split", "--parts", "train=" + train, "--name", "half"}).exitCode, 2);
    QCOMPARE(made.run({"split", "--parts", "trian=" + train, "--name", "half"}).exitCode, 2);
  }
};

QTEST_GUILESS_MAIN(TestImportCommands)
#include "tst_import_commands.moc"
