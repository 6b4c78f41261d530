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
