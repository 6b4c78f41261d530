// Parity with Hugging Face: tests/reference/make_esm2_golden.py made the numbers.
#include <QTest>
#include <algorithm>
#include <cstring>
#include <set>

#include "backbone_support.h"
#include "core/base/error.h"
#include "core/formats/safetensors.h"

using namespace twofold;

namespace {

const std::string kFolder = TWOFOLD_FIXTURES "/esm2_tiny";

struct Golden {
  std::vector<std::string> sequences;
  std::vector<std::vector<float>> residues;  // [length, 32] of each
};

Golden readGolden() {
  const formats::SafetensorsFile file(kFolder + "/golden.safetensors");
  Golden golden;
  for (const auto& [sequence, view] : file.tensors()) {
    golden.sequences.push_back(sequence);
    std::vector<float> values(view.bytes.size() / sizeof(float));
    std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
    golden.residues.push_back(std::move(values));
  }
  return golden;
}

std::string protein(std::size_t length) {
  std::string sequence;
  for (std::size_t i = 0; i < length; ++i) {
    sequence += "MKTAYIAKQRGDEWLNSPHFCV"[(i * i + 3 * i) % 22];
  }
  return sequence;
}

}  // namespace

class TestEsm2 : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void residuesEqualHuggingFace() {
    const Golden golden = readGolden();
    QCOMPARE(golden.sequences.size(), 6U);
    const auto backbone = models::esm2With({{"weights", kFolder}});
    QCOMPARE(backbone->width(), 32);
    const auto embeddings = models::embeddingsOf(*backbone, golden.sequences, true);
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
      QCOMPARE(embeddings[i].residues, static_cast<std::int64_t>(golden.sequences[i].size()));
      const double worst = models::worstDifference(embeddings[i].values, golden.residues[i]);
      QVERIFY2(worst <= 1e-5, qPrintable(QString::number(worst)));
    }
  }

  void bfloat16KeepsTheDirection() {
    const Golden golden = readGolden();
    const auto backbone = models::esm2With({{"weights", kFolder}, {"precision", "bf16"}});
    const auto embeddings = models::embeddingsOf(*backbone, golden.sequences, true);
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
      const double cosine = models::cosine(embeddings[i].values, golden.residues[i]);
      QVERIFY2(cosine >= 0.999, qPrintable(QString::number(cosine, 'f', 6)));
    }
  }

  void pooledIsTheMeanOverResidues() {
    const Golden golden = readGolden();
    const auto backbone = models::esm2With({{"weights", kFolder}});
    const auto pooled = models::embeddingsOf(*backbone, golden.sequences);
    for (std::size_t i = 0; i < pooled.size(); ++i) {
      std::vector<float> mean(32, 0.0F);
      const auto length = static_cast<float>(golden.sequences[i].size());
      for (std::size_t j = 0; j < golden.residues[i].size(); ++j) {
        mean[j % 32] += golden.residues[i][j] / length;
      }
      QCOMPARE(pooled[i].residues, 0);
      QVERIFY(models::worstDifference(pooled[i].values, mean) <= 1e-5);
    }
  }

  void companyInTheBatchChangesNothing() {
    const auto backbone = models::esm2With({{"weights", kFolder}});
    std::vector<std::string> many;
    for (std::size_t i = 1; i <= 90; ++i) {
      many.push_back(protein(i * 7 % 300 + 1));
    }
    const auto together = models::embeddingsOf(*backbone, many);
    for (const std::size_t i : {0U, 17U, 42U, 89U}) {
      const auto alone = models::embeddingsOf(*backbone, {many[i]});
      QVERIFY(models::worstDifference(together[i].values, alone[0].values) <= 1e-5);
    }
  }

  void croppingKeepsTheFirstResidues() {
    const auto backbone = models::esm2With({{"weights", kFolder}, {"limit", std::int64_t{20}}});
    const auto cropped = models::embeddingsOf(*backbone, {protein(50)}, true);
    const auto whole = models::embeddingsOf(*backbone, {protein(20)}, true);
    QCOMPARE(cropped[0].residues, 20);
    QVERIFY(models::worstDifference(cropped[0].values, whole[0].values) <= 1e-6);
  }

  void windowsCoverEveryResidue() {
    const auto backbone =
        models::esm2With({{"weights", kFolder}, {"limit", std::int64_t{20}}, {"long", "windows"}});
    const std::vector<std::string> sequences = {protein(75), protein(20), protein(21)};
    const auto residues = models::embeddingsOf(*backbone, sequences, true);
    QCOMPARE(residues[0].residues, 75);
    QCOMPARE(residues[2].residues, 21);
    // The first residues are in the first window alone.
    const auto first = models::embeddingsOf(*backbone, {protein(20)}, true);
    const std::vector<float> start(residues[0].values.begin(), residues[0].values.begin() + 32);
    const std::vector<float> expected(first[0].values.begin(), first[0].values.begin() + 32);
    QVERIFY(models::worstDifference(start, expected) <= 1e-6);
    QVERIFY(models::worstDifference(residues[1].values, first[0].values) <= 1e-6);
    QCOMPARE(models::embeddingsOf(*backbone, sequences)[0].values.size(), 32U);
  }

  void randomWeightsFollowShapeAndSeed() {
    const OptionValues tiny = {{"random", true},
                               {"layers", std::int64_t{2}},
                               {"width", std::int64_t{16}},
                               {"heads", std::int64_t{2}}};
    OptionValues other = tiny;
    other["seed"] = std::int64_t{1};
    const std::vector<std::string> sequences = {protein(30)};
    const auto a = models::embeddingsOf(*models::esm2With(tiny), sequences);
    const auto b = models::embeddingsOf(*models::esm2With(tiny), sequences);
    const auto c = models::embeddingsOf(*models::esm2With(other), sequences);
    QCOMPARE(a[0].values, b[0].values);
    QVERIFY(a[0].values != c[0].values);
  }

  void identityTellsEverythingThatChangesNumbers() {
    const std::vector<OptionValues> all = {
        {{"random", true}},
        {{"random", true}, {"seed", std::int64_t{1}}},
        {{"random", true}, {"layers", std::int64_t{1}}},
        {{"weights", kFolder}},
        {{"weights", kFolder}, {"precision", "bf16"}},
        {{"weights", kFolder}, {"limit", std::int64_t{500}}},
        {{"weights", kFolder}, {"long", "windows"}},
    };
    std::set<std::string> identities;
    for (const auto& values : all) {
      const std::string identity = models::esm2With(values)->identity();
      QVERIFY(identity.size() < 200 && identity.find('/') == std::string::npos);
      identities.insert(identity);
    }
    QCOMPARE(identities.size(), all.size());
  }

  void aFolderAndRandomWeightsExcludeEachOther() {
    QVERIFY_EXCEPTION_THROWN(models::esm2With({{"random", true}, {"weights", kFolder}}), Error);
  }

  void progressEndsAtAllResidues() {
    const auto backbone =
        models::esm2With({{"weights", kFolder}, {"limit", std::int64_t{16}}, {"long", "windows"}});
    const std::vector<std::string> sequences = {protein(100), protein(5)};
    std::vector<std::int64_t> seen;
    backbone->embed({sequences,
                     false,
                     [](std::size_t, models::Embedding&&) {},
                     [&](const Progress& progress) {
                       QCOMPARE(progress.total, 105);
                       seen.push_back(progress.done);
                     },
                     {}});
    QCOMPARE(seen.back(), 105);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
  }

  void aStopEndsTheWork() {
    const auto backbone = models::esm2With({{"weights", kFolder}});
    std::stop_source stop;
    const std::vector<std::string> sequences(50, protein(500));
    std::size_t taken = 0;
    QVERIFY_EXCEPTION_THROWN(backbone->embed({sequences,
                                              false,
                                              [&](std::size_t, models::Embedding&&) {
                                                ++taken;
                                                stop.request_stop();
                                              },
                                              {},
                                              stop.get_token()}),
                             StopRequested);
    QVERIFY(taken > 0 && taken < sequences.size());
  }

  void anEmptySequenceIsRefused() {
    const auto backbone = models::esm2With({{"weights", kFolder}});
    QVERIFY_EXCEPTION_THROWN(models::embeddingsOf(*backbone, {"MK", ""}), Error);
  }

  void aShapeWithoutEvenHeadsIsRefused() {
    QVERIFY_EXCEPTION_THROWN(models::esm2With({{"random", true}, {"width", std::int64_t{321}}}),
                             Error);
    QVERIFY_EXCEPTION_THROWN(models::esm2With({{"random", true}, {"heads", std::int64_t{64}}}),
                             Error);
  }
};

QTEST_GUILESS_MAIN(TestEsm2)
#include "tst_esm2.moc"
