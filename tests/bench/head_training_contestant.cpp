// Trains a pair model on cached embeddings of the human pairs, for head_training_loop.py, which
// trains the same model from the same weights, in the same order, with PyTorch.
//   head_training_contestant DATA CACHE OUT EPOCHS THREADS DROPOUT BACKBONE
// OUT gets embeddings, pairs, orders and initial weights as safetensors; stdout one line an epoch:
// loss, seconds of its steps and of the epoch with its look at validation, the same in CPU seconds.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <numeric>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/formats/fasta.h"
#include "core/formats/pair_table.h"
#include "models/builtin_models.h"
#include "models/learning/assembly.h"
#include "models/learning/device.h"
#include "models/learning/model_state.h"
#include "models/learning/pair_evidence.h"
#include "models/learning/tensors.h"
#include "models/learning/trainer.h"

namespace {

using namespace twofold;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Of the wall clock, and of this process on all its threads.
struct Moment {
  Clock::time_point time = Clock::now();
  std::clock_t used = std::clock();
};

struct Duration {
  double seconds = 0;
  double cpuSeconds = 0;
};

Duration since(const Moment& start) {
  return {std::chrono::duration<double>(Clock::now() - start.time).count(),
          static_cast<double>(std::clock() - start.used) / CLOCKS_PER_SEC};
}

models::TrainRequest readBernett(const fs::path& folder) {
  models::TrainRequest request;
  std::map<std::string, std::uint32_t, std::less<>> indices;
  formats::readFasta(folder / "proteins.fasta", [&](formats::FastaRecord&& record) {
    indices.emplace(record.id, static_cast<std::uint32_t>(request.proteins.ids.size()));
    request.proteins.ids.push_back(std::move(record.id));
    request.proteins.sequences.push_back(std::move(record.sequence));
  });
  const std::array<const char*, 2> files = {"train.tsv", "val.tsv"};
  for (std::size_t part = 0; part < files.size(); ++part) {
    formats::readPairTable(folder / files[part], {}, [&](const formats::PairRow& row) {
      request.parts[part].push_back(
          {indices.find(row.a)->second, indices.find(row.b)->second,
           row.label.value_or(false) ? data::Label::Positive : data::Label::Negative});
    });
  }
  return request;
}

/// What a session has ready when the first epoch begins.
struct Prepared {
  explicit Prepared(const models::TrainRequest& request)
      : parts(models::makeFrozenParts(
            {models::builtinParts(), request.spec, request.cacheFolder, "cpu"})),
        evidence(parts, at::kCPU),
        table(1, at::kCPU) {
    inputs = models::makeInputs(parts, request.proteins, 0, {});
    std::vector<std::uint32_t> training;
    for (const auto& pair : request.parts[0]) {
      training.insert(training.end(), {pair.a, pair.b});
    }
    std::sort(training.begin(), training.end());
    training.erase(std::unique(training.begin(), training.end()), training.end());
    models::Standardiser::fitted(inputs[0], training).apply(inputs[0]);
    table.append(inputs);
    shapes = {{parts.ids[0], inputs[0].rows, inputs[0].features, 0}};
    model = models::makePairModel(models::builtinParts(), request.spec, parts, shapes);
    train = evidence.fit(request.parts[0]);
    validation = evidence.tensors(request.parts[1]);
  }

  models::FrozenParts parts;
  models::PairEvidence evidence;
  models::InputTable table;
  std::vector<models::ChannelInputs> inputs;
  std::vector<models::ChannelShape> shapes;
  std::shared_ptr<models::PairModel> model;
  models::PairTensors train;
  models::PairTensors validation;
};

/// The trainer's own order; the equal loss curves show that it still is.
at::Tensor orderOf(std::int64_t epoch, std::int64_t pairs, std::uint64_t seed) {
  at::Tensor order = at::arange(pairs);
  Random random(derivedSeed(seed, 1, static_cast<std::uint64_t>(epoch)));
  random.shuffle(
      std::span(order.mutable_data_ptr<std::int64_t>(), static_cast<std::size_t>(pairs)));
  return order;
}

void exportTo(const fs::path& file, const Prepared& prepared, std::int64_t epochs,
              std::uint64_t seed) {
  models::StateTensors state;
  const auto& inputs = prepared.inputs[0];
  state["embeddings"] = at::tensor(inputs.values).view({-1, inputs.features});
  for (const auto& [name, pairs] :
       {std::pair("train", &prepared.train), std::pair("validation", &prepared.validation)}) {
    state[fmt::format("{}.a", name)] = pairs->a;
    state[fmt::format("{}.b", name)] = pairs->b;
    state[fmt::format("{}.labels", name)] = pairs->labels;
  }
  for (std::int64_t epoch = 1; epoch <= epochs; ++epoch) {
    state[fmt::format("order.{}", epoch)] = orderOf(epoch, prepared.train.size(), seed);
  }
  for (const auto& parameter : prepared.model->named_parameters()) {
    state["weights." + parameter.key()] = parameter.value().detach().clone();
  }
  formats::writeSafetensors(file, models::toViews(state));
}

void contest(char** arguments) {
  models::TrainRequest request = readBernett(arguments[1]);
  request.cacheFolder = arguments[2];
  const std::int64_t epochs = std::atoll(arguments[4]);
  request.spec.channels = {{"sequence", {}}};
  request.spec.backbone = {arguments[7], {}};
  request.spec.training = {
      {"dropout", std::atof(arguments[6])}, {"epochs", epochs}, {"patience", epochs}};
  models::useThreads(0);
  Prepared prepared(request);
  exportTo(arguments[3], prepared, epochs, request.spec.seed);
  models::useThreads(std::atoi(arguments[5]));
  Moment start;
  Duration steps;
  double loss = 0;
  models::TrainObserver observer;
  observer.progress = [&](const Progress& progress) {
    steps = progress.stage == "Training" ? since(start) : steps;
  };
  observer.metric = [&](const runs::MetricEvent& metric) {
    loss = metric.part == "train" ? metric.value : loss;
  };
  models::Trainer trainer({*prepared.model,
                           prepared.table,
                           prepared.train,
                           prepared.validation,
                           models::partArrays(request.parts[1]),
                           models::trainingOptions(request.spec.training),
                           request.spec.seed,
                           observer,
                           {}});
  models::TrainingPosition position;
  for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
    start = {};
    position = trainer.trainEpoch(position);
    const Duration whole = since(start);
    fmt::print("{:.8f} {:.4f} {:.4f} {:.4f} {:.4f}\n", loss, steps.seconds, whole.seconds,
               steps.cpuSeconds, whole.cpuSeconds);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 8) {
    fmt::print(stderr, "head_training_contestant DATA CACHE OUT EPOCHS THREADS DROPOUT BACKBONE\n");
    return 2;
  }
  try {
    contest(argv);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
