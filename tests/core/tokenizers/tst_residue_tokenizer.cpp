#include <QTest>

#include "core/tokenizers/residue_tokenizer.h"
#include "core/tokenizers/residue_vocabulary.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::tokenizers;

namespace {

std::string asLines(std::span<const std::string_view> tokens, std::string_view end = "\n") {
  std::string lines;
  for (const auto token : tokens) {
    lines += token;
    lines += end;
  }
  return lines;
}

}  // namespace

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

  // The order of Rostlab/prot_bert's vocab.txt.
  void protBertHasAnOrderOfItsOwn() {
    const std::vector<std::int64_t> expected{2,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                             16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 3};
    QVERIFY(tokenizeProtBert("LAGVESIKRDTPNQFYMHCWX") == expected);
    QVERIFY(tokenizeProtBert("UZOB") == (std::vector<std::int64_t>{2, 25, 25, 25, 25, 3}));
    QVERIFY(tokenizeProtBert("m-J") == (std::vector<std::int64_t>{2, 1, 1, 1, 3}));
  }

  void tablesAndNamesAgree() {
    for (const auto token : esm2Tokens()) {
      if (token.size() == 1) {
        QVERIFY(esm2Tokens()[static_cast<std::size_t>(tokenizeEsm2(token)[1])] == token);
      }
    }
    for (const auto token : protBertTokens()) {
      if (token.size() == 1 && token.find_first_of("UZOB") == token.npos) {
        QVERIFY(protBertTokens()[static_cast<std::size_t>(tokenizeProtBert(token)[1])] == token);
      }
    }
  }

  void vocabulariesAreCompared() {
    const tests::TestFolder folder;
    checkVocabulary(folder.write("esm2.txt", asLines(esm2Tokens())), esm2Tokens());
    checkVocabulary(folder.write("dos.txt", asLines(protBertTokens(), "\r\n")), protBertTokens());
    EXPECT_ERROR(checkVocabulary(folder.path("esm2.txt"), protBertTokens()), ErrorKind::BadInput,
                 "esm2.txt:1: the token is \"<cls>\", \"[PAD]\" is expected");
    const auto shorter = folder.write("shorter.txt", asLines(esm2Tokens().first(32)));
    EXPECT_ERROR(checkVocabulary(shorter, esm2Tokens()), ErrorKind::BadInput,
                 "shorter.txt:33: the vocabulary has 32 tokens, 33 are expected");
    const auto longer = folder.write("longer.txt", asLines(protBertTokens()) + "J\n");
    EXPECT_ERROR(checkVocabulary(longer, protBertTokens()), ErrorKind::BadInput,
                 "longer.txt:31: the vocabulary has 31 tokens");
    EXPECT_ERROR(checkVocabulary(folder.path("none"), esm2Tokens()), ErrorKind::NotFound,
                 "no such file");
    EXPECT_ERROR(checkVocabulary(folder.write("empty.txt", ""), esm2Tokens()), ErrorKind::BadInput,
                 "the vocabulary is empty");
  }

  void anEmptySequenceHasOnlyItsEnds() {
    QVERIFY(tokenizeEsm2("") == (std::vector<std::int64_t>{0, 2}));
  }
};

QTEST_GUILESS_MAIN(TestResidueTokenizer)
#include "tst_residue_tokenizer.moc"
