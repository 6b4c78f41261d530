// The whole of pretraining on made-up proteins: it learns, resumes to the same bits, and writes a
// folder that the backbone reads.
#include <ATen/ATen.h>
#include <torch/optim/adamw.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "../backbones/backbone_support.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/safetensors.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "made_up_proteins.h"
#include "models/pretraining/adam.h"
#include "models/pretraining/model_folder.h"
#include "models/pretraining/pretrain.h"

using namespace twofold;
using namespace twofold::models;

namespace {

PretrainRequest requestIn(const QString& folder) {
  PretrainRequest request;
  request.settings.layers = 2;
  request.settings.width = 32;
  request.settings.heads = 2;
  request.settings.residues = 120'000;
  request.settings.batchTokens = 2048;
  request.settings.heldOutShare = 0.05;
  request.settings.learningRate = 5e-3;
  request.sequences = test::madeUpProteins(150);
  request.sources = {"made up"};
  request.folder = folder.toStdString();
  request.threads = 1;
  return request;
}

std::string bytesOf(const std::filesystem::path& file) {
  return readFile(file, 100'000'000);
}

using Curve = std::vector<std::tuple<std::string, std::string, std::int64_t, double>>;

PretrainObserver observerOf(Curve& curve) {
  PretrainObserver observer;
  observer.metric = [&](const auto& metric) {
    curve.emplace_back(metric.part, metric.metric, metric.step, metric.value);
  };
  return observer;
}

/// But for the seconds that it took.
void expectSameState(const std::filesystem::path& a, const std::filesystem::path& b) {
  const formats::SafetensorsFile one(a);
  const formats::SafetensorsFile two(b);
  auto left = one.metadata();
  auto right = two.metadata();
  left.erase("seconds");
  right.erase("seconds");
  QCOMPARE(left, right);
  QCOMPARE(one.tensors().size(), two.tensors().size());
  for (const auto& [name, view] : one.tensors()) {
    QVERIFY2(std::ranges::equal(view.bytes, two.tensor(name).bytes), name.c_str());
  }
}

template <class Fn>
ErrorKind kindOf(Fn&& fn) {
  try {
    fn();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::Internal;
}

}  // namespace

class TestPretrain : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learnsMoreThanTheBaselinesKnow() {
    const QTemporaryDir folder;
    auto request = requestIn(folder.path());
    request.settings.residues = 400'000;
    const auto result = pretrain(request, {}, {});
    QVERIFY(result.residues >= request.settings.residues);
    QVERIFY(result.heldOutProteins > 3);
    QVERIFY2(
        result.heldOut.nats < result.heldOut.bigram - 0.05,
        qPrintable(QString("%1 beside %2").arg(result.heldOut.nats).arg(result.heldOut.bigram)));
    const auto card = bytesOf(request.folder / "README.md");
    QVERIFY(card.find("made up") != std::string::npos);
    QVERIFY(card.find("Unfinished") == std::string::npos);
    QCOMPARE(result.heldOut.seen, result.residues);
    const auto hashes = bytesOf(request.folder / "sequences.sha256");
    QCOMPARE(hashes.size(), static_cast<std::size_t>(result.trainingProteins) * 17);
  }

  void aStoppedTrainingGoesOnToTheSameBits() {
    const QTemporaryDir whole;
    const QTemporaryDir parts;
    Curve undisturbed;
    static_cast<void>(pretrain(requestIn(whole.path()), observerOf(undisturbed), {}));

    auto request = requestIn(parts.path());
    Curve stopped;
    for (int stopAfter : {7, 20}) {
      std::stop_source source;
      int steps = 0;
      PretrainObserver observer = observerOf(stopped);
      observer.progress = [&](const Progress& progress) {
        if (progress.stage == "Pretraining" && ++steps == stopAfter) {
          source.request_stop();
        }
      };
      QVERIFY_THROWS_EXCEPTION(StopRequested,
                               static_cast<void>(pretrain(request, observer, source.get_token())));
      QVERIFY(bytesOf(request.folder / "README.md").find("Unfinished") != std::string::npos);
      request.resume = true;
    }
    static_cast<void>(pretrain(request, observerOf(stopped), {}));
    const std::filesystem::path other = whole.path().toStdString();
    QVERIFY(bytesOf(request.folder / "model.safetensors") == bytesOf(other / "model.safetensors"));
    expectSameState(request.folder / "state.safetensors", other / "state.safetensors");
    QCOMPARE(stopped, undisturbed);
  }

  void anotherTrainingInTheFolderIsRefused() {
    const QTemporaryDir folder;
    auto request = requestIn(folder.path());
    request.settings.residues = 5'000;
    auto early = request;
    early.resume = true;
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(early, {}, {})); }), ErrorKind::NotFound);
    static_cast<void>(pretrain(request, {}, {}));
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(request, {}, {})); }), ErrorKind::Usage);

    request.resume = true;
    auto faster = request;
    faster.settings.learningRate = 1e-2;
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(faster, {}, {})); }), ErrorKind::Usage);
    auto longer = request;
    longer.sequences.push_back("MKVLAAGIV");
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(longer, {}, {})); }), ErrorKind::Usage);

    const auto state = request.folder / "state.safetensors";
    writeFileAtomically(state, bytesOf(state).substr(0, 5000));
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(request, {}, {})); }), ErrorKind::BadInput);
  }

  void aNetworkThatIsThereIsNotOverwritten() {
    const QTemporaryDir folder;
    const auto request = requestIn(folder.path());
    writeFileAtomically(request.folder / "config.json", "{}");
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(request, {}, {})); }), ErrorKind::Usage);
    QCOMPARE(bytesOf(request.folder / "config.json"), std::string("{}"));
  }

  void nothingHeldOutIsNothingMeasured() {
    const QTemporaryDir folder;
    auto request = requestIn(folder.path());
    request.settings.heldOutShare = 0;
    request.settings.residues = 5'000;
    Curve curve;
    QCOMPARE(pretrain(request, observerOf(curve), {}).heldOut.residues, 0);
    QVERIFY(std::ranges::none_of(
        curve, [](const auto& point) { return std::get<0>(point) == "held_out"; }));
    QVERIFY(bytesOf(request.folder / "README.md").find("nothing was measured") !=
            std::string::npos);
  }

  void impossibleShapesAndEmptyCorporaAreRefused() {
    const QTemporaryDir folder;
    auto odd = requestIn(folder.path());
    odd.settings.heads = 5;
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(odd, {}, {})); }), ErrorKind::Usage);
    auto empty = requestIn(folder.path());
    empty.sequences.clear();
    QCOMPARE(kindOf([&] { static_cast<void>(pretrain(empty, {}, {})); }), ErrorKind::BadInput);
  }

  /// The folder holds bf16; the learner gets the same rounded weights to compare with.
  void theBackboneReadsTheFolderToTheSameNumbers() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    LearnerSettings settings;
    settings.shape = esm2ConfigOfShape(3, 48, 4);
    settings.type = at::kFloat;
    const Esm2Learner learner(settings);
    for (const auto& [name, weight] : learner.weights()) {
      at::manual_seed(11);
      weight.detach().add_(at::randn_like(weight.detach()) * 0.05);
      weight.detach().copy_(weight.detach().to(at::kBFloat16).to(at::kFloat));
    }
    writeModelFolder(path, learner);
    const auto backbone = esm2With({{"weights", path.string()}, {"precision", "fp32"}});
    for (const std::string sequence :
         {"M", "MKVLAAGIVGLLLAQWERTYX", "ACDEFGHIKLMNPQRSTVWYACDEFG"}) {
      const auto embedding = embeddingsOf(*backbone, {sequence}, true).front();
      MaskedBatch batch;
      for (const auto token : tokenizers::tokenizeEsm2(sequence)) {
        batch.inputs.push_back(static_cast<std::uint8_t>(token));
      }
      const auto length = static_cast<std::int64_t>(batch.inputs.size());
      batch.scales = {tokenDropoutScale(0, length)};
      const at::Tensor rows = learner.hidden(batch, 1, length).detach().slice(0, 1, length - 1);
      const at::Tensor dense = rows.contiguous();
      const std::vector<float> own(dense.const_data_ptr<float>(),
                                   dense.const_data_ptr<float>() + dense.numel());
      QVERIFY(worstDifference(embedding.values, own) < 1e-4);
    }
  }

  void adamStepsLikeTorchs() {
    at::manual_seed(2);
    const at::Tensor first = at::randn({6, 5});
    std::map<std::string, at::Tensor> own = {{"w", first.clone().requires_grad_()}};
    const at::Tensor other = first.clone().requires_grad_();
    Adam adam(own, 0.1);
    torch::optim::AdamW torchs(
        {other},
        torch::optim::AdamWOptions(0.01).betas(std::make_tuple(0.9, 0.98)).weight_decay(0.1));
    for (int i = 0; i < 20; ++i) {
      const at::Tensor gradient = at::randn({6, 5}) * 0.1;  // shorter than 1: nothing is clipped
      own.at("w").mutable_grad() = gradient.clone();
      other.mutable_grad() = gradient.clone();
      QVERIFY(adam.step(0.01) < 1);
      torchs.step();
    }
    QVERIFY(at::allclose(own.at("w"), other, 1e-4, 1e-5));
  }

  void aGradientThatIsNoNumberChangesNothing() {
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), HUGE_VALF}) {
      std::map<std::string, at::Tensor> weights = {{"w", at::ones({3, 2}).requires_grad_()}};
      Adam adam(weights, 0.1);
      at::Tensor gradient = at::zeros({3, 2});
      gradient[1][0] = bad;
      weights.at("w").mutable_grad() = gradient;
      QVERIFY(!std::isfinite(adam.step(0.01)));
      QCOMPARE(adam.steps(), 0);
      QVERIFY(at::equal(weights.at("w"), at::ones({3, 2})));
      QVERIFY(at::equal(adam.means().at("w"), at::zeros({3, 2})));
    }
  }

  void theRateRisesAndFalls() {
    QVERIFY(learningRate(1, 0) > 0);
    QVERIFY(learningRate(1, 0.01) < learningRate(1, 0.02));
    QVERIFY(std::abs(learningRate(1, 0.02) - 1) < 1e-9);
    QVERIFY(std::abs(learningRate(1, 1) - 0.05) < 1e-9);
  }
};

QTEST_GUILESS_MAIN(TestPretrain)
#include "tst_pretrain.moc"
