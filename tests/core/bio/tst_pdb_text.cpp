#include <QTest>

#include "core/bio/pdb_text.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using bio::sanitisedPdb;

class TestPdbText : public QObject {
  Q_OBJECT

 private:
  static constexpr const char* kAtom =
      "ATOM      2  CA  GLY A   1       0.000   0.000   0.000  1.00 20.50           C";
  static constexpr const char* kWater =
      "HETATM    3  O   HOH A 201       0.000   0.000   0.000  1.00 20.50           O";

  static std::string text(const std::vector<std::string>& lines) {
    std::string joined;
    for (const auto& line : lines) {
      joined += line + '\n';
    }
    return joined;
  }

 private Q_SLOTS:
  void everyLineIsPaddedAndKeepsItsNumber() {
    const auto pdb = sanitisedPdb(text({"REMARK 1", "TITLE", "SSBOND\x01", kAtom, "END"}), "f");
    QCOMPARE(pdb.text.size(), std::size_t{2 * 81});
    QVERIFY(pdb.lines == (std::vector<std::size_t>{2, 4}));
    QVERIFY(pdb.text.find_first_not_of('\n', 80) == 81);
  }

  void unprintableCharactersAndLongLinesAreCut() {
    const auto pdb = sanitisedPdb("TITLE     a\tb\xC3\xA4\r\nTITLE" + std::string(5000, 'x'), "f");
    QCOMPARE(pdb.text.substr(0, 15), std::string("TITLE     a b  "));
    QCOMPARE(pdb.text.size(), std::size_t{2 * 81});
  }

  void onlyTheFirstModelIsKept() {
    const auto pdb = sanitisedPdb(
        text({"MODEL        1", kAtom, "ENDMDL", "MODEL        2", kAtom, "ENDMDL"}), "f");
    QCOMPARE(pdb.models, std::size_t{2});
    QVERIFY(pdb.lines == (std::vector<std::size_t>{2}));
  }

  void hetatmsBehindTheLastTerAreDropped() {
    const auto pdb = sanitisedPdb(text({kWater, "TER", kAtom, kWater, "TER", kWater, "END"}), "f");
    QVERIFY(pdb.lines == (std::vector<std::size_t>{1, 3, 4}));
  }

  void atomsBehindTheEndAreNoticed() {
    const auto pdb = sanitisedPdb(text({kAtom, "END   ", kAtom}), "f");
    QVERIFY(pdb.atomsAfterEnd);
    QCOMPARE(pdb.lines.size(), std::size_t{1});
  }

  void oldLineNumbersAreNoElementOrCharge() {
    const auto pdb = sanitisedPdb(
        "ATOM      2  CA  VAL A   1       6.204  16.869   4.854  1.00 49.05      2HHB1275", "f");
    QCOMPARE(pdb.text.substr(66, 14), std::string(14, ' '));
  }

  void brokenAtomsAreToldWithTheirLine() {
    std::string atom = kAtom;
    EXPECT_ERROR(sanitisedPdb(text({"TITLE", atom.substr(0, 53)}), "f"), ErrorKind::BadInput,
                 "f:2: the atom's line is cut short");
    for (const auto* wrong : {"   1.2.3", "     nan", "     inf", "        ", "   1,000"}) {
      EXPECT_ERROR(sanitisedPdb(text({atom.replace(38, 8, wrong)}), "f"), ErrorKind::BadInput,
                   "f:1: coordinate y");
    }
    QCOMPARE(sanitisedPdb(text({atom.replace(38, 8, "  +1.000")}), "f").lines.size(),
             std::size_t{1});
  }

  void otherTextIsNoPdb() {
    EXPECT_ERROR(sanitisedPdb("hello\nworld\n", "f"), ErrorKind::BadInput, "neither a PDB nor");
    EXPECT_ERROR(sanitisedPdb(std::string(1'000'000, 'x'), "f"), ErrorKind::BadInput, "neither");
  }
};

QTEST_GUILESS_MAIN(TestPdbText)
#include "tst_pdb_text.moc"
