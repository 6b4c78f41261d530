// ProtBert, BERT and Llama 3 from folders: which tokens a residue gets, pooling, and refusals. That
// the networks compute what they should is tst_parity's.
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "backbone_support.h"
#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "models/backbones/bert.h"
#include "models/backbones/llama3.h"
#include "models/backbones/protbert.h"
#include "models/learning/backbone_notes.h"
#include "weights_folders.h"

using namespace twofold;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kWidth = models::kFolderWidth;
const fs::path kTokenizers = TWOFOLD_FIXTURES "/tokenizers";

std::vector<float> row(const models::Embedding& embedding, std::size_t residue) {
  const auto begin = embedding.values.begin() + static_cast<std::ptrdiff_t>(residue * kWidth);
  return {begin, begin + kWidth};
}

std::vector<float> mean(const models::Embedding& embedding) {
  std::vector<float> sum(kWidth, 0.0F);
  for (std::size_t i = 0; i < embedding.values.size(); ++i) {
    sum[i % kWidth] += embedding.values[i] / static_cast<float>(embedding.residues);
  }
  return sum;
}

}  // namespace

#define VERIFY_REFUSED(expression, part)                                \
  do {                                                                  \
    std::string message = "no error";                                   \
    try {                                                               \
      static_cast<void>(expression);                                    \
    } catch (const Error& error) {                                      \
      message = error.what();                                           \
    }                                                                   \
    QVERIFY2(message.find(part) != std::string::npos, message.c_str()); \
  } while (false)

class TestTextBackbones : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { models::writeTextFolders(m_temporary.path().toStdString()); }

  void protBertGivesEachResidueItsToken() {
    const auto backbone = protBert();
    const auto residues = models::embeddingsOf(*backbone, {"MKTAYU", "MKTAYX"}, true);
    QCOMPARE(residues[0].residues, 6);
    QCOMPARE(residues[0].values, residues[1].values);  // U is read as X
    const auto pooled = models::embeddingsOf(*backbone, {"MKTAYU"});
    QVERIFY(models::worstDifference(pooled[0].values, mean(residues[0])) < 1e-5);
  }

  void protBertPoolsFirstAndLastToken() {
    const auto whole = models::embeddingsOf(*protBert({{"pooling", "whole"}}), {"MKTA"});
    const auto first = models::embeddingsOf(*protBert({{"pooling", "first"}}), {"MKTA"});
    const auto last = models::embeddingsOf(*protBert({{"pooling", "last"}}), {"MKTA"});
    const auto residues = models::embeddingsOf(*protBert(), {"MKTA"}, true);
    std::vector<float> sum(kWidth);
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] = (first[0].values[i] + last[0].values[i] + 4 * mean(residues[0])[i]) / 6;
    }
    QVERIFY(models::worstDifference(whole[0].values, sum) < 1e-5);
  }

  void bertReadsSpacedLettersAndTexts() {
    const auto residues = models::embeddingsOf(*bert(), {"MKTAYIAKQR", "M"}, true);
    QCOMPARE(residues[0].residues, 10);
    QCOMPARE(residues[1].residues, 1);
    const auto spaced =
        models::embeddingsOf(*bert({{"input", "text"}}), {"M K T A Y I A K Q R"}, true);
    QVERIFY(models::worstDifference(residues[0].values, spaced[0].values) < 1e-6);
  }

  void textsAreCutAtTheLimitInTokens() {
    std::string text;
    for (int i = 0; i < 300; ++i) {
      text += "protein ";
    }
    const auto cut = models::embeddingsOf(*bert({{"input", "text"}}), {text}, true);
    QCOMPARE(cut[0].residues, 100);
    const auto blank = models::embeddingsOf(*bert({{"input", "text"}}), {" "});
    QCOMPARE(blank[0].values.size(), static_cast<std::size_t>(kWidth));
  }

  void llamaSeesOnlyWhatStandsBefore() {
    const auto backbone = llama();
    const auto residues = models::embeddingsOf(*backbone, {"MKTAYIAKQR", "MKTAY"}, true);
    QCOMPARE(residues[0].residues, 10);
    for (std::size_t i = 0; i < 5; ++i) {
      QVERIFY(models::worstDifference(row(residues[0], i), row(residues[1], i)) < 1e-5);
    }
    const auto last = models::embeddingsOf(*llama({{"pooling", "last"}}), {"MKTAYIAKQR"});
    QVERIFY(models::worstDifference(last[0].values, row(residues[0], 9)) < 1e-5);
  }

  void plainLettersMayShareAToken() {
    const auto residues =
        models::embeddingsOf(*llama({{"input", "plain"}}), {"proteinprotein"}, true);
    QCOMPARE(residues[0].residues, 14);
    int shared = 0;
    for (std::size_t i = 1; i < 14; ++i) {
      shared += row(residues[0], i) == row(residues[0], i - 1) ? 1 : 0;
    }
    QVERIFY2(shared > 0 && shared < 13, qPrintable(QString::number(shared)));
  }

  void identitiesTellInputAndPooling() {
    QVERIFY(llama()->identity() != llama({{"input", "plain"}})->identity());
    QVERIFY(bert()->identity() != bert({{"pooling", "first"}})->identity());
    QVERIFY(bert()->identity() != bert({{"precision", "bf16"}})->identity());
  }

  void whatCannotBeIsRefusedWithTheCure() {
    VERIFY_REFUSED(bert({{"weights", std::string()}}), "needs a weights folder");
    VERIFY_REFUSED(bert({{"limit", std::int64_t{127}}}), "limit of 126 or less");
    VERIFY_REFUSED(llama({{"pooling", "last"}, {"long", "windows"}}), "pooling mean");
    VERIFY_REFUSED(bert({{"input", "text"}, {"long", "windows"}}), "long=crop");
    VERIFY_REFUSED(bert({{"precision", "fp16"}}), "bf16");
    VERIFY_REFUSED(
        models::made(models::protBertDescriptor, models::makeProtBert, folder("bert"), {}),
        "choose BERT");
    VERIFY_REFUSED(models::made(models::bertDescriptor, models::makeBert, folder("llama3"), {}),
                   "another network");
    VERIFY_REFUSED(models::made(models::bertDescriptor, models::makeBert, folder("protbert"), {}),
                   "vocab.txt");
  }

  void aTokenizerTooLargeForTheNetworkIsRefused() {
    const QTemporaryDir temporary;
    const fs::path small = temporary.path().toStdString();
    models::writeBertFolder(small, 600);
    fs::copy_file(kTokenizers / "bert/vocab.txt", small / "vocab.txt");
    VERIFY_REFUSED(models::made(models::bertDescriptor, models::makeBert, small, {}), "vocab_size");
  }

  void fewPositionsAreEnoughForFullBatches() {
    const QTemporaryDir temporary;
    const fs::path small = temporary.path().toStdString();
    models::writeBertFolder(small, 30, 40);
    const auto backbone = models::made(models::protBertDescriptor, models::makeProtBert, small,
                                       {{"limit", std::int64_t{38}}});
    const std::vector<std::string> two = {std::string(38, 'M'), std::string(37, 'K')};
    const auto together = models::embeddingsOf(*backbone, two);
    const auto alone = models::embeddingsOf(*backbone, {two[0]});
    QVERIFY(models::worstDifference(together[0].values, alone[0].values) < 1e-5);
  }

  void textsOverTheLimitAreTold() {
    const auto backbone = bert({{"input", "text"}});
    const std::vector<std::string> texts = {"short", std::string(101, 'a')};
    QCOMPARE(
        models::notesOn(*backbone, texts),
        std::vector<std::string>{"Of texts, the first 100 tokens count: 1 of 2 may be longer."});
  }

  void aProteinOverTheLimitIsRefusedWhenAskedTo() {
    const std::string longer(101, 'M');
    VERIFY_REFUSED(models::embeddingsOf(*protBert({{"long", "refuse"}}), {"M", longer}),
                   "sequence 2 of 2 has 101 residues");
  }

  void theRealMiniLmEqualsHuggingFace() {
    const char* real = std::getenv("TWOFOLD_MINILM");
    if (real == nullptr || !fs::exists(fs::path(real) / "model.safetensors")) {
      QSKIP("no all-MiniLM-L6-v2 in $TWOFOLD_MINILM");
    }
    const auto backbone =
        models::made(models::bertDescriptor, models::makeBert, real, {{"input", "text"}});
    const formats::SafetensorsFile golden(TWOFOLD_FIXTURES "/minilm/golden.safetensors");
    for (const auto& [text, view] : golden.tensors()) {
      std::vector<float> expected(view.bytes.size() / sizeof(float));
      std::memcpy(expected.data(), view.bytes.data(), view.bytes.size());
      const auto tokens = models::embeddingsOf(*backbone, {text}, true);
      const double worst = models::worstDifference(tokens[0].values, expected);
      QVERIFY2(worst <= 1e-5, qPrintable(QString::number(worst)));
    }
  }

 private:
  [[nodiscard]] fs::path folder(const std::string& name) const {
    return fs::path(m_temporary.path().toStdString()) / name;
  }
  [[nodiscard]] std::unique_ptr<models::Backbone> protBert(OptionValues values = {}) const {
    return models::made(models::protBertDescriptor, models::makeProtBert, folder("protbert"),
                        std::move(values));
  }
  [[nodiscard]] std::unique_ptr<models::Backbone> bert(OptionValues values = {}) const {
    return models::made(models::bertDescriptor, models::makeBert, folder("bert"),
                        std::move(values));
  }
  [[nodiscard]] std::unique_ptr<models::Backbone> llama(OptionValues values = {}) const {
    return models::made(models::llama3Descriptor, models::makeLlama3, folder("llama3"),
                        std::move(values));
  }

  QTemporaryDir m_temporary;
};

QTEST_GUILESS_MAIN(TestTextBackbones)
#include "tst_text_backbones.moc"
