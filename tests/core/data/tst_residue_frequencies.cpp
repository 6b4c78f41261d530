#include <QTest>

#include <cmath>

#include "core/data/residue_frequencies.h"

using twofold::data::ResidueFrequencies;

class TestResidueFrequencies : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withoutCountsAllLettersAreAlike() {
    const ResidueFrequencies none;
    QVERIFY(std::abs(none.unigramNats('A') - std::log(26.0)) < 1e-12);
    QVERIFY(std::abs(none.bigramNats('A', 'W') - std::log(26.0)) < 1e-12);
  }

  void countsWithOneOfEachToBeginWith() {
    ResidueFrequencies frequencies;
    frequencies.add("AAC");
    QVERIFY(std::abs(frequencies.unigramNats('A') + std::log(3.0 / 29)) < 1e-12);
    QVERIFY(std::abs(frequencies.bigramNats('A', 'C') + std::log(2.0 / 28)) < 1e-12);
  }

  void probabilitiesSumToOne() {
    ResidueFrequencies frequencies;
    frequencies.add("MKVLAAGIVGLLLAQWERTY");
    double single = 0;
    double pair = 0;
    for (char residue = 'A'; residue <= 'Z'; ++residue) {
      single += std::exp(-frequencies.unigramNats(residue));
      pair += std::exp(-frequencies.bigramNats('L', residue));
    }
    QVERIFY(std::abs(single - 1) < 1e-12);
    QVERIFY(std::abs(pair - 1) < 1e-12);
  }
};

QTEST_GUILESS_MAIN(TestResidueFrequencies)
#include "tst_residue_frequencies.moc"
