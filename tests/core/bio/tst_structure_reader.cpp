#include <QTest>
#include <algorithm>

#include "core/base/files.h"
#include "core/bio/contacts.h"
#include "core/bio/structure_reader.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/gzip.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::bio;

class TestStructureReader : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  static Structure readFixture(const std::string& name) {
    return readStructure(tests::fixture("structures/" + name));
  }
  static bool hasNote(const Structure& structure, const std::string& text) {
    return std::any_of(structure.notes.begin(), structure.notes.end(), [&](const auto& note) {
      return note.find(text) != std::string::npos && note.ends_with('.');
    });
  }
  static void comparePoint(const Point& point, float x, float y, float z) {
    QCOMPARE(point[0], x);
    QCOMPARE(point[1], y);
    QCOMPARE(point[2], z);
  }

 private Q_SLOTS:
  void aPdbFileIsReducedToItsProteinChains() {
    const auto structure = readFixture("small.pdb");
    QCOMPARE(structure.id, std::string("9TST"));
    QCOMPARE(structure.title, std::string("TWO SHORT CHAINS WITH ONE OF EACH ODDITY THAT A READER "
                                          "MEETS IN REAL FILES"));
    QVERIFY(!structure.predicted);
    QCOMPARE(structure.chains.size(), std::size_t{2});
    const Chain& a = structure.chains[0];
    QCOMPARE(a.id, std::string("A"));
    QCOMPARE(a.accession, std::string("P12345"));
    QCOMPARE(a.fullSequence, std::string("GMSAK"));
    QCOMPARE(a.observedSequence(), std::string("GMTA"));
    comparePoint(a.residues[0].calpha, 0, 0, 0);
    QCOMPARE(a.residues[0].bFactor, 20.5F);
    comparePoint(a.residues[1].calpha, 3.9F, 0.1F, 0);
    QVERIFY(!a.residues[3].hasCalpha);
    QCOMPARE(residueLabel(a, a.residues[3]), std::string("A:ALA 3A"));
    const Chain& b = structure.chains[1];
    QCOMPARE(b.accession, std::string());
    QCOMPARE(b.fullSequence, std::string("ACW"));
    QCOMPARE(findContacts(a, b, 8).size(), std::size_t{5});
  }

  void choicesMadeWhileReadingAreNoted() {
    const auto structure = readFixture("small.pdb");
    QVERIFY(hasNote(structure, "2 models: the first"));
    QVERIFY(hasNote(structure, "1 residue has alternative positions"));
    QVERIFY(hasNote(structure, "1 place holds more than one residue type"));
    QVERIFY(hasNote(structure, "MSE: 1 residue was read as M"));
    QVERIFY(hasNote(structure, "Chain A: 1 of 5 residues was not observed"));
    QVERIFY(hasNote(structure, "Chain A: 1 residue has no C-alpha"));
  }

  void anMmcifFileUsesAuthorNames() {
    const auto structure = readFixture("small.cif");
    QCOMPARE(structure.id, std::string("9TST"));
    QCOMPARE(structure.title, std::string("TWO SHORT CHAINS\nWITH A TITLE IN TWO LINES"));
    QCOMPARE(structure.chains.size(), std::size_t{2});
    const Chain* heavy = structure.chain("H");
    QVERIFY(heavy != nullptr);
    QCOMPARE(heavy->accession, std::string("P12345"));
    QCOMPARE(heavy->fullSequence, std::string("GMSAK"));
    QCOMPARE(heavy->observedSequence(), std::string("GMS"));
    comparePoint(heavy->residues[1].calpha, 3.9F, 0.1F, 0);
    QCOMPARE(residueLabel(*heavy, heavy->residues[2]), std::string("H:SER 101A"));
    QCOMPARE(heavy->residues[2].calpha[0], 7.6F);
    QCOMPARE(structure.chain("L")->accession, std::string());
    QVERIFY(hasNote(structure, "alternative positions"));
  }

  void gzipAndWindowsLineEndsChangeNothing() {
    for (const std::string name : {"small.pdb", "small.cif"}) {
      std::string text = readFile(tests::fixture("structures/" + name), 1 << 20);
      const auto plain = readFixture(name);
      const auto packed = readStructure(m_folder.write("a.gz", tests::gzip(text)));
      for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
        text.insert(at, 1, '\r');
      }
      const auto windows = readStructure(m_folder.write("a.xyz", text));
      for (const auto* other : {&packed, &windows}) {
        QCOMPARE(other->chains.size(), plain.chains.size());
        QCOMPARE(other->chains[0].fullSequence, plain.chains[0].fullSequence);
        QCOMPARE(other->chains[0].observedSequence(), plain.chains[0].observedSequence());
        QVERIFY(other->notes == plain.notes);
      }
    }
  }

  void brokenFilesAreToldWithTheirLine_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("cut_atom.pdb") << QByteArray("cut_atom.pdb:10: the atom's line is cut short");
    QTest::newRow("wrong_coordinate.pdb") << QByteArray(":10: coordinate y \"12.x5\" is no number");
    QTest::newRow("no_protein.pdb") << QByteArray("no_protein.pdb: there is no protein chain");
    QTest::newRow("cut_loop.cif") << QByteArray(":95: the loop of _atom_site.group_PDB");
    QTest::newRow("wrong_coordinate.cif")
        << QByteArray("_atom_site.Cartn_y \"5.o00\" is no number");
    QTest::newRow("open_text.cif") << QByteArray("open_text.cif:6: the text that starts here");
    QTest::newRow("missing_value.cif") << QByteArray("missing_value.cif:2: _entry.id has no value");
  }
  void brokenFilesAreToldWithTheirLine() {
    QFETCH(QByteArray, message);
    EXPECT_ERROR(readFixture(QTest::currentDataTag()), ErrorKind::BadInput, message.toStdString());
  }

  void otherFilesAreRefused() {
    EXPECT_ERROR(readStructure(m_folder.path("none.pdb")), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(readStructure(m_folder.path("")), ErrorKind::BadInput, "folder");
    EXPECT_ERROR(readStructure(m_folder.write("e.pdb", "")), ErrorKind::BadInput, "empty");
    EXPECT_ERROR(readStructure(m_folder.write("b.pdb", " \n\n")), ErrorKind::BadInput, "neither");
    EXPECT_ERROR(readStructure(m_folder.write("j.cif", " {\"data_x\": 1}")), ErrorKind::BadInput,
                 "JSON");
    EXPECT_ERROR(readStructure(m_folder.write("d.cif", "data_x\n")), ErrorKind::BadInput,
                 "no protein chain");
    EXPECT_ERROR(readStructure(m_folder.write("n.pdb", std::string_view("TITLE\nA\0", 8))),
                 ErrorKind::BadInput, ":2: there is a NUL byte");
    EXPECT_ERROR(readStructure(m_folder.write("l.pdb", std::string(5'000'000, 'A'))),
                 ErrorKind::BadInput, "neither");
    const std::string packed = tests::gzip("TITLE     A LONGER TITLE\n");
    EXPECT_ERROR(readStructure(m_folder.write("c.gz", packed.substr(0, packed.size() - 5))),
                 ErrorKind::BadInput, "cut short");
  }

  void everyPrefixOfAFileIsReadOrRefused() {
    for (const std::string name : {"small.pdb", "small.cif"}) {
      const std::string text = readFile(tests::fixture("structures/" + name), 1 << 20);
      for (std::size_t size = 1; size < text.size(); size += 7) {
        try {
          static_cast<void>(readStructure(m_folder.write("part", text.substr(0, size))));
        } catch (const Error& error) {
          QCOMPARE(static_cast<int>(error.kind()), static_cast<int>(ErrorKind::BadInput));
        }
      }
    }
  }

  void haemoglobinHasItsFourChains() {
    const std::filesystem::path file = "/usr/share/EMBOSS/test/data/structure/2hhb.ent";
    NEEDS_FILE(file);
    const auto structure = readStructure(file);
    QCOMPARE(structure.id, std::string("2HHB"));
    QCOMPARE(structure.chains.size(), std::size_t{4});
    QCOMPARE(structure.chains[0].residues.size(), std::size_t{141});
    QCOMPARE(structure.chains[1].residues.size(), std::size_t{146});
    QCOMPARE(structure.chains[1].fullSequence.substr(0, 10), std::string("VHLTPEEKSA"));
    QCOMPARE(structure.chains[0].observedSequence(), structure.chains[2].fullSequence);
    QCOMPARE(chainPairsInContact(structure, 8, 10).size(), std::size_t{4});
  }

  void otherDemoStructuresAreRead_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("chains");
    QTest::newRow("4AT1") << QByteArray("/usr/share/EMBOSS/test/data/structure/pdb/4at1.ent") << 4;
    QTest::newRow("1TII") << QByteArray("/usr/share/pymol/data/demo/1tii.pdb") << 7;
    QTest::newRow("1HPV") << QByteArray("/usr/share/pymol/data/tut/1hpv.pdb") << 2;
  }
  void otherDemoStructuresAreRead() {
    QFETCH(QByteArray, path);
    QFETCH(int, chains);
    const std::filesystem::path file = path.toStdString();
    NEEDS_FILE(file);
    const auto structure = readStructure(file);
    QCOMPARE(structure.id, std::string(QTest::currentDataTag()));
    QCOMPARE(structure.chains.size(), static_cast<std::size_t>(chains));
    QVERIFY(!chainPairsInContact(structure, 8, 10).empty());
  }

  void dockingComplexesHaveTwoChains() {
    const auto folder = tests::sharedData("structures/docking");
    NEEDS_FILE(folder);
    int complexes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto structure = readStructure(entry.path());
      if (entry.path().stem().string().ends_with("_complex")) {
        ++complexes;
        QVERIFY2(structure.chains.size() == 2, entry.path().c_str());
        QVERIFY2(chainPairsInContact(structure, 10, 10).size() == 1, entry.path().c_str());
      }
    }
    QCOMPARE(complexes, 45);
  }

  void bernettComplexesNameTheirAccessions() {
    const auto folder = tests::sharedData("structures/bernett-complexes");
    NEEDS_FILE(folder);
    std::vector<std::string> without;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto structure = readStructure(entry.path());
      if (std::all_of(structure.chains.begin(), structure.chains.end(),
                      [](const auto& chain) { return chain.accession.empty(); })) {
        without.push_back(structure.id);
      }
    }
    // Its DBREF records name the entry itself.
    QCOMPARE(without, std::vector<std::string>{"5V7Z"});
  }

  void packedMmcifFilesAreRead() {
    const auto folder = tests::sharedData("structures/mmcif");
    NEEDS_FILE(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      QVERIFY2(!readStructure(entry.path()).chains.empty(), entry.path().c_str());
    }
    const auto structure = readStructure(folder / "pdb_00004wwi_xyz-enrich.cif.gz");
    QCOMPARE(structure.id, std::string("4WWI"));
    QCOMPARE(structure.chains.size(), std::size_t{6});
    QCOMPARE(structure.chain("A")->accession, std::string("P38507"));
    QCOMPARE(structure.chain("F")->accession, std::string("P01860"));
  }

  void predictedModelsAreKnownByTheirTitle() {
    const auto file = tests::sharedData("structures/alphafold/AF-P02879-F1-model_v4.pdb");
    NEEDS_FILE(file);
    const auto structure = readStructure(file);
    QVERIFY(structure.predicted);
    QCOMPARE(structure.id, std::string("AF-P02879-F1-model_v4"));
    QCOMPARE(structure.chains[0].accession, std::string("P02879"));
    QCOMPARE(structure.chains[0].residues.size(), std::size_t{576});
    QCOMPARE(structure.chains[0].residues[0].bFactor, 42.27F);
  }
};

QTEST_GUILESS_MAIN(TestStructureReader)
#include "tst_structure_reader.moc"
