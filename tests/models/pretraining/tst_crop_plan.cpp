#include <QTest>

#include <algorithm>
#include <set>

#include "core/tokenizers/residue_tokenizer.h"
#include "made_up_proteins.h"
#include "models/pretraining/crop_plan.h"
#include "models/pretraining/masking.h"

using namespace twofold;
using namespace twofold::models;

namespace {

bool contains(std::span<const std::uint8_t> whole, std::span<const std::uint8_t> piece) {
  return std::search(whole.begin(), whole.end(), piece.begin(), piece.end()) != whole.end();
}

std::span<const std::uint8_t> row(const CropBatch& batch, std::int64_t index) {
  return std::span(batch.tokens)
      .subspan(static_cast<std::size_t>(index * batch.length),
               static_cast<std::size_t>(batch.length));
}

}  // namespace

class TestCropPlan : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void batchesKeepToTheBudgetAndHoldPiecesOfProteins() {
    const auto proteins = test::madeUpProteins(120);
    const TokenCorpus corpus(proteins);
    const CropRule rule{1024, 64, 200, 0.3, 1};
    const CropPlan plan(corpus, rule, 0);
    QVERIFY(plan.batches() > 10);
    for (std::int64_t i = 0; i < plan.batches(); ++i) {
      const auto batch = plan.batch(i);
      QCOMPARE(batch.tokens.size(), static_cast<std::size_t>(batch.rows * batch.length));
      QVERIFY(batch.rows * batch.length <= rule.batchTokens);
      QVERIFY(batch.length <= (batch.isPaired ? rule.pairCrop : rule.wholeCrop));
      for (std::int64_t r = 0; r < batch.rows; ++r) {
        bool isFound = false;
        for (std::size_t p = 0; p < corpus.size() && !isFound; ++p) {
          isFound = contains(corpus.tokens(p), row(batch, r));
        }
        QVERIFY(isFound);
      }
    }
  }

  /// Pieces of one long protein among many others: in a batch they would be each other's wrong
  /// answers, so it may have two there by chance, not by the rule.
  void aProteinsPiecesAreSpreadOverTheBatches() {
    std::vector<std::string> proteins = test::madeUpProteins(400);
    for (auto& protein : proteins) {
      protein = protein.substr(0, 150);
    }
    proteins.front() = std::string(60 * 150, 'W');
    const TokenCorpus corpus(proteins);
    const CropPlan plan(corpus, {2048, 64, 200, 0.0, 1}, 0);
    std::int64_t most = 0;
    for (std::int64_t i = 0; i < plan.batches(); ++i) {
      const auto batch = plan.batch(i);
      std::int64_t pieces = 0;
      for (std::int64_t r = 0; batch.isPaired && r < batch.rows; r += 2) {
        const auto tokens = row(batch, r);
        pieces +=
            tokens[5] == tokens[6] && tokens[6] == tokens[7] && tokens[7] == tokens[8] ? 1 : 0;
      }
      most = std::max(most, pieces);
    }
    QVERIFY2(most > 0 && most < 10, qPrintable(QString::number(most)));
  }

  void partnersAreDisjointPiecesOfOneProtein() {
    std::string all = "LAGVSERTIDPKQNFYMHWC";
    // Every residue followed by every other once: a piece of ten stands in one place only.
    std::string sequence;
    Random random(3);
    while (sequence.size() < 300) {
      sequence += all[random.below(all.size())];
    }
    const std::vector<std::string> proteins = {sequence};
    const TokenCorpus corpus(proteins);
    const auto tokens = corpus.tokens(0);
    std::int64_t pairs = 0;
    for (std::int64_t epoch = 0; epoch < 20; ++epoch) {
      const CropPlan plan(corpus, {1024, 100, 200, 0.3, 1}, epoch);
      for (std::int64_t i = 0; i < plan.batches(); ++i) {
        const auto batch = plan.batch(i);
        for (std::int64_t r = 0; batch.isPaired && r < batch.rows; r += 2, ++pairs) {
          const auto place = [&](std::int64_t which) {
            const auto piece = row(batch, which);
            return std::search(tokens.begin(), tokens.end(), piece.begin(), piece.end()) -
                   tokens.begin();
          };
          QVERIFY(std::abs(place(r) - place(r + 1)) >= batch.length);
        }
      }
    }
    QVERIFY(pairs > 10);
  }

  void aPassDrawsAboutTheWholeCorpus() {
    const TokenCorpus corpus(test::madeUpProteins(200));
    const CropPlan plan(corpus, {2048, 192, 512, 0.3, 1}, 2);
    std::int64_t residues = 0;
    for (std::int64_t i = 0; i < plan.batches(); ++i) {
      residues += plan.batch(i).residues();
    }
    const double ratio = static_cast<double>(residues) / static_cast<double>(corpus.residues());
    QVERIFY2(ratio > 0.85 && ratio < 1.15, qPrintable(QString::number(ratio)));
  }

  void seedAndPassDecideEverything() {
    const TokenCorpus corpus(test::madeUpProteins(60));
    const auto first = [&](std::uint64_t seed, std::int64_t epoch) {
      return CropPlan(corpus, {1024, 64, 200, 0.3, seed}, epoch).batch(3).tokens;
    };
    QVERIFY(first(1, 0) == first(1, 0));
    QVERIFY(first(1, 0) != first(1, 1));
    QVERIFY(first(1, 0) != first(2, 0));
  }

  void aProteinOfOneResidueIsNoTrouble() {
    const std::vector<std::string> proteins = {"M"};
    const TokenCorpus corpus(proteins);
    const CropPlan plan(corpus, {}, 0);
    QCOMPARE(plan.batches(), 1);
    QCOMPARE(plan.batch(0).residues(), 1);
  }

  void masksFollowTheShares() {
    const TokenCorpus corpus(test::madeUpProteins(400));
    const CropPlan plan(corpus, {8192, 192, 512, 0.3, 1}, 0);
    Random random(8);
    double residues = 0;
    double told = 0;
    double hidden = 0;
    double same = 0;
    for (std::int64_t i = 0; i < plan.batches(); ++i) {
      const auto crops = plan.batch(i);
      const auto batch = masked(crops, random);
      residues += static_cast<double>(crops.residues());
      told += static_cast<double>(batch.places.size());
      for (std::size_t k = 0; k < batch.places.size(); ++k) {
        const auto place = static_cast<std::size_t>(batch.places[k]);
        QCOMPARE(batch.targets[k], static_cast<std::int64_t>(crops.tokens[place]));
        QVERIFY(batch.targets[k] >= 4 && batch.targets[k] < 24);
        hidden += batch.inputs[place] == tokenizers::Esm2Vocabulary::kMask ? 1 : 0;
        same += batch.inputs[place] == crops.tokens[place] ? 1 : 0;
      }
    }
    QVERIFY(std::abs(told / residues - 0.15) < 0.005);
    QVERIFY(std::abs(hidden / told - 0.8) < 0.01);
    QVERIFY(std::abs(same / told - 0.105) < 0.01);  // a twentieth of the replaced ones is the same
  }

  void measuringHidesEveryToldPlace() {
    const TokenCorpus corpus(test::madeUpProteins(100));
    const auto crops = CropPlan(corpus, {}, 0).batch(0);
    Random random(8);
    const auto batch = masked(crops, random, Told::AllHidden);
    QVERIFY(!batch.places.empty());
    for (const auto place : batch.places) {
      QCOMPARE(static_cast<std::int64_t>(batch.inputs[static_cast<std::size_t>(place)]),
               tokenizers::Esm2Vocabulary::kMask);
    }
  }

  void tokenDropoutIsThatOfInferenceWithoutMasks() {
    QVERIFY(std::abs(tokenDropoutScale(0, 100) - 0.88F) < 1e-6F);
    QVERIFY(std::abs(tokenDropoutScale(12, 100) - 1.0F) < 1e-6F);
  }

  void oddLettersAreNeverToBeTold() {
    const std::vector<std::string> proteins = {"XXXXBZUOXXXX"};
    const TokenCorpus corpus(proteins);
    Random random(1);
    QVERIFY(masked(CropPlan(corpus, {}, 0).batch(0), random).places.empty());
  }
};

QTEST_GUILESS_MAIN(TestCropPlan)
#include "tst_crop_plan.moc"
