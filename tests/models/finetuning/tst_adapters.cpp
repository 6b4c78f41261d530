// Adapters in files and in networks: nothing changes at first, merged equals applied, and gradients
// are those of a plain reference.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <QTest>

#include "models/backbones/adapters.h"
#include "models/backbones/bert_network.h"
#include "models/backbones/esm2_network.h"
#include "models/backbones/llama_network.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::models;

namespace {

Adapters filled(std::uint64_t seed) {
  Adapters adapters = newAdapters({{"encoder.layer.0.attention.self.query.weight", {16, 16}},
                                   {"encoder.layer.1.attention.output.dense.weight", {16, 16}}},
                                  3, 6, seed);
  at::manual_seed(seed);
  for (auto& [name, matrices] : adapters.changes) {
    matrices.b = at::randn({16, 3});
  }
  return adapters;
}

const TokenBatch kBatch = {{0, 5, 6, 7, 2, 0, 9, 9, 4, 4, 2}, {5, 6}};

at::Tensor esm2Output(WeightSource& weights, bool hasGradients) {
  const Arithmetic arithmetic{at::TensorOptions().dtype(at::kFloat), false, hasGradients};
  return Esm2Network(esm2ConfigOfShape(2, 16, 4), weights, arithmetic).forward(kBatch, {});
}

double worst(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item().toDouble();
}

}  // namespace

class TestAdapters : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

 private Q_SLOTS:
  void newAdaptersChangeNothing() {
    RandomWeights base(1);
    const Adapters adapters =
        newAdapters({{"encoder.layer.0.attention.self.query.weight", {16, 16}}}, 4, 8, 1);
    AdaptedWeights adapted(base, adapters);
    QCOMPARE(worst(esm2Output(base, false), esm2Output(adapted, false)), 0.0);
  }

  void trainingsNetworkEqualsTheFastOne() {
    RandomWeights base(1);
    const Adapters adapters = filled(2);
    AdaptedWeights adapted(base, adapters);
    QVERIFY(worst(esm2Output(adapted, true), esm2Output(adapted, false)) < 1e-5);
    QVERIFY(worst(esm2Output(adapted, false), esm2Output(base, false)) > 1e-3);
  }

  void mergedEqualsTheTwoProducts() {
    const Adapters adapters = filled(3);
    const std::string name = "encoder.layer.0.attention.self.query.weight";
    RandomWeights base(1);
    AdaptedWeights adapted(base, adapters);
    const at::Tensor x = at::randn({7, 16});
    const auto& [a, b] = adapters.changes.at(name);
    const at::Tensor apart =
        at::linear(x, base.take(name, {16, 16})) + at::linear(at::linear(x, a), b) * (6.0 / 3.0);
    QVERIFY(worst(at::linear(x, adapted.take(name, {16, 16})), apart) < 1e-5);
  }

  void gradientsAreThoseOfDifferences() {
    RandomWeights base(1);
    Adapters adapters = filled(4);
    auto& matrices = adapters.changes.begin()->second;
    matrices.b.requires_grad_(true);
    matrices.a = matrices.a.contiguous().requires_grad_(true);
    AdaptedWeights adapted(base, adapters);
    const auto loss = [&](bool hasGradients) {
      return esm2Output(adapted, hasGradients).square().slice(1, 0, 5).mean();
    };
    loss(true).backward();
    for (auto* matrix : {&matrices.a, &matrices.b}) {
      const double wanted = matrix->grad()[1][2].item().toDouble();
      constexpr double kStep = 1e-2;
      const c10::NoGradGuard noGradients;
      const auto moved = [&](double by) {
        (*matrix)[1][2] += by;
        const double value = loss(false).to(at::kDouble).item().toDouble();
        (*matrix)[1][2] -= by;
        return value;
      };
      const double measured = (moved(kStep) - moved(-kStep)) / (2 * kStep);
      QVERIFY2(std::fabs(measured - wanted) < 1e-4 + 0.02 * std::fabs(wanted),
               qPrintable(QString("%1 %2").arg(measured).arg(wanted)));
    }
  }

  void everyArchitectureHasGradients() {
    const Arithmetic arithmetic{at::TensorOptions().dtype(at::kFloat), false, true};
    const auto gradient = [&](const auto& config, auto type, const std::string& name,
                              std::int64_t out, std::int64_t in) {
      RandomWeights base(1);
      Adapters adapters = newAdapters({{name, {out, in}}}, 2, 4, 1);
      adapters.changes[name].b.requires_grad_(true);
      AdaptedWeights adapted(base, adapters);
      typename decltype(type)::Type network(config, adapted, arithmetic);
      network.forward(kBatch, {}).square().slice(1, 0, 3).mean().backward();
      return adapters.changes[name].b.grad().abs().max().item().toDouble();
    };
    BertConfig bert;
    bert.layers = 1;
    bert.width = 16;
    bert.heads = 2;
    bert.feedForwardWidth = 32;
    bert.vocabulary = 20;
    bert.positions = 16;
    bert.tokenTypes = 1;
    QVERIFY(gradient(bert, Tag<BertNetwork>{}, "encoder.layer.0.attention.self.value.weight", 16,
                     16) > 0);
    LlamaConfig llama;
    llama.layers = 1;
    llama.width = 16;
    llama.heads = 4;
    llama.keyHeads = 2;
    llama.headWidth = 4;
    llama.feedForwardWidth = 24;
    llama.vocabulary = 20;
    llama.positions = 16;
    QVERIFY(gradient(llama, Tag<LlamaNetwork>{}, "layers.0.self_attn.v_proj.weight", 8, 16) > 0);
    QVERIFY(gradient(esm2ConfigOfShape(1, 16, 4), Tag<Esm2Network>{},
                     "encoder.layer.0.attention.self.key.weight", 16, 16) > 0);
  }

  void aFileKeepsThem() {
    Adapters adapters = filled(5);
    adapters.base = "abc";
    const auto file = m_folder.path("adapters.safetensors");
    writeAdapters(file, adapters);
    const Adapters read = readAdapters(file);
    QCOMPARE(read.alpha, 6.0);
    QCOMPARE(read.base, std::string("abc"));
    QCOMPARE(read.changes.size(), std::size_t{2});
    for (const auto& [name, matrices] : adapters.changes) {
      QVERIFY(at::equal(matrices.a, read.changes.at(name).a));
      QVERIFY(at::equal(matrices.b, read.changes.at(name).b));
    }
  }

  void otherFilesAreRefused() {
    const auto file = m_folder.path("other.safetensors");
    const std::vector<float> values(6);
    const auto view = [&](std::vector<std::int64_t> shape) {
      return formats::TensorView{formats::TensorType::F32, std::move(shape),
                                 std::as_bytes(std::span(values))};
    };
    formats::writeSafetensors(file, {{"x", view({6})}}, {{"lora_alpha", "8"}});
    EXPECT_ERROR(readAdapters(file), ErrorKind::BadInput, "not the adapters");
    formats::writeSafetensors(file, {{"x", view({6})}});
    EXPECT_ERROR(readAdapters(file), ErrorKind::BadInput, "lora_alpha");
    formats::writeSafetensors(file,
                              {{"base_model.model.q.lora_A.weight", view({2, 3})},
                               {"base_model.model.q.lora_B.weight", view({2, 3})}},
                              {{"lora_alpha", "8"}});
    EXPECT_ERROR(readAdapters(file), ErrorKind::BadInput, "do not fit");
    formats::writeSafetensors(file, {{"base_model.model.q.lora_A.weight", view({2, 3})}},
                              {{"lora_alpha", "8"}});
    EXPECT_ERROR(readAdapters(file), ErrorKind::BadInput, "lora_B");
  }

  void namesOfAWholeModelAreThoseOfItsNetwork() {
    Adapters whole;
    for (const auto& [name, matrices] : filled(6).changes) {
      whole.changes["esm." + name] = matrices;
    }
    const auto file = m_folder.path("whole.safetensors");
    writeAdapters(file, whole);
    QVERIFY(readAdapters(file).changes.contains("encoder.layer.0.attention.self.query.weight"));
  }

  void aChangeThatNoMatrixTakesIsNamed() {
    RandomWeights base(1);
    const Adapters adapters =
        newAdapters({{"encoder.layer.7.attention.self.query.weight", {16, 16}}}, 2, 8, 1);
    AdaptedWeights adapted(base, adapters);
    static_cast<void>(esm2Output(adapted, false));
    EXPECT_ERROR(adapted.requireAllUsed("a.safetensors"), ErrorKind::BadInput,
                 "\"encoder.layer.7.attention.self.query.weight\", which this network");
  }

  /// Multiplied, they would be a million by a million.
  void shapesAreComparedBeforeAnythingIsMultiplied() {
    RandomWeights base(1);
    Adapters adapters;
    const std::string name = "encoder.layer.0.attention.self.query.weight";
    adapters.changes[name] = {at::zeros({1, 1'000'000}), at::zeros({1'000'000, 1})};
    AdaptedWeights adapted(base, adapters);
    EXPECT_ERROR(adapted.take(name, {16, 16}), ErrorKind::BadInput, "another shape");
  }

  void anotherShapeOfNetworkIsRefused() {
    RandomWeights base(1);
    const Adapters adapters =
        newAdapters({{"encoder.layer.0.attention.self.query.weight", {8, 8}}}, 2, 8, 1);
    AdaptedWeights adapted(base, adapters);
    EXPECT_ERROR(adapted.take("encoder.layer.0.attention.self.query.weight", {16, 16}),
                 ErrorKind::BadInput, "another shape");
  }

 private:
  template <class T>
  struct Tag {
    using Type = T;
  };
};

QTEST_APPLESS_MAIN(TestAdapters)
#include "tst_adapters.moc"
