#include <QTest>

#include "core/formats/bounded_json.h"
#include "core/tokenizers/word_piece.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::tokenizers;
using formats::Json;
using Ids = std::vector<std::int64_t>;

namespace {

const std::string kLines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nm\n##k\n##kt\nt\n,\nM\n";

Json wordPieceJson() {
  return Json::parse(R"({
    "added_tokens": [{"id": 2, "content": "[CLS]", "special": true, "normalized": false},
                     {"id": 3, "content": "[SEP]", "special": true, "normalized": false}],
    "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                   "strip_accents": null, "lowercase": true},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 5,
              "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "m": 4, "##k": 5}}})");
}

}  // namespace

class TestWordPiece : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theLongestPieceIsTaken() {
    const tests::TestFolder folder;
    const auto vocabulary = folder.write("vocab.txt", kLines);
    const auto tokenizer = readWordPiece(vocabulary.parent_path());
    QCOMPARE(tokenizer->size(), std::int64_t{11});
    const auto tokens = tokenizer->tokenize("mkt, MK[MASK]x");
    QVERIFY((tokens.ids == Ids{2, 5, 7, 9, 5, 6, 4, 1, 3}));
    const std::vector<ByteRange> ranges{{},     {0, 1},  {1, 3},   {3, 4}, {5, 6},
                                        {6, 7}, {7, 13}, {13, 14}, {}};
    QVERIFY(tokens.ranges == ranges);
  }

  void settingsOfTheFolderCount() {
    const tests::TestFolder folder;
    const auto vocabulary = folder.write("vocab.txt", kLines);
    static_cast<void>(folder.write("tokenizer_config.json", R"({"do_lower_case": false})"));
    QVERIFY((readWordPiece(vocabulary.parent_path())->tokenize("Mkt").ids == Ids{2, 10, 7, 3}));
    static_cast<void>(folder.write("tokenizer_config.json", R"({"do_lower_case": "no"})"));
    EXPECT_ERROR(readWordPiece(vocabulary.parent_path()), ErrorKind::BadInput,
                 "\"do_lower_case\" is \"no\", true or false is expected");
  }

  void theFileOfAllSettingsIsRead() {
    const tests::TestFolder folder;
    const auto file = folder.write("tokenizer.json", wordPieceJson().dump());
    const auto tokenizer = readWordPiece(file.parent_path());
    QVERIFY((tokenizer->tokenize("M\xC3\x9Bk mkkkk mkkkkk").ids ==
             Ids{2, 1, 4, 5, 5, 5, 5, 1, 3}));  // longer than 5: unknown
  }

  void brokenBytesDisappear() {
    const tests::TestFolder folder;
    const auto vocabulary = folder.write("vocab.txt", kLines);
    const auto tokens = readWordPiece(vocabulary.parent_path())->tokenize("m\xFFk\xE2\x82");
    QVERIFY((tokens.ids == Ids{2, 5, 6, 3}));
    QVERIFY((tokens.ranges[2] == ByteRange{2, 3}));
  }

  void longTextsAreQuick() {
    const tests::TestFolder folder;
    const auto vocabulary = folder.write("vocab.txt", kLines);
    const auto tokenizer = readWordPiece(vocabulary.parent_path());
    QCOMPARE(tokenizer->tokenize(std::string(1'000'000, 'm')).ids.size(), std::size_t{3});
    QCOMPARE(tokenizer->tokenize(std::string(1'000'000, '[')).ids.size(), std::size_t{1'000'002});
  }

  void brokenLinesAreNamed_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("empty") << QByteArray("") << QByteArray("vocab.txt: the vocabulary is empty");
    QTest::newRow("empty line") << QByteArray("[UNK]\n\nA\n") << QByteArray("vocab.txt:2: ");
    QTest::newRow("twice") << QByteArray("[UNK]\nA\nA\n")
                           << QByteArray("vocab.txt:3: the token \"A\" is there twice");
    QTest::newRow("no unknown") << QByteArray("[CLS]\n[SEP]\n")
                                << QByteArray("lacks the token \"[UNK]\"");
    QTest::newRow("no end") << QByteArray("[CLS]\n[UNK]\n")
                            << QByteArray("lacks the token \"[SEP]\"");
  }
  void brokenLinesAreNamed() {
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, message);
    const tests::TestFolder folder;
    const auto file = folder.write("vocab.txt", lines.toStdString());
    EXPECT_ERROR(readWordPiece(file.parent_path()), ErrorKind::BadInput, message.toStdString());
  }

  void brokenFilesAreNamed_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* path, const char* value,
                        const char* message) {
      QTest::newRow(name) << QByteArray(path) << QByteArray(value) << QByteArray(message);
    };
    row("no vocabulary", "/model/vocab", "null", "\"vocab\" of \"model\" is not there");
    row("empty", "/model/vocab", "{}", "no token has the id 0");
    row("a hole", "/model/vocab/m", "7", "no token has the id 4");
    row("an id twice", "/model/vocab/m", "5", "two tokens have the id 5");
    row("a negative id", "/model/vocab/m", "-1", "the token id -1 is not in 0 to");
    row("a huge id", "/model/vocab/m", "1e300", "a whole number is expected");
    row("a large id", "/model/vocab/m", "99999999999", "is not in 0 to");
    row("larger yet", "/model/vocab/m", "18446744073709551615", "a whole number is expected");
    row("another model", "/model/type", "\"Unigram\"", "this is not a WordPiece vocabulary");
    row("no model", "/model", "[]", "an object with \"type\" is expected");
    row("another prefix", "/model/continuing_subword_prefix", "\"@@\"", "not a WordPiece");
    row("another unknown", "/model/unk_token", "\"<unk>\"", "lacks the token \"<unk>\"");
    row("no word", "/model/max_input_chars_per_word", "0", "is 0, 1 to 1000 are expected");
    row("another normalizer", "/normalizer/type", "\"NFKC\"", "not normalized and split as BERT");
    row("another cut", "/pre_tokenizer", "null", "is expected");
    row("a strange end", "/post_processor/type", "\"Magic\"", "the post-processor \"Magic\"");
    row("an end outside", "/post_processor/sep/1", "6", "has the id 6, the vocabulary 6 tokens");
    row("a cut end", "/post_processor/sep", "[3]", "is not a token with its id");
    row("another id", "/added_tokens/0/id", "3", "\"[CLS]\" has the id 3, in the vocabulary 2");
    row("an empty token", "/added_tokens/0/content", "\"\"", "an added token is empty");
    row("a wide token", "/added_tokens/0/lstrip", "true", "\"lstrip\" is true");
    row("no list", "/added_tokens", "7", "\"added_tokens\" is not a list");
  }
  void brokenFilesAreNamed() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, message);
    Json json = wordPieceJson();
    json[Json::json_pointer(path.toStdString())] = Json::parse(value.toStdString());
    const tests::TestFolder folder;
    const auto file = folder.write("tokenizer.json", json.dump());
    EXPECT_ERROR(readWordPiece(file.parent_path()), ErrorKind::BadInput, message.toStdString());
    EXPECT_ERROR(readWordPiece(file.parent_path()), ErrorKind::BadInput, "tokenizer.json");
  }

  void foldersWithoutFilesAreTold() {
    const tests::TestFolder folder;
    EXPECT_ERROR(readWordPiece(folder.path("none")), ErrorKind::NotFound,
                 "has neither tokenizer.json nor vocab.txt");
    const auto deep = folder.write("tokenizer.json", std::string(1'000'000, '['));
    EXPECT_ERROR(readWordPiece(deep.parent_path()), ErrorKind::BadInput, "nested deeper");
    static_cast<void>(folder.write("tokenizer.json", "7"));
    EXPECT_ERROR(readWordPiece(deep.parent_path()), ErrorKind::BadInput, "not a tokenizer");
  }
};

QTEST_GUILESS_MAIN(TestWordPiece)
#include "tst_word_piece.moc"
