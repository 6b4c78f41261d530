// `neighbours`, `interface` and `mapping`: what is near, in embedding space and in a structure, and
// which residue is which.
#include <QTest>
#include <set>

#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace {

/// Two chains along x, five angstrom apart; chain B's residues are numbered from 10, with a 10A.
constexpr const char* kPdb =
    "SEQRES   1 A    5  GLY MET SER ALA LYS                                          \n"
    "SEQRES   1 B    3  ALA CYS TRP                                                  \n"
    "ATOM      1  CA  MET A   2       0.000   0.000   0.000  1.00 20.50           C\n"
    "ATOM      2  CA  SER A   3       3.800   0.000   0.000  1.00 20.50           C\n"
    "ATOM      3  CA  ALA A   4      40.000   0.000   0.000  1.00 20.50           C\n"
    "TER\n"
    "ATOM      4  CA  ALA B  10       0.000   5.000   0.000  1.00 30.00           C\n"
    "ATOM      5  CA  CYS B  10A      3.800   5.000   0.000  1.00 31.00           C\n"
    "ATOM      6  CA  TRP B  11       7.600  25.000   0.000  1.00 32.00           C\n"
    "END\n";

}  // namespace

class TestRetrievalCommands : public QObject {
  Q_OBJECT

 private:
  WorkerResult neighbours(const QStringList& more) const {
    return m_made.run(QStringList{"neighbours", "--backbone", "composition"} + more);
  }

  WorkerResult contacts(const QStringList& more) const {
    return runWorker(QStringList{"interface", "--json", "--structure", m_made.file("two.pdb")} +
                     more);
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    (void)m_made.write("two.pdb", kPdb);
  }

  void neighboursAreNearestFirstAndNeverItself() {
    const auto result = neighbours({"--protein", "p02", "-k", "20"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto last = result.last();
    QCOMPARE(last.at("searched").get<int>(), 59);
    QCOMPARE(last.at("neighbours").size(), std::size_t{20});
    double before = 0;
    int ofOneKind = 0;
    for (const auto& neighbour : last.at("neighbours")) {
      const auto id = neighbour.at("id").get<std::string>();
      QVERIFY(id != "p02");
      QVERIFY(neighbour.at("distance").get<double>() >= before);
      before = neighbour.at("distance").get<double>();
      QVERIFY(neighbour.at("identity").get<double>() < 1);
      QVERIFY(neighbour.at("coverage").get<double>() <= 1);
      QVERIFY(!neighbour.contains("partners"));
      ofOneKind += (id.back() - '0') % 2 == 0 ? 1 : 0;
    }
    QVERIFY(ofOneKind > 15);  // those of even number are rich in lysine
  }

  void onlyTrainingProteinsAndTheirPartnersAreSeen() {
    QCOMPARE(m_made
                 .run({"split", "--parts",
                       "train=" + m_made.write("train.tsv",
                                               "p02\tp04\t1\np04\tp06\t1\n"
                                               "p04\tp08\t0\n"),
                       "--parts", "validation=" + m_made.write("validation.tsv", "p04\tp10\t1\n"),
                       "--name", "small"})
                 .exitCode,
             0);
    const auto result =
        neighbours({"--protein", "p02", "-k", "3", "--pairs", "small", "--split", "small"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    std::map<std::string, std::vector<std::string>> partners;
    const auto last = result.last();
    for (const auto& neighbour : last.at("neighbours")) {
      partners[neighbour.at("id")] = neighbour.at("partners").get<std::vector<std::string>>();
    }
    QCOMPARE(partners.size(), std::size_t{3});
    QVERIFY((partners.at("p04") == std::vector<std::string>{"p02", "p06"}));
    QVERIFY((partners.at("p06") == std::vector<std::string>{"p04"}));
    QVERIFY(partners.at("p08").empty());
    const auto tooMany =
        neighbours({"--protein", "p02", "-k", "4", "--pairs", "small", "--split", "small"});
    QCOMPARE(tooMany.exitCode, 2);
    QVERIFY(tooMany.message().find("there are 3 other proteins") != std::string::npos);
  }

  void cosineOrdersByDirection() {
    const auto result = neighbours({"--protein", "p02", "-k", "5", "--cosine"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("distance").get<std::string>(), std::string("cosine"));
    QVERIFY(result.last().at("neighbours")[4].at("distance").get<double>() <= 2);
  }

  void wrongQuestionsAreAnswered() {
    QCOMPARE(neighbours({"--protein", "p99"}).exitCode, 66);
    QCOMPARE(neighbours({"--protein", "p02", "--pairs", "made"}).exitCode, 2);
    QCOMPARE(neighbours({"--protein", "p02", "-k", "0"}).exitCode, 2);
    QCOMPARE(m_made.run({"neighbours", "--protein", "p02", "--backbone", "esm9"}).exitCode, 2);
  }

  void theInterfaceHasBothNumberings() {
    const auto result = contacts({"--chains", "A,B", "--radius", "6"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto last = result.last();
    const auto& first = last.at("contacts").at(0);
    QCOMPARE(first.at("a").get<int>(), 2);
    QCOMPARE(first.at("a_number").get<std::string>(), std::string("2"));
    QCOMPARE(first.at("b").get<int>(), 1);
    QCOMPARE(first.at("b_number").get<std::string>(), std::string("10"));
    QCOMPARE(first.at("distance").get<double>(), 5.0);
    QCOMPARE(last.at("contacts").size(), std::size_t{2});
    const auto& b = last.at("chains").at(1);
    QCOMPARE(b.at("residues").at(1).at("number").get<std::string>(), std::string("10A"));
    QCOMPARE(b.at("residues").at(1).at("position").get<int>(), 2);
    QCOMPARE(b.at("local").get<std::string>(), std::string("AC-"));
    QCOMPARE(last.at("chains").at(0).at("local").get<std::string>(), std::string("MS-"));
  }

  void oneToOneMatchesEachResidueOnce() {
    QCOMPARE(contacts({"--chains", "A,B"}).last().at("contacts").size(), std::size_t{4});
    const auto result = contacts({"--chains", "A,B", "--one-to-one"});
    QCOMPARE(result.last().at("matching").get<std::string>(), std::string("one-to-one"));
    QCOMPARE(result.last().at("contacts").size(), std::size_t{2});
  }

  void structuresThatDoNotFitAreRefused() {
    QCOMPARE(contacts({"--chains", "A"}).exitCode, 2);
    const auto unknown = contacts({"--chains", "A,C"});
    QCOMPARE(unknown.exitCode, 66);
    QVERIFY(unknown.message().find("no protein chain \"C\"") != std::string::npos);
    QCOMPARE(contacts({"--chains", "A,B", "--radius", "-1"}).exitCode, 2);
    const auto broken = m_made.write("broken.pdb", "no structure");
    QCOMPARE(runWorker({"interface", "--json", "--structure", broken, "--chains", "A,B"}).exitCode,
             65);
    QCOMPARE(runWorker({"interface", "--json", "--structure", "/nowhere.pdb", "--chains", "A,B"})
                 .exitCode,
             66);
  }

  /// OpenBLAS and LibTorch have the same names for matrix products; only one may be there.
  void oneLibraryMultipliesMatrices() {
    QProcess readelf;
    readelf.start("readelf", {"-d", TWOFOLD_WORKER});
    QVERIFY(readelf.waitForFinished());
    const auto needed = readelf.readAllStandardOutput();
    QVERIFY(needed.contains("libtorch_cpu"));
    QVERIFY(!needed.contains("blas"));
  }

  void aMappingNamesBothNumbers() {
    const MadeUpProject made;
    (void)made.write("p.fasta", ">P1\nGMSAK\n>P2\nACCW\n");
    QCOMPARE(made.run({"import", "proteins", made.file("p.fasta")}).exitCode, 0);
    (void)made.write("two.pdb", kPdb);
    QCOMPARE(made.run({"import", "structures", made.file("two.pdb")}).exitCode, 0);
    const auto result = made.run({"mapping", "P1"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto last = result.last();
    QCOMPARE(last.at("structure").get<std::string>(), std::string("two"));
    QCOMPARE(last.at("chain").get<std::string>(), std::string("A"));
    QCOMPARE(last.at("summary").get<std::string>(),
             std::string("P1 2-4 ↔ chain A 2-4, 100 % identity, no gap"));
    QVERIFY(last.at("residues").at(0).at("number").is_null());
    QCOMPARE(last.at("residues").at(3).at("number").get<std::string>(), std::string("4"));
    QVERIFY(last.at("residues").at(3).at("confidence").is_null());
    QCOMPARE(made.run({"mapping", "P1", "--chain", "C"}).exitCode != 0, true);
    const auto none = made.run({"mapping", "P2"});
    QVERIFY(none.message().find("no chain of a structure in the project is P2") !=
            std::string::npos);
  }

 private:
  MadeUpProject m_made;
};

QTEST_GUILESS_MAIN(TestRetrievalCommands)
#include "tst_retrieval_commands.moc"
