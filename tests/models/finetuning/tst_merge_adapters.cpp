#include <ATen/ATen.h>

#include <QTest>

#include "core/weights/verify_weights.h"
#include "models/backbones/adapters.h"
#include "models/builtin_models.h"
#include "models/finetuning/merge_adapters.h"
#include "models/learning/assembly.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"
#include "tests/models/backbones/backbone_support.h"

using namespace twofold;
using namespace twofold::models;
namespace fs = std::filesystem;

class TestMergeAdapters : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;
  fs::path m_base = tests::fixture("esm2_tiny");

  /// For every attention projection of the fixture.
  fs::path written(const std::string& name, std::int64_t extra = 0,
                   const std::string& base = {}) const {
    std::map<std::string, std::vector<std::int64_t>> shapes;
    const formats::SafetensorsFile file(m_base / "model.safetensors");
    for (const auto& [stored, view] : file.tensors()) {
      const std::string weight = stored.starts_with("esm.") ? stored.substr(4) : stored;
      if (isAttentionProjection(weight)) {
        shapes[weight] = {view.shape[0] + extra, view.shape[1]};
      }
    }
    Adapters adapters = newAdapters(shapes, 2, 4, 1);
    at::manual_seed(1);
    for (auto& [weight, matrices] : adapters.changes) {
      matrices.b = at::randn(matrices.b.sizes()) * 0.1;
    }
    adapters.base = base;
    fs::create_directories(m_folder.path(name));
    writeAdapters(adaptersFile(m_folder.path(name)), adapters);
    return m_folder.path(name);
  }

 private Q_SLOTS:
  void mergedWeightsAreTheAdaptedOnes() {
    const auto adapters = written("adapters");
    const auto out = m_folder.path("merged");
    QVERIFY(mergeAdapters(m_base, adapters, out) > 0);
    const std::vector<std::string> sequences = {"MKTAYIAKQR", "GGG"};
    const auto made = [&](const OptionValues& values) {
      auto backbone = makeBackbone(builtinParts(), {"esm2", values}, "cpu");
      return embeddingsOf(*backbone, sequences);
    };
    const auto merged = made({{"weights", out.string()}});
    const auto adapted = made({{"weights", m_base.string()}, {"adapters", adapters.string()}});
    const auto base = made({{"weights", m_base.string()}});
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      QVERIFY(worstDifference(merged[i].values, adapted[i].values) < 1e-5);
      QVERIFY(worstDifference(merged[i].values, base[i].values) > 1e-4);
    }
    QVERIFY(weights::verifyWeights(out, {}, {}).isSound());
    QVERIFY(fs::exists(out / "config.json"));
  }

  void aStopLeavesNothing() {
    const auto out = m_folder.path("stopped");
    std::stop_source stop;
    std::int64_t reports = 0;
    const auto progress = [&](const Progress& done) {
      QVERIFY(done.done <= done.total);
      if (++reports == 3) {
        stop.request_stop();
      }
    };
    QVERIFY_THROWS_EXCEPTION(
        StopRequested, mergeAdapters(m_base, written("stop"), out, progress, stop.get_token()));
    QCOMPARE(reports, 3);
    QVERIFY(!fs::exists(out));
  }

  void onlyTheirOwnWeightsTakeThem() {
    const auto own = FolderWeights(m_base, "esm2").hash();
    QVERIFY(mergeAdapters(m_base, written("own", 0, own), m_folder.path("own-merged")) > 0);
    EXPECT_ERROR(mergeAdapters(m_base, written("others", 0, "0123"), m_folder.path("others-out")),
                 ErrorKind::BadInput, "other weights");
    QVERIFY(!fs::exists(m_folder.path("others-out")));
  }

  void whatDoesNotFitIsRefused() {
    const auto out = m_folder.path("out");
    EXPECT_ERROR(mergeAdapters(m_base, written("wide", 1), out), ErrorKind::BadInput,
                 "another shape");
    QVERIFY(!fs::exists(out));
    EXPECT_ERROR(mergeAdapters(tests::fixture("unirep/one-layer"), written("some"), out),
                 ErrorKind::BadInput, "only safetensors");
    EXPECT_ERROR(mergeAdapters(m_base, m_folder.path("nowhere"), out), ErrorKind::NotFound,
                 "adapters.safetensors");
    EXPECT_ERROR(mergeAdapters(m_base, written("more"), m_base), ErrorKind::Usage, "there already");
  }
};

QTEST_GUILESS_MAIN(TestMergeAdapters)
#include "tst_merge_adapters.moc"
