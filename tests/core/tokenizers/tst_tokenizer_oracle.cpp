// The real vocabularies over everything: skipped unless TWOFOLD_ORACLE_DIR names the folder that
// tests/reference/make_tokenizer_goldens.py oracle wrote.
#include <QElapsedTimer>
#include <QTest>
#include <cstring>
#include <functional>
#include <memory>
#include <set>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/tokenizers/byte_pair.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "core/tokenizers/residue_vocabulary.h"
#include "core/tokenizers/word_piece.h"
#include "tests/core/tokenizers/packed_ids.h"

using namespace twofold;
using namespace twofold::tokenizers;
namespace fs = std::filesystem;

namespace {

std::string readAll(const fs::path& path) {
  return readFile(path, std::uintmax_t{1} << 30);
}

std::vector<std::string> readTexts(const fs::path& path) {
  const std::string bytes = readAll(path);
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + at, sizeof length);
    texts.push_back(bytes.substr(at + sizeof length, length));
    at += sizeof length + length;
  }
  return texts;
}

/// The first eight bytes of the SHA-256, as hexadecimal digits.
template <class Number>
std::string digest(const std::vector<Number>& numbers) {
  return sha256(tests::packed(numbers)).substr(0, 16);
}

std::string asHex(std::string_view bytes) {
  return QByteArray(bytes.data(), static_cast<int>(bytes.size())).toHex().toStdString();
}

using Tokenize = std::function<TokenizedText(std::string_view)>;

Tokenize tokenizerOf(const fs::path& folder) {
  const std::string name = folder.filename();
  if (name == "esm2") {
    checkVocabulary(folder / "vocab.txt", esm2Tokens());
    return [](std::string_view text) { return TokenizedText{tokenizeEsm2(text), {}}; };
  }
  if (name == "protbert") {
    checkVocabulary(folder / "vocab.txt", protBertTokens());
    return [](std::string_view text) { return TokenizedText{tokenizeProtBert(text), {}}; };
  }
  std::shared_ptr<Tokenizer> tokenizer =
      name.starts_with("bert") ? readWordPiece(folder) : readLlama3(folder);
  return [tokenizer](std::string_view text) { return tokenizer->tokenize(text); };
}

}  // namespace

class TestTokenizerOracle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void idsAreTheOriginals_data() {
    QTest::addColumn<QString>("texts");
    QTest::addColumn<QString>("tokenizer");
    const auto folder = qEnvironmentVariable("TWOFOLD_ORACLE_DIR").toStdString();
    if (folder.empty()) {
      QTest::newRow("none") << QString() << QString();
      return;
    }
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_regular_file() && entry.path().extension() != ".texts") {
        names.insert(entry.path().filename());
      }
    }
    for (const auto& name : names) {
      const auto dot = name.find('.');
      QTest::newRow(name.c_str()) << QString::fromStdString(name.substr(0, dot))
                                  << QString::fromStdString(name.substr(dot + 1));
    }
  }
  void idsAreTheOriginals() {
    QFETCH(QString, texts);
    QFETCH(QString, tokenizer);
    if (tokenizer.isEmpty()) {
      QSKIP("TWOFOLD_ORACLE_DIR is not set");
    }
    const fs::path folder = qEnvironmentVariable("TWOFOLD_ORACLE_DIR").toStdString();
    const auto all = readTexts(folder / (texts.toStdString() + ".texts"));
    const auto answers = readAll(folder / (texts + "." + tokenizer).toStdString());
    constexpr std::size_t kAnswer = 20;
    QCOMPARE(answers.size(), all.size() * kAnswer);
    QElapsedTimer clock;
    clock.start();
    const auto tokenize = tokenizerOf(folder / tokenizer.toStdString());
    const double loading = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
    clock.restart();
    std::vector<TokenizedText> results;
    results.reserve(all.size());
    for (const auto& text : all) {
      results.push_back(tokenize(text));
    }
    const double seconds = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
    compare(results, answers, seconds, loading);
  }

 private:
  static void compare(const std::vector<TokenizedText>& results, const std::string& answers,
                      double seconds, double loading) {
    std::size_t ids = 0;
    std::size_t wrong = 0;
    std::size_t wrongRanges = 0;
    std::string first;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::string answer = asHex(std::string_view(answers).substr(20 * i, 20));
      const auto& tokens = results[i];
      std::uint32_t count = 0;
      std::memcpy(&count, answers.data() + 20 * i, sizeof count);
      ids += tokens.ids.size();
      const bool isRight = count == tokens.ids.size() && digest(tokens.ids) == answer.substr(8, 16);
      const std::string ranges = answer.substr(24);
      const bool hasRanges = ranges != std::string(16, '0');
      wrong += isRight ? 0 : 1;
      wrongRanges += hasRanges && digest(tests::flat(tokens.ranges)) != ranges ? 1 : 0;
      if (!isRight && first.empty()) {
        first = fmt::format("text {}: {} ids, expected {}", i, tokens.ids.size(), count);
      }
    }
    qInfo(
        "%zu texts, %zu ids, wrong ids in %zu, wrong ranges in %zu; read in %.2f s, %.1f million "
        "ids/s",
        results.size(), ids, wrong, wrongRanges, loading,
        static_cast<double>(ids) / seconds * 1e-6);
    QVERIFY2(wrong == 0, first.c_str());
    QVERIFY(wrongRanges == 0);
  }
};

QTEST_GUILESS_MAIN(TestTokenizerOracle)
#include "tst_tokenizer_oracle.moc"
