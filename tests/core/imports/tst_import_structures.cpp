#include <fmt/format.h>
#include <QTest>

#include <array>
#include <string>

#include "tests/core/base/expect_error.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;

namespace {

struct TestChain {
  char name = 'A';
  std::string_view letters;  // of "AGS"
  double y = 0;              // angstrom; chains 5 apart are in contact
};

/// A PDB file of straight C-alpha chains, 3.8 angstrom from residue to residue.
std::string pdbText(const std::string& id, const std::vector<TestChain>& chains,
                    const std::string& dbref = {}) {
  std::string text = fmt::format(
      "HEADER    TEST                                    01-JAN-00   {}\n"
      "TITLE     A TEST COMPLEX\n{}",
      id, dbref);
  int serial = 1;
  for (const TestChain& chain : chains) {
    int number = 1;
    for (const char letter : chain.letters) {
      const char* name = letter == 'A' ? "ALA" : letter == 'G' ? "GLY" : "SER";
      text += fmt::format(
          "ATOM  {:5}  CA  {} {}{:4}    {:8.3f}{:8.3f}{:8.3f}  1.00 10.00           C  \n",
          serial++, name, chain.name, number, 3.8 * number, chain.y, 0.0);
      ++number;
    }
    text += fmt::format("TER   {:5}      ALA {}{:4}\n", serial++, chain.name, number - 1);
  }
  return text + "END\n";
}

constexpr std::string_view kLong = "AGSAGSGGSAAGSASGSAGGSAAASGSGAGSASGSSAGAGSA";
/// Each tenth residue of kLong is another: 88 % identity.
constexpr std::string_view kAlike = "SGSAGSGGSAGGSASGSAGGAAAASGSGAGAASGSSAGAGGA";
constexpr std::string_view kOther = "SSAGGASAGSSAGASGAAGSSGAGSASSGGAGSAGSAAGSSA";

}  // namespace

class TestImportStructures : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void chainsBecomeProteinsAndContactsPairs() {
    ProjectFixture fixture;
    const auto file = fixture.write(
        "x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kOther, 5}, {'C', kLong, 10}}));
    const auto report = importStructures(fixture.project(), {{file}, "complexes", 8, 10}, {});
    QCOMPARE(report.read, 1);
    QCOMPARE(report.kept, 1);
    const auto info = store::StructureRepository(fixture.project().database()).structures().at(0);
    QCOMPARE(info.id, std::string("1ABC"));
    QVERIFY(std::filesystem::exists(fixture.project().structuresFolder() / info.file));
    QCOMPARE(info.chains.at(0).protein, info.chains.at(2).protein);
    QVERIFY(info.chains.at(0).protein != info.chains.at(1).protein);
    QCOMPARE(fixture.proteins().ids().at(0).second, std::string("1ABC_A"));
    QCOMPARE(fixture.proteins().count(), 2);
    const auto set = fixture.pairs().set("complexes");
    QCOMPARE(set.pairs, 1);  // A-B and B-C are the same two proteins
    QCOMPARE(set.positives, 1);
  }

  void aHomomerPairsItsProteinWithItself() {
    ProjectFixture fixture;
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kLong, 5}}));
    static_cast<void>(importStructures(fixture.project(), {{file}, "complexes", 8, 10}, {}));
    const auto pairs = fixture.pairs().pairs(fixture.pairs().set("complexes").key);
    QCOMPARE(pairs.size(), std::size_t{1});
    QCOMPARE(pairs.at(0).a, pairs.at(0).b);
    QCOMPARE(pairs.at(0).label, data::Label::Positive);
  }

  void chainsApartMakeNoPairs() {
    ProjectFixture fixture;
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kOther, 50}}));
    const auto report = importStructures(fixture.project(), {{file}, "complexes", 8, 10}, {});
    QVERIFY(report.notes.at(0).starts_with("No two chains are in contact"));
    QVERIFY(fixture.pairs().sets().empty());
  }

  void anAccessionComesBeforeTheSequence() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">P69905\nMMMM\n>other\n" + std::string(kLong) + "\n"));
    const std::string dbref =
        "DBREF  1ABC A    1    42  UNP    P69905   HBA_HUMAN        1     42             \n";
    const auto file =
        fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kLong, 50}}, dbref));
    static_cast<void>(importStructures(fixture.project(), {{file}, "", 8, 10}, {}));
    const auto info = store::StructureRepository(fixture.project().database()).structures().at(0);
    QCOMPARE(info.chains.at(0).protein, 1);
    QCOMPARE(info.chains.at(0).mapping, std::string("accession P69905"));
    QCOMPARE(info.chains.at(1).protein, 2);
    QCOMPARE(info.chains.at(1).mapping, std::string("same sequence"));
  }

  void aStretchOfAProteinIsThatProtein() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">A\nMKVMKV\n>B\nMK" + std::string(kLong) + "LL\n"));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}}));
    static_cast<void>(importStructures(fixture.project(), {{file}, "", 8, 10}, {}));
    const auto info = store::StructureRepository(fixture.project().database()).structures().at(0);
    QCOMPARE(info.chains.at(0).protein, 2);
    QCOMPARE(info.chains.at(0).mapping, std::string("part of the sequence"));
  }

  void aNewProteinIsToldWithItsBestMatch() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">P12345\nMK" + std::string(kAlike) + "\n"));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}}));
    const auto report = importStructures(fixture.project(), {{file}, "", 8, 10}, {});
    QCOMPARE(report.notes.at(0), std::string("1ABC chain A: new protein; best match is P12345 at "
                                             "88 % identity over 42 residues."));
    QCOMPARE(fixture.proteins().count(), 2);
  }

  void bySequenceOnlyWhatIsAlikeEnoughIsMatched() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">P12345\nMK" + std::string(kAlike) + "\n"));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kAlike, 5}}));
    StructureImport request{{file}, "complexes", 8, 10, {true}};
    const auto report = importStructures(fixture.project(), request, {});
    QCOMPARE(report.kept, 1);
    QCOMPARE(report.skipped.at("chain that matches no protein's sequence"), 1);
    QCOMPARE(report.examples.at("chain that matches no protein's sequence").at(0),
             std::string("1ABC chain A: best match is P12345 at 88 % identity over 42 residues; "
                         "below 90 %"));
    QCOMPARE(report.notes.at(0),
             std::string("1 chain pairs in contact were left out: a chain of them matches no "
                         "protein."));
    const auto info = store::StructureRepository(fixture.project().database()).structures().at(0);
    QCOMPARE(info.chains.size(), std::size_t{1});
    QCOMPARE(info.chains.at(0).chain, std::string("B"));
    QCOMPARE(fixture.proteins().count(), 1);
  }

  void theThresholdIsTheUsers() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">O\nMMMMMMM\n>P12345\nMK" + std::string(kAlike) + "\n"));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}}));
    static_cast<void>(importStructures(fixture.project(), {{file}, "", 8, 10, {true, 0.85}}, {}));
    const auto info = store::StructureRepository(fixture.project().database()).structures().at(0);
    QCOMPARE(info.chains.at(0).protein, 2);
    QCOMPARE(info.chains.at(0).mapping, std::string("88 % identity to P12345 over 42 residues"));
  }

  void aFileWithoutAMatchIsLeftOutWithItsCopy() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">P12345\nMKVLWFYMKVLWFYMKVLWFYMKVLWFYMKVLWFYMKVLWFY\n"));
    const std::vector<std::filesystem::path> files = {
        fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}})),
        fixture.write("y.pdb", pdbText("2ABC", {{'A', "AGSAG", 0}}))};
    const auto report = importStructures(fixture.project(), {files, "", 8, 10, {true}}, {});
    QCOMPARE(report.kept, 0);
    QCOMPARE(report.skipped.at("chain that matches no protein's sequence"), 2);
    QVERIFY(store::StructureRepository(fixture.project().database()).structures().empty());
    QVERIFY(std::filesystem::is_empty(fixture.project().structuresFolder()));
  }

  void aShortStretchIsNoMatch() {
    ProjectFixture fixture;
    static_cast<void>(
        fixture.importFasta(">P12345\nMMMM" + std::string(kLong.substr(0, 12)) + "\n"));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong.substr(0, 20), 0}}));
    const auto report = importStructures(fixture.project(), {{file}, "", 8, 10, {true}}, {});
    const auto& example = report.examples.at("chain that matches no protein's sequence").at(0);
    QVERIFY2(
        example.find("100 % identity over 12 residues, 60 % of the chain; below 30 residues") !=
            std::string::npos,
        example.c_str());
  }

  void anAccessionWhoseSequenceDisagreesIsTold() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">P69905\nMMMM\n"));
    const std::string dbref =
        "DBREF  1ABC A    1    42  UNP    P69905   HBA_HUMAN        1     42             \n";
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}}, dbref));
    const auto report = importStructures(fixture.project(), {{file}, "", 8, 10}, {});
    QVERIFY2(report.notes.at(0).starts_with("1ABC chain A: accession P69905; the file says P69905"),
             report.notes.at(0).c_str());
  }

  void manyProteinsAreSearchedByTheirWords() {
    ProjectFixture fixture;
    std::string fasta;
    for (int i = 0; i < 100; ++i) {
      fasta += fmt::format(">Q{}\nMKVLWFYCDE{}\n", i, std::string(40, "CDEFHIKLMN"[i % 10]));
    }
    static_cast<void>(fixture.importFasta(fasta + ">P12345\nMK" + std::string(kAlike) + "\n"));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}}));
    const auto report = importStructures(fixture.project(), {{file}, "", 8, 10, {true}}, {});
    QVERIFY(report.examples.at("chain that matches no protein's sequence")
                .at(0)
                .find("best match is P12345 at 88 %") != std::string::npos);
  }

  void aTakenIdGivesWayToTheFilesName() {
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> files = {
        fixture.write("1ABC_complex.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kOther, 5}})),
        fixture.write("1ABC_r_u.pdb", pdbText("1ABC", {{'A', kLong, 1}}))};
    static_cast<void>(importStructures(fixture.project(), {files, "", 8, 10}, {}));
    store::StructureRepository repository(fixture.project().database());
    QVERIFY(repository.contains("1ABC"));
    QVERIFY(repository.contains("1ABC_r_u"));
    const auto again = importStructures(fixture.project(), {files, "", 8, 10}, {});
    QCOMPARE(again.kept, 0);
    QCOMPARE(again.skipped.at("already present"), 2);
    QCOMPARE(repository.structures().size(), std::size_t{2});
  }

  void aBrokenFileIsCountedAndLeavesNoTrace() {
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> files = {
        fixture.write("a.pdb", pdbText("1ABC", {{'A', kLong, 0}})),
        fixture.write("b.pdb", "this is no structure\n"), fixture.write("c.pdb", "")};
    const auto report = importStructures(fixture.project(), {files, "", 8, 10}, {});
    QCOMPARE(report.read, 3);
    QCOMPARE(report.kept, 1);
    QCOMPARE(report.skipped.at("cannot be read"), 2);
    QVERIFY(report.examples.at("cannot be read").at(0).find("b.pdb") != std::string::npos);
    std::size_t inFolder = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(fixture.project().structuresFolder())) {
      ++inFolder;
    }
    QCOMPARE(inFolder, std::size_t{1});
  }

  void aTakenNameImportsNothing() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">A\nMKV\n>B\nMKL\n"));
    const auto table = fixture.write("p.tsv", "A\tB\t1\n");
    static_cast<void>(importPairs(fixture.project(), {table, "taken", {}}, {}));
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kOther, 5}}));
    EXPECT_ERROR(importStructures(fixture.project(), {{file}, "taken", 8, 10}, {}),
                 ErrorKind::Usage, "already");
    QCOMPARE(fixture.proteins().count(), 2);
  }

  void anErrorAfterCopyingLeavesNoFile() {
    ProjectFixture fixture;
    {
      store::Transaction transaction(fixture.project().database());
      fixture.project().database().execute(
          "CREATE TRIGGER full BEFORE INSERT ON structure_chain WHEN NEW.chain = 'B' "
          "BEGIN SELECT RAISE(ABORT, 'no room'); END;");
      transaction.commit();
    }
    const auto file = fixture.write("x.pdb", pdbText("1ABC", {{'A', kLong, 0}, {'B', kOther, 5}}));
    EXPECT_ERROR(importStructures(fixture.project(), {{file}, "", 8, 10}, {}), ErrorKind::Internal,
                 "no room");
    QVERIFY(std::filesystem::is_empty(fixture.project().structuresFolder()));
    QCOMPARE(fixture.proteins().count(), 0);
  }

  void nothingReadableIsAnError() {
    ProjectFixture fixture;
    const auto file = fixture.write("b.pdb", "this is no structure\n");
    EXPECT_ERROR(importStructures(fixture.project(), {{file}, "", 8, 10}, {}), ErrorKind::BadInput,
                 "b.pdb");
    std::filesystem::create_directory(fixture.path("empty"));
    EXPECT_ERROR(importStructures(fixture.project(), {{fixture.path("empty")}, "", 8, 10}, {}),
                 ErrorKind::BadInput, "no structure file");
  }

  void theDockingComplexesAreImported() {
    const auto folder = sharedData("structures/docking");
    NEEDS_FILE(folder);
    ProjectFixture fixture;
    const auto report = importStructures(fixture.project(), {{folder}, "docking", 8, 10}, {});
    for (const auto& note : report.notes) {
      qInfo("%s", note.c_str());
    }
    QCOMPARE(report.read, report.kept);
    QVERIFY(fixture.pairs().set("docking").positives >= 30);
    QVERIFY(store::StructureRepository(fixture.project().database()).contains("1AVX_complex") ||
            store::StructureRepository(fixture.project().database()).contains("1AVX"));
  }
};

QTEST_GUILESS_MAIN(TestImportStructures)
#include "tst_import_structures.moc"
