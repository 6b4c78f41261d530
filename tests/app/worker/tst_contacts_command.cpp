// contacts study|train|predict, from structure files to numbers.
#include <fmt/format.h>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <array>
#include <cmath>
#include <fstream>

#include <csignal>

#include "core/base/random.h"
#include "core/formats/safetensors.h"
#include "tests/core/base/test_files.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace {

constexpr std::string_view kLetters = "ACDEFGHIKLMNPQRSTVWY";
constexpr std::array<const char*, 20> kNames = {"ALA", "CYS", "ASP", "GLU", "PHE", "GLY", "HIS",
                                                "ILE", "LYS", "LEU", "MET", "ASN", "PRO", "GLN",
                                                "ARG", "SER", "THR", "VAL", "TRP", "TYR"};

/// Two straight chains side by side, numbered from 11, which come nearer than 8 angstrom along 14
/// residues: there A is rich in tryptophan and B in cysteine.
std::string complexText(std::uint64_t seed, std::size_t length) {
  Random random(seed);
  std::string text;
  int atom = 0;
  for (const char chain : {'A', 'B'}) {
    const std::size_t residues = chain == 'A' ? length : length - 10;
    for (std::size_t i = 0; i < residues; ++i) {
      const bool touches = i >= 8 && i < 22;
      const auto letter = touches && random.below(3) > 0
                              ? kLetters.find(chain == 'A' ? 'W' : 'C')
                              : static_cast<std::size_t>(random.below(kLetters.size()));
      text += fmt::format(
          "ATOM  {:5}  CA  {} {}{:4}    {:8.3f}{:8.3f}{:8.3f}  1.00  0.00           C  \n", ++atom,
          kNames.at(letter), chain, i + 11, 3.8 * static_cast<double>(i),
          chain == 'A' ? 0.0 : (touches ? 6.0 : 25.0), 0.0);
    }
    text += "TER\n";
  }
  return text + "END\n";
}

class ComplexProject {
 public:
  explicit ComplexProject(int complexes) {
    QDir(m_folder.path()).mkdir("structures");
    for (int c = 0; c < complexes; ++c) {
      std::ofstream(m_folder.filePath(QString("structures/c%1.pdb").arg(c)).toStdString())
          << complexText(static_cast<std::uint64_t>(c) + 1, 40 + 3 * static_cast<std::size_t>(c));
    }
    m_imported = run({"import", "structures", m_folder.filePath("structures")});
  }

  [[nodiscard]] bool isThere() const { return m_imported.exitCode == 0; }
  [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }
  [[nodiscard]] QStringList complete(QStringList arguments) const {
    return arguments << "--project" << file("project") << "--json"
                     << "--threads"
                     << "1";
  }
  [[nodiscard]] WorkerResult run(QStringList arguments) const {
    return runWorker(complete(std::move(arguments)));
  }

 private:
  QTemporaryDir m_folder;
  WorkerResult m_imported;
};

QStringList study(const QString& seeds = "2", const QString& filter = "3") {
  return QStringList{"contacts", "study", "--backbone", "composition", "--seeds", seeds} +
         QStringList{"--folds", "3", "--epochs", "4", "--projection", "12", "--hidden", "8"} +
         QStringList{"--filter", filter, "--rate", "0.01", "--dropout", "0"};
}

QStringList training(const QString& name) {
  return {"contacts", "train",    "--backbone", "composition", "--epochs", "4",      "--projection",
          "12",       "--hidden", "8",          "--rate",      "0.01",     "--name", name};
}

}  // namespace

class TestContactsCommand : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.isThere());
    m_study = m_made.run(study());
    QVERIFY2(m_study.exitCode == 0, m_study.message().c_str());
  }

  void everyComplexIsTestedOnce() {
    const auto last = m_study.last();
    QCOMPARE(last.at("complexes").size(), std::size_t{7});
    QCOMPARE(last.at("families").get<int>(), 7);
    QCOMPARE(last.at("trainings").get<int>(), 6);
    QCOMPARE(last.at("kept").get<int>(), 0);
    QVERIFY(last.at("oracle").is_null());
    for (const auto& entry : last.at("complexes")) {
      QVERIFY(entry.at("contacts").get<int>() >= 14);
      for (const char* method : {"model", "propensity", "chance"}) {
        const double auprc = entry.at(method).at("auprc").get<double>();
        QVERIFY(auprc > 0 && auprc <= 1);
      }
      const double density =
          entry.at("contacts").get<double>() /
          (entry.at("residues")[0].get<double>() * entry.at("residues")[1].get<double>());
      QVERIFY(std::fabs(entry.at("chance").at("top_l5").get<double>() - density) < 1e-12);
    }
  }

  void differencesAreThoseOfTheMeans() {
    const auto last = m_study.last();
    const auto mean = [&](const char* method) {
      return last.at("means").at(method).at("auprc").at("mean").get<double>();
    };
    const auto difference = last.at("model_minus").at("propensity").at("auprc");
    QVERIFY(std::fabs(difference.at("mean").get<double>() - mean("model") + mean("propensity")) <
            1e-12);
    QVERIFY(difference.at("low").get<double>() <= difference.at("high").get<double>());
    QCOMPARE(last.at("above_baselines").at("auprc").get<bool>(),
             difference.at("low").get<double>() > 0 &&
                 last.at("model_minus").at("chance").at("auprc").at("low").get<double>() > 0);
  }

  void finishedTrainingsAreTakenAsTheyAre() {
    const auto folder = QString::fromStdString(m_study.last().at("folder").get<std::string>());
    const auto again = m_made.run(study());
    QCOMPARE(again.last().at("kept").get<int>(), 6);
    QCOMPARE(again.last().at("complexes").dump(), m_study.last().at("complexes").dump());
    QVERIFY(again.out.find("Training on complexes") == std::string::npos);
    QVERIFY(QFile::remove(folder + "/fold-2-seed-1.json"));
    QFile damaged(folder + "/fold-1-seed-2.json");
    QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
    damaged.write("{\"model\"");
    damaged.close();
    const auto mended = m_made.run(study());
    QCOMPARE(mended.last().at("kept").get<int>(), 4);
    QCOMPARE(mended.last().at("means").dump(), m_study.last().at("means").dump());
    QVERIFY(mended.out.find("damaged") != std::string::npos);
  }

  void otherSettingsAreAnotherStudy() {
    const auto other = m_made.run(study("1") + QStringList{"--distance", "7"});
    QCOMPARE(other.exitCode, 0);
    QCOMPARE(other.last().at("kept").get<int>(), 0);
    QVERIFY(other.last().at("folder") != m_study.last().at("folder"));
  }

  void theTableHasALineAComplex() {
    std::ifstream file(m_study.last().at("folder").get<std::string>() + "/complexes.tsv");
    std::string line;
    int lines = 0;
    while (std::getline(file, line)) {
      ++lines;
      QCOMPARE(std::count(line.begin(), line.end(), '\t'), 6 + 12);
      QVERIFY(line.find("ORACLE") == std::string::npos);
    }
    QCOMPARE(lines, 8);
  }

  void theOracleIsMarkedEverywhere() {
    const auto told = m_made.run(study("1") + QStringList{"--oracle"});
    QVERIFY2(told.exitCode == 0, told.message().c_str());
    QCOMPARE(told.last().at("oracle").get<std::string>(), std::string("ORACLE: sees the answer"));
    QVERIFY(told.last().at("folder") != m_study.last().at("folder"));
    std::ifstream file(told.last().at("folder").get<std::string>() + "/complexes.tsv");
    std::string line;
    std::getline(file, line);
    QVERIFY(line.ends_with("\toracle"));
    while (std::getline(file, line)) {
      QVERIFY(line.ends_with("ORACLE: sees the answer"));
    }
    auto text = m_made.complete(study("1") + QStringList{"--oracle"});
    text.removeAll("--json");
    const auto shown = runWorker(text);
    QVERIFY(shown.out.find("ORACLE: sees the answer") != std::string::npos);
  }

  void aStoppedStudyGoesOn() {
    const auto command = study("20") + QStringList{"--seed", "50"};
    QProcess process;
    process.start(TWOFOLD_WORKER, m_made.complete(command));
    std::string text;
    QElapsedTimer timer;
    timer.start();
    while (text.find("Fold 2 of 3, seed 50") == std::string::npos && timer.elapsed() < 60000) {
      process.waitForReadyRead(100);
      text += process.readAllStandardOutput().toStdString();
    }
    QVERIFY(text.find("Fold 2 of 3, seed 50") != std::string::npos);
    QVERIFY(process.processId() > 0);  // 0 would be this test's own group
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGTERM), 0);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 85);
    const auto resumed = m_made.run(command);
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    QVERIFY(resumed.last().at("kept").get<int>() >= 1);
    QVERIFY(resumed.last().at("kept").get<int>() < 60);
  }

  void aModelPredictsTheSameMapBothWaysRound() {
    const auto trained = m_made.run(training("first"));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    QVERIFY(trained.last().at("validation").at("auprc").get<double>() > 0);
    const auto predict = [&](const QString& a, const QString& b, const QString& out) {
      return m_made.run({"contacts", "predict", a, b, "--model", "first", "--top", "5", "--out",
                         m_made.file(out), "--table", m_made.file(out + ".tsv")});
    };
    const auto forth = predict("c0_A", "c0_B", "forth");
    QVERIFY2(forth.exitCode == 0, forth.message().c_str());
    QVERIFY(forth.last().at("interaction").is_null());
    QCOMPARE(forth.last().at("contacts").size(), std::size_t{5});
    const Json first = forth.last().at("contacts")[0];
    // Chains are numbered from 11.
    const auto label = first.at("a_structure").get<std::string>();
    QCOMPARE(std::stoi(label.substr(label.rfind(' ') + 1)), first.at("a").get<int>() + 10);
    QVERIFY(first.at("b_structure").get<std::string>().starts_with("B:"));
    const auto back = predict("c0_B", "c0_A", "back");
    const formats::SafetensorsFile there(m_made.file("forth").toStdString());
    const formats::SafetensorsFile here(m_made.file("back").toStdString());
    const auto& map = there.tensor("contacts");
    const auto& turned = here.tensor("contacts");
    const auto* values = reinterpret_cast<const float*>(map.bytes.data());
    const auto* others = reinterpret_cast<const float*>(turned.bytes.data());
    QCOMPARE(map.shape, (std::vector<std::int64_t>{40, 30}));
    QCOMPARE(turned.shape, (std::vector<std::int64_t>{30, 40}));
    for (std::int64_t i = 0; i < 40; ++i) {
      for (std::int64_t j = 0; j < 30; ++j) {
        QVERIFY(values[i * 30 + j] == others[j * 40 + i]);
      }
    }
    QFile table(m_made.file("forth.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count('\n'), 6);
    QCOMPARE(m_made.run(training("first")).exitCode, 2);  // it is there already
  }

  void whatCannotBeIsRefused_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("message");
    QTest::newRow("even filter") << study("1", "4") << 2 << "odd";
    QTest::newRow("unknown pair set") << (study() << "--pairs"
                                                  << "none")
                                      << 66 << "none";
    QTest::newRow("no weights") << (study() << "--weights"
                                            << "/nowhere")
                                       .replaceInStrings("composition", "esm2")
                                << 66 << "/nowhere";
    QTest::newRow("nothing so near") << (study() << "--distance"
                                                 << "1")
                                     << 65 << "--distance";
    QTest::newRow("a name that leads elsewhere") << training("../x") << 2 << "slash";
    QTest::newRow("no such model")
        << QStringList{"contacts", "predict", "c0_A", "c0_B", "--model", "none"} << 66
        << "contacts train";
  }

  void whatCannotBeIsRefused() {
    QFETCH(QStringList, command);
    QFETCH(int, exitCode);
    QFETCH(QString, message);
    const auto result = m_made.run(command);
    QVERIFY2(result.message().find(message.toStdString()) != std::string::npos,
             result.message().c_str());
    QCOMPARE(result.exitCode, exitCode);
  }

  void proteinsLongerThanTheBackboneReadsAreRefusedWithTheCure() {
    const auto result = m_made.run({"contacts", "study", "--backbone", "esm2", "--set",
                                    "random=true", "layers=1", "width=16", "heads=1", "limit=20"});
    QCOMPARE(result.exitCode, 65);
    QVERIFY2(result.message().find("windows") != std::string::npos, result.message().c_str());
  }

  void fewFamiliesAndNoComplexAreRefused() {
    const ComplexProject two(2);
    QVERIFY(two.isThere());
    const auto few = two.run(study());
    QCOMPARE(few.exitCode, 65);
    QVERIFY2(few.message().find("2 families") != std::string::npos, few.message().c_str());
    const MadeUpProject none;
    QVERIFY(none.prepare());
    const auto empty = none.run(study());
    QCOMPARE(empty.exitCode, 65);
    QVERIFY2(empty.message().find("import structures") != std::string::npos,
             empty.message().c_str());
  }

  /// Real complexes, a quick look at each.
  void theDockingComplexesAreStudied() {
    const auto data = tests::sharedData("structures/docking");
    NEEDS_FILE(data);
    QTemporaryDir folder;
    const QStringList common = {"--project", folder.filePath("project"), "--json", "--threads",
                                "1"};
    QStringList files;
    for (const char* name : {"1AVX", "1FC2", "1KTZ", "1R6Q", "2OOB", "3PC8", "1RV6"}) {
      files << QString::fromStdString((data / (std::string(name) + "_complex.pdb")).string());
    }
    QCOMPARE(runWorker(QStringList{"import", "structures"} + files + common).exitCode, 0);
    const auto result = runWorker(QStringList{"contacts", "study", "--backbone", "composition",
                                              "--seeds", "1", "--folds", "3", "--epochs", "1"} +
                                  common);
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("complexes").size(), std::size_t{7});
    const Json complexes = result.last().at("complexes");
    for (const auto& entry : complexes) {
      const auto name = entry.at("name").get<std::string>();
      QVERIFY2(entry.at("contacts").get<int>() >= 12, name.c_str());
      if (name.starts_with("1AVX")) {
        QCOMPARE(entry.at("contacts").get<int>(), 49);
      }
    }
  }

 private:
  ComplexProject m_made{7};
  WorkerResult m_study;
};

QTEST_GUILESS_MAIN(TestContactsCommand)
#include "tst_contacts_command.moc"
