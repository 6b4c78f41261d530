// split: rules and their options, folds, drawn negatives, the preview; one split an experiment.
#include <QTest>

#include "tests/core/formats/uniprot_samples.h"
#include "worker_harness.h"

using namespace twofold::test;

namespace {

bool saysNote(const Json& split, const std::string& text) {
  return split.at("notes").dump().find(text) != std::string::npos;
}

}  // namespace

class TestSplitCommand : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { QVERIFY(m_made.prepare()); }

  void everyRuleOfTheCatalogCutsOrSaysWhatItLacks() {
    const auto catalog = m_made.run({"catalog"}).last();
    const auto& rules = catalog.at("catalog").at("splitters");
    QCOMPARE(rules.size(), std::size_t{9});
    for (const auto& rule : rules) {
      const auto id = rule.at("id").get<std::string>();
      const auto result = m_made.run(
          {"split", "--pairs", "made", "--rule", QString::fromStdString(id), "--preview"});
      // Made-up proteins have no dates, and which organism is test has to be said.
      const bool lacks = id == "species" || id == "time";
      QCOMPARE(result.exitCode, lacks ? 2 : 0);
      QVERIFY(id != "time" || result.message().find("import") != std::string::npos);
      QVERIFY(id != "species" || result.message().find("Nowhere") != std::string::npos);
    }
  }

  void aPreviewTellsAllAndStoresNothing() {
    const QStringList command = {"split", "--pairs", "made", "--rule", "c3",  "--ratio",
                                 "4,3,3", "--seed",  "3",    "--name", "seen"};
    const auto preview = m_made.run(command + QStringList{"--preview"}).last();
    QVERIFY(preview.at("preview").get<bool>());
    const auto& split = preview.at("splits").at(0);
    std::int64_t sum = 0;
    for (const char* name : {"train", "validation", "test"}) {
      const auto& part = split.at("parts").at(name);
      sum += part.at("pairs").get<std::int64_t>();
      QCOMPARE(part.at("positives").get<int>() + part.at("negatives").get<int>(),
               part.at("pairs").get<int>());
      std::int64_t proteins = 0;
      for (const auto& bin : part.at("degrees").at("histogram")) {
        proteins += bin.at("proteins").get<std::int64_t>();
      }
      QCOMPARE(proteins, part.at("proteins").get<std::int64_t>());
      QVERIFY(part.contains("only_positive_proteins") && part.contains("only_negative_proteins"));
    }
    for (const auto& [reason, count] : split.at("dropped").items()) {
      sum += count.get<std::int64_t>();
    }
    QCOMPARE(sum, 200);
    QCOMPARE(split.at("shared_proteins").at("train_test").get<int>(), 0);
    const auto frozen = m_made.run(command).last();  // the name was free
    QCOMPARE(frozen.at("hash").dump(), preview.at("hash").dump());
    QCOMPARE(m_made.run(command).exitCode, 2);
  }

  void optionsAreCheckedByName() {
    const auto unknown = m_made.run(
        {"split", "--pairs", "made", "--rule", "clusters", "--name", "x", "--set", "identiti=0.5"});
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY(unknown.message().find("identity") != std::string::npos);
    for (const auto& wrong :
         {QStringList{"--rule", "random", "--set", "identity=0.5"},
          QStringList{"--rule", "clusters", "--set", "identity"}, QStringList{"--rule", "cluster"},
          QStringList{"--rule", "c3", "--folds", "5"}, QStringList{"--folds", "2"},
          QStringList{"--negatives", "degree", "--per-positive", "101"},
          QStringList{"--per-positive", "10"}}) {
      const auto result =
          m_made.run(QStringList{"split", "--pairs", "made", "--name", "x"} + wrong);
      QVERIFY2(result.exitCode == 2, qPrintable(wrong.join(' ')));
    }
    QCOMPARE(m_made.run({"split", "--pairs", "made"}).exitCode, 2);  // no name
  }

  void foldsAreMadeInOneGo() {
    const auto result = m_made.run({"split", "--pairs", "made", "--folds", "4", "--name", "cv"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.last().at("splits").size(), std::size_t{4});
    QCOMPARE(result.last().at("splits").at(3).at("split").get<std::string>(), std::string("cv-4"));
    QCOMPARE(m_made.run({"evaluate", "--run", "nobody"}).exitCode, 66);
    QCOMPARE(m_made.run({"split", "--pairs", "made", "--folds", "4", "--name", "cv"}).exitCode, 2);
  }

  void drawnNegativesMakeAPairSetOfTheirOwn() {
    const auto result = m_made.run({"split", "--pairs", "made", "--rule", "random", "--negatives",
                                    "degree", "--per-positive", "3", "--name", "many"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.last().at("pairs").get<std::string>(), std::string("many"));
    const auto split = result.last().at("splits").at(0);
    const auto& train = split.at("parts").at("train");
    QVERIFY(train.at("negatives").get<int>() > 2 * train.at("positives").get<int>());
    QVERIFY(saysNote(split, "negatives drawn"));
    const auto again = m_made.run({"split", "--pairs", "many", "--rule", "c1", "--name", "c1"});
    QCOMPARE(again.exitCode, 0);
  }

  void datesOfUniprotEntriesCutByTime() {
    MadeUpProject made;
    std::string entries;
    std::string pairs;
    for (int i = 0; i < 12; ++i) {
      auto entry = twofold::tests::uniprotTextEntry();
      entry.replace(entry.find("O95832; Q0001"), 13, "p" + std::to_string(100 + i));
      const auto date = std::to_string(10 + i) + "-JUL-" + std::to_string(1990 + i);
      entry.insert(entry.find("DE "), i == 5 ? "" : "DT   " + date + ", integrated.\n");
      entries += entry;
      for (int j = 0; j < i; ++j) {
        pairs += "p" + std::to_string(100 + i) + "\tp" + std::to_string(100 + j) + "\t1\n";
      }
    }
    QCOMPARE(made.run({"import", "proteins", made.write("entries", entries)}).exitCode, 0);
    QCOMPARE(made.run({"import", "pairs", made.write("p.tsv", pairs), "--name", "p"}).exitCode, 0);
    const auto result =
        made.run({"split", "--pairs", "p", "--rule", "time", "--set", "validation_from=1999-01-01",
                  "test_from=2001-01-01", "--name", "t"});
    QCOMPARE(result.exitCode, 0);
    const auto split = result.last().at("splits").at(0);
    QCOMPARE(split.at("dropped").at("a protein has no date").get<int>(), 11);
    QCOMPARE(result.last().at("test").get<int>(), 10);  // those of p111
    const auto species = made.run(
        {"split", "--pairs", "p", "--rule", "species", "--set", "test=Homo sapien", "--name", "s"});
    QVERIFY(species.message().find("Homo sapiens") != std::string::npos);
  }

  void anExperimentKeepsToOneSplit() {
    QCOMPARE(m_made.run(m_made.trainCommand("sequence", 1)).exitCode, 0);
    QCOMPARE(m_made.run({"split", "--pairs", "made", "--seed", "9", "--name", "again"}).exitCode,
             0);
    auto other = m_made.trainCommand("sequence", 1);
    other[other.indexOf("random")] = "again";
    const auto refused = m_made.run(other);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(refused.message().find("--experiment") != std::string::npos);
    other[other.indexOf("test")] = "test-again";
    QCOMPARE(m_made.run(other).exitCode, 0);
  }

 private:
  MadeUpProject m_made;
};

QTEST_GUILESS_MAIN(TestSplitCommand)
#include "tst_split_command.moc"
