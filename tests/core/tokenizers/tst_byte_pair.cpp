#include <QTest>
#include <fstream>
#include <random>

#include "core/formats/bounded_json.h"
#include "core/tokenizers/byte_pair.h"
#include "core/tokenizers/byte_pair_merges.h"
#include "core/tokenizers/llama3_pieces.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::tokenizers;
using formats::Json;
using Ids = std::vector<std::int64_t>;

namespace {

std::filesystem::path small(const std::string& name) {
  return tests::fixture("tokenizers/llama3_" + name);
}

std::vector<std::string> pieces(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& range : llama3Pieces(text)) {
    found.push_back(text.substr(range.begin, range.end - range.begin));
  }
  return found;
}

/// The lowest rank first, of several the leftmost, by looking at all pairs each time.
std::vector<std::uint32_t> mergedSlowly(const BytePairMerges& merges,
                                        std::vector<std::uint32_t> ids) {
  while (true) {
    std::size_t best = ids.size();
    BytePairMerges::Merge lowest{~0U, 0};
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      const auto merge = merges.find(ids[i], ids[i + 1]);
      if (merge && merge->rank < lowest.rank) {
        best = i;
        lowest = *merge;
      }
    }
    if (best == ids.size()) {
      return ids;
    }
    ids[best] = lowest.result;
    ids.erase(ids.begin() + static_cast<long>(best) + 1);
  }
}

std::string ranksText() {
  std::ifstream file(small("ranks") / "tokenizer.model");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

class TestBytePair : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Expected values: the regex package of Python with the pattern.
  void textsAreCutAsThePatternSays() {
    using Pieces = std::vector<std::string>;
    QVERIFY((pieces("They'Re  12345 m\n\n x") ==
             Pieces{"They", "'Re", " ", " ", "123", "45", " m", "\n\n", " x"}));
    QVERIFY((pieces(" \n \t ") == Pieces{" \n", " \t "}));
    QVERIFY((pieces("a!?\r\nb (c)") == Pieces{"a", "!?\r\n", "b", " (", "c", ")"}));
    QVERIFY(pieces("").empty());
  }

  void mergingEqualsTheSlowWay() {
    std::mt19937 random(3);
    for (int round = 0; round < 300; ++round) {
      const std::uint32_t letters = 1 + random() % 4;
      BytePairMerges merges(40);
      for (std::uint32_t rank = 0; rank < 40; ++rank) {
        const std::uint32_t known = letters + rank;
        // Some ranks are shared, as by several ways to make one token.
        static_cast<void>(merges.add(static_cast<std::uint32_t>(random()) % known,
                                     static_cast<std::uint32_t>(random()) % known,
                                     {rank / 2, letters + rank}));
      }
      BytePairMerges::Work work;
      for (auto length = random() % 60; length > 0; --length) {
        work.ids.push_back(static_cast<std::uint32_t>(random()) % letters);
      }
      const auto expected = mergedSlowly(merges, work.ids);
      merges.merge(work);
      QVERIFY(work.ids == expected);
      QCOMPARE(work.begins.size(), expected.size() + 1);
    }
  }

  void specialTokensAreFoundInTheText() {
    const auto tokenizer = readLlama3(small("ranks"));
    const auto start = tokenizer->size() - 256;
    const auto tokens = tokenizer->tokenize("<|end_of_text|><|eot_id|<|eot_id|>");
    QCOMPARE(tokens.ids.front(), start);
    QCOMPARE(tokens.ids.at(1), start + 1);
    QCOMPARE(tokens.ids.back(), start + 9);
    QVERIFY((tokens.ranges.at(1) == ByteRange{0, 15}));
    QVERIFY((tokens.ranges.back() == ByteRange{24, 34}));
  }

  void residuesFindTheirTokens() {
    const auto tokenizer = readLlama3(small("json"));
    const std::string sequence = "MKTAYIAKQRQISFVKSHFSRQ";
    const auto plain = tokenOfByte(tokenizer->tokenize(sequence), sequence.size());
    QVERIFY(std::is_sorted(plain.begin(), plain.end()));
    QCOMPARE(plain.front(), std::int64_t{1});  // after <|begin_of_text|>
    const auto text = spacedLetters(sequence);
    const auto tokens = tokenizer->tokenize(text);
    const auto spaced = tokenOfByte(tokens, text.size());
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      QCOMPARE(spaced[2 * i], static_cast<std::int64_t>(i) + 1);
    }
    QCOMPARE(spacedLetters(""), std::string());
  }

  void brokenBytesAreReplaced() {
    const auto tokenizer = readLlama3(small("ranks"));
    const auto broken = tokenizer->tokenize("a\xE2\x82z");
    QVERIFY(broken.ids == tokenizer->tokenize("a\xEF\xBF\xBDz").ids);
    QVERIFY((broken.ranges.at(2) == ByteRange{1, 3}));
    QVERIFY((broken.ranges.back() == ByteRange{3, 4}));
  }

  void longWordsAreQuick() {
    const auto tokenizer = readLlama3(small("json"));
    for (const char* unit : {"a", "AC", "MKTAYIAKQR", "the", "<|"}) {
      std::string text;
      while (text.size() < 500'000) {
        text += unit;
      }
      QCOMPARE(tokenizer->tokenize(text).ranges.back().end, text.size());
    }
  }

  void brokenRanksAreNamed_data() {
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("by");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("base64") << QByteArray("IQ== 0\n") << QByteArray("I=Q= 0\n")
                            << QByteArray("tokenizer.model:1: a token in base64, a blank");
    QTest::newRow("no rank") << QByteArray("IQ== 0\n") << QByteArray("IQ==\n")
                             << QByteArray("tokenizer.model:1: a token in base64");
    QTest::newRow("no number") << QByteArray("Ig== 1\n") << QByteArray("Ig== x\n")
                               << QByteArray("tokenizer.model:2: \"x\" is not a rank");
    QTest::newRow("rank twice") << QByteArray("Ig== 1\n") << QByteArray("Ig== 0\n")
                                << QByteArray("tokenizer.model:2: two tokens have the id 0");
    QTest::newRow("token twice") << QByteArray("Ig== 1\n") << QByteArray("IQ== 1\n")
                                 << QByteArray("tokenizer.model:2: the token is there twice");
    QTest::newRow("negative") << QByteArray("Ig== 1\n") << QByteArray("Ig== -1\n")
                              << QByteArray("tokenizer.model:2: the token id -1");
    QTest::newRow("large") << QByteArray("Ig== 1\n") << QByteArray("Ig== 4000000000\n")
                           << QByteArray("tokenizer.model:2: the token id 4000000000");
    QTest::newRow("hole") << QByteArray("Ig== 1\n") << QByteArray("Ig== 100000\n")
                          << QByteArray("no token has the id 1,");
    QTest::newRow("long token") << QByteArray("Ig== 1\n")
                                << QByteArray(4000, 'A') + QByteArray(" 1\n")
                                << QByteArray("tokenizer.model:2: the token has 3000 bytes");
    QTest::newRow("byte missing") << QByteArray("Ig== 1\n") << QByteArray("IQEBAQEB 1\n")
                                  << QByteArray("the byte 0x22 is not a token");
    QTest::newRow("empty line") << QByteArray("Ig== 1\n") << QByteArray("\n")
                                << QByteArray("tokenizer.model:2: the line is empty");
  }
  void brokenRanksAreNamed() {
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, by);
    QFETCH(QByteArray, message);
    const tests::TestFolder folder;
    std::string text = ranksText();
    const auto at = text.find(change.toStdString());
    QVERIFY(at != std::string::npos);
    text.replace(at, static_cast<std::size_t>(change.size()), by.toStdString());
    EXPECT_ERROR(readTokenRanks(folder.write("tokenizer.model", text)), ErrorKind::BadInput,
                 message.toStdString());
  }

  void brokenFilesAreNamed_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* path, const char* value,
                        const char* message) {
      QTest::newRow(name) << QByteArray(path) << QByteArray(value) << QByteArray(message);
    };
    row("no vocabulary", "/model/vocab", "[]", "\"vocab\" of \"model\" is not there");
    row("few bytes", "/model/vocab", "{\"!\": 0}", "the byte 0x00 is not a token");
    row("an id twice", "/model/vocab/!", "1", "two tokens have the id 1");
    row("a hole", "/model/vocab/!", "3000000", "no token has the id 0");
    row("another alphabet", "/model/vocab/a b", "2000", "\"a b\" is not written in GPT-2's");
    row("no merges", "/model/merges", "{}", "\"merges\" of \"model\" is not a list");
    row("an unknown token", "/model/merges/3", "[\"qq\", \"!\"]", "merge 3 names \"qq\"");
    row("an unknown result", "/model/merges/3", "\"% !\"", "merge 3 names \"%!\"");
    row("one token", "/model/merges/3", "\"!\"", "merge 3 is not two tokens");
    row("three tokens", "/model/merges/3", "\"! ! !\"", "merge 3 is not two tokens");
    row("no tokens", "/model/merges/3", "[1, 2]", "merge 3 is not two tokens");
    row("another model", "/model/type", "\"WordPiece\"", "not a byte-pair vocabulary");
    row("dropout", "/model/dropout", "0.1", "\"dropout\" is 0.1");
    row("a suffix", "/model/end_of_word_suffix", "\"</w>\"", "\"end_of_word_suffix\"");
    row("a normalizer", "/normalizer", "{\"type\": \"NFC\"}", "\"normalizer\" is object");
    row("another pattern", "/pre_tokenizer/pretokenizers/0/pattern/Regex", "\"\\\\s+\"",
        "not cut with Llama 3's pattern");
    row("another cut", "/pre_tokenizer", "{\"type\": \"Metaspace\"}", "not Llama 3's pattern");
    row("a blank more", "/pre_tokenizer/pretokenizers/1/add_prefix_space", "true", "prefix_space");
    row("two patterns", "/pre_tokenizer/pretokenizers/1/use_regex", "true", "a second pattern");
    row("no place", "/post_processor/processors/1/single", "[]", "no place for the text");
    row("an unknown start", "/post_processor/processors/1/special_tokens", "{}", "lacks \"<|begin");
  }
  void brokenFilesAreNamed() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, message);
    Json json = formats::readJsonFile(small("json") / "tokenizer.json");
    json[Json::json_pointer(path.toStdString())] = Json::parse(value.toStdString());
    const tests::TestFolder folder;
    EXPECT_ERROR(readBytePairJson(folder.write("tokenizer.json", json.dump())), ErrorKind::BadInput,
                 message.toStdString());
  }

  void mergesAreThereOnce() {
    Json json = formats::readJsonFile(small("json") / "tokenizer.json");
    json["model"]["merges"].push_back(json["model"]["merges"][0]);
    const tests::TestFolder folder;
    EXPECT_ERROR(readBytePairJson(folder.write("tokenizer.json", json.dump())), ErrorKind::BadInput,
                 "is there twice");
  }

  void missingFilesAreTold() {
    const tests::TestFolder folder;
    EXPECT_ERROR(readLlama3(folder.path("none")), ErrorKind::NotFound,
                 "has neither tokenizer.json nor tokenizer.model");
    EXPECT_ERROR(readTokenRanks(folder.path("none")), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(readTokenRanks(folder.write("empty", "")), ErrorKind::BadInput, "is empty");
    EXPECT_ERROR(readTokenRanks(folder.write("large", std::string((16 << 20) + 1, 'A'))),
                 ErrorKind::BadInput, "more than");
    EXPECT_ERROR(readBytePairJson(folder.write("deep", std::string(1'000'000, '{'))),
                 ErrorKind::BadInput, "deep");
  }
};

QTEST_GUILESS_MAIN(TestBytePair)
#include "tst_byte_pair.moc"
