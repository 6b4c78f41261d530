#include <QTest>

#include "core/bio/structure.h"

using namespace twofold::bio;

class TestStructure : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void chainsAreFoundByName() {
    Structure structure;
    structure.chains.resize(2);
    structure.chains[0].id = "A";
    structure.chains[1].id = "b";
    QCOMPARE(structure.chain("b"), &structure.chains[1]);
    QVERIFY(structure.chain("B") == nullptr);
  }

  void labelsNameChainResidueAndInsertion() {
    Chain chain;
    chain.id = "A";
    Residue residue;
    residue.name = "HIS";
    residue.number = 87;
    QCOMPARE(residueLabel(chain, residue), std::string("A:HIS 87"));
    residue.insertion = 'B';
    QCOMPARE(residueLabel(chain, residue), std::string("A:HIS 87B"));
  }

  void theObservedSequenceHasALetterForEachResidue() {
    Chain chain;
    chain.residues.resize(2);
    chain.residues[0].letter = 'M';
    QCOMPARE(chain.observedSequence(), std::string("MX"));
  }
};

QTEST_GUILESS_MAIN(TestStructure)
#include "tst_structure.moc"
