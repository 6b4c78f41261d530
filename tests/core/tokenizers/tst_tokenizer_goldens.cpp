// Small vocabularies of every kind against transformers, tokenizers and tiktoken; the fixtures are
// made by tests/reference/make_tokenizer_goldens.py fixtures.
#include <QTest>

#include "core/base/hash.h"
#include "core/formats/bounded_json.h"
#include "core/tokenizers/byte_pair.h"
#include "core/tokenizers/word_piece.h"
#include "tests/core/base/test_files.h"
#include "tests/core/tokenizers/packed_ids.h"

using namespace twofold;
using namespace twofold::tokenizers;
using formats::Json;

namespace {

std::unique_ptr<Tokenizer> readTokenizer(const std::string& name) {
  const auto folder = tests::fixture("tokenizers/" + name);
  return name.starts_with("bert") ? readWordPiece(folder) : readLlama3(folder);
}

/// As joined_fragments() of the script.
class Texts {
 public:
  explicit Texts(std::vector<std::string> fragments) : m_fragments(std::move(fragments)) {}

  std::string next() {
    std::string text;
    for (auto count = 1 + number() % 12; count > 0; --count) {
      text += m_fragments[number() % m_fragments.size()];
    }
    return text;
  }

 private:
  std::uint64_t number() {
    m_state = m_state * 6364136223846793005U + 1442695040888963407U;
    return m_state >> 33;
  }

  std::vector<std::string> m_fragments;
  std::uint64_t m_state = 7;
};

QString shown(const std::string& text) {
  return QString::fromStdString(Json(text).dump(-1, ' ', true));
}

}  // namespace

class TestTokenizerGoldens : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_goldens = formats::readJsonFile(tests::fixture("tokenizers/cases.json"));
    m_cases = m_goldens.at("cases").get<std::vector<std::string>>();
  }

  void casesHaveTheIdsOfTheOriginal_data() { everyTokenizer(); }
  void casesHaveTheIdsOfTheOriginal() {
    QFETCH(QString, name);
    const auto tokenizer = readTokenizer(name.toStdString());
    const Json& golden = m_goldens.at("tokenizers").at(name.toStdString());
    for (std::size_t i = 0; i < m_cases.size(); ++i) {
      const auto tokens = tokenizer->tokenize(m_cases[i]);
      QVERIFY2(Json(tokens.ids) == golden.at("ids").at(i),
               qPrintable(shown(m_cases[i]) + " gives " +
                          QString::fromStdString(Json(tokens.ids).dump() + ", expected " +
                                                 golden.at("ids").at(i).dump())));
      if (golden.contains("ranges") && !golden.at("ranges").at(i).is_null()) {
        QVERIFY2(
            Json(tests::flat(tokens.ranges)) == golden.at("ranges").at(i),
            qPrintable(shown(m_cases[i]) + " has ranges " +
                       QString::fromStdString(Json(tests::flat(tokens.ranges)).dump() +
                                              ", expected " + golden.at("ranges").at(i).dump())));
      }
    }
  }

  void manyTextsHaveTheIdsOfTheOriginal_data() { everyTokenizer(); }
  void manyTextsHaveTheIdsOfTheOriginal() {
    QFETCH(QString, name);
    const auto tokenizer = readTokenizer(name.toStdString());
    Texts texts(m_goldens.at("fragments").get<std::vector<std::string>>());
    Sha256 hash;
    for (auto i = m_goldens.at("texts").get<int>(); i > 0; --i) {
      const auto tokens = tokenizer->tokenize(texts.next());
      hash.add(tests::packed(tokens.ids));
    }
    QCOMPARE(hash.hex(),
             m_goldens.at("tokenizers").at(name.toStdString()).at("sha256").get<std::string>());
  }

  void bytePairsCoverEveryByteOnce() {
    const auto tokenizer = readTokenizer("llama3_ranks");
    for (const auto& text : m_cases) {
      std::size_t end = 0;
      const auto tokens = tokenizer->tokenize(text);
      QCOMPARE(tokens.ranges.size(), tokens.ids.size());
      QVERIFY(tokens.ranges.front() == ByteRange{});
      for (std::size_t i = 1; i < tokens.ranges.size(); ++i) {
        QCOMPARE(tokens.ranges[i].begin, end);
        QVERIFY(tokens.ranges[i].end > end);
        end = tokens.ranges[i].end;
      }
      QCOMPARE(end, text.size());
    }
  }

 private:
  void everyTokenizer() {
    QTest::addColumn<QString>("name");
    for (const auto& [name, golden] : m_goldens.at("tokenizers").items()) {
      QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
  }

  Json m_goldens;
  std::vector<std::string> m_cases;
};

QTEST_GUILESS_MAIN(TestTokenizerGoldens)
#include "tst_tokenizer_goldens.moc"
