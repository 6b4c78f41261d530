#include <QTest>

#include "core/bio/chain_builder.h"

using namespace twofold::bio;

class TestChainBuilder : public QObject {
  Q_OBJECT

 private:
  static ObservedResidue residue(const std::string& name, int number,
                                 const std::vector<float>& occupancies) {
    ObservedResidue result;
    result.residue.name = name;
    result.residue.letter = name.front();
    result.residue.number = number;
    result.alternative = occupancies.size() == 1 && occupancies[0] < 1;
    float x = 0;
    for (const float occupancy : occupancies) {
      result.calphas.push_back({{x, 0, 0}, occupancy, 10 + x});
      ++x;
    }
    return result;
  }

  static Structure built(const ObservedChain& chain) {
    Structure structure;
    ChainBuilder builder(structure);
    builder.add(chain);
    builder.finish();
    return structure;
  }

 private Q_SLOTS:
  void theBestOccupiedPositionIsTakenAndTiesGoToTheFirst() {
    const auto structure =
        built({"A", "", "", {residue("ALA", 1, {0.3F, 0.7F}), residue("GLY", 2, {0.5F, 0.5F})}});
    const auto& residues = structure.chains[0].residues;
    QCOMPARE(residues[0].calpha[0], 1.0F);
    QCOMPARE(residues[0].bFactor, 11.0F);
    QCOMPARE(residues[1].calpha[0], 0.0F);
    QCOMPARE(structure.notes, std::vector<std::string>{
                                  "2 residues have alternative positions: the best occupied was "
                                  "taken."});
  }

  void oneOfSeveralResidueTypesAtAPlaceIsKept() {
    const auto structure = built({"A",
                                  "",
                                  "",
                                  {residue("SER", 1, {0.4F}), residue("THR", 1, {0.6F}),
                                   residue("VAL", 1, {0.5F}), residue("ALA", 2, {1})}});
    QCOMPARE(structure.chains[0].observedSequence(), std::string("TA"));
    QCOMPARE(structure.notes.size(), std::size_t{1});
  }

  void equalNumbersAloneAreNoVariants() {
    const auto structure = built({"A", "", "", {residue("SER", 1, {1}), residue("THR", 1, {1})}});
    QCOMPARE(structure.chains[0].residues.size(), std::size_t{2});
    QVERIFY(structure.notes.empty());
  }

  void aChainWithoutNameOrSequenceGetsBoth() {
    const auto structure = built({"", "", "", {residue("ALA", 1, {})}});
    QCOMPARE(structure.chains[0].id, std::string("_"));
    QCOMPARE(structure.chains[0].fullSequence, std::string("A"));
    QVERIFY(!structure.chains[0].residues[0].hasCalpha);
    QCOMPARE(structure.notes[0], std::string("Chain _: 1 residue has no C-alpha."));
  }
};

QTEST_GUILESS_MAIN(TestChainBuilder)
#include "tst_chain_builder.moc"
