#include <QTest>

#include "core/bio/sequence.h"

using namespace twofold::bio;

class TestSequence : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void blanksCaseAndTheLastStarAreNormalised() {
    std::optional<std::size_t> wrong;
    QCOMPARE(normalisedSequence(" mkv\r\n AX*\n", wrong), std::string("MKVAX"));
    QVERIFY(!wrong);
    QCOMPARE(normalisedSequence("", wrong), std::string());
    QCOMPARE(normalisedSequence("*", wrong), std::string());
    QVERIFY(!wrong);
  }

  void theOffendingCharacterIsPlaced() {
    std::optional<std::size_t> wrong;
    QCOMPARE(normalisedSequence("MK1V", wrong), std::string());
    QCOMPARE(wrong, std::optional<std::size_t>(2));
    QCOMPARE(normalisedSequence("M*K", wrong), std::string());
    QCOMPARE(wrong, std::optional<std::size_t>(1));
    QCOMPARE(normalisedSequence("MK", wrong), std::string("MK"));
    QVERIFY(!wrong);
  }

  void twentyResiduesHaveAnIndex() {
    for (std::size_t i = 0; i < kStandardResidues.size(); ++i) {
      QCOMPARE(residueIndex(kStandardResidues[i]), std::optional<std::size_t>(i));
    }
    for (const char other : {'B', 'J', 'O', 'U', 'X', 'Z'}) {
      QVERIFY(!residueIndex(other));
      QVERIFY(isResidueLetter(other));
    }
    for (const char other : {'a', '*', '-', '1', '\0'}) {
      QVERIFY(!residueIndex(other));
      QVERIFY(!isResidueLetter(other));
    }
  }
};

QTEST_GUILESS_MAIN(TestSequence)
#include "tst_sequence.moc"
