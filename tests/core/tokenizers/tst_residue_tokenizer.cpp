#include <QTest>

#include "core/tokenizers/residue_tokenizer.h"

using namespace twofold::tokenizers;

class TestResidueTokenizer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // The order of facebook/esm2_t6_8M_UR50D's vocab.txt.
  void lettersHaveTheirPlacesInTheVocabulary() {
    const std::vector<std::int64_t> expected{0,  4,  5,  6,  7,  8,  9,  10, 11, 12,
                                             13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                             23, 24, 25, 26, 27, 28, 29, 30, 2};
    QVERIFY(tokenizeEsm2("LAGVSERTIDPKQNFYMHWCXBUZO.-") == expected);
  }

  void othersAreUnknown() {
    const std::vector<std::int64_t> expected{0, 20, 3, 3, 3, 2};
    QVERIFY(tokenizeEsm2("MJa\xC3") == expected);
  }

  void anEmptySequenceHasOnlyItsEnds() {
    QVERIFY(tokenizeEsm2("") == (std::vector<std::int64_t>{0, 2}));
  }
};

QTEST_GUILESS_MAIN(TestResidueTokenizer)
#include "tst_residue_tokenizer.moc"
