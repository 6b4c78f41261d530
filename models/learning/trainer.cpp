#include "models/learning/trainer.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"
#include "models/learning/autocast.h"

namespace twofold::models {

namespace {

/// With fewer steps an epoch of a small training part would teach next to nothing.
constexpr std::int64_t kFewestSteps = 16;

enum Purpose : std::uint64_t { kShuffle = 1, kNoise = 2 };

/// Weight decay on matrices only: pulling biases and single vectors to zero shrinks no capacity.
std::vector<torch::optim::OptimizerParamGroup> parameterGroups(const PairModel& model,
                                                               const TrainingOptions& options) {
  std::vector<at::Tensor> matrices;
  std::vector<at::Tensor> vectors;
  for (const auto& parameter : model.named_parameters()) {
    const bool isWeight = parameter.key().ends_with(".weight");
    (isWeight ? matrices : vectors).push_back(parameter.value());
  }
  const auto adam = [&](double decay) {
    return std::make_unique<torch::optim::AdamWOptions>(
        torch::optim::AdamWOptions(options.learningRate).weight_decay(decay));
  };
  return {{std::move(matrices), adam(options.weightDecay)}, {std::move(vectors), adam(0)}};
}

metrics::LogitScale scaleOf(std::span<const float> logits, std::span<const std::int8_t> labels,
                            Calibration calibration) {
  switch (calibration) {
    case Calibration::Platt:
      return metrics::plattScaling(logits, labels);
    case Calibration::Temperature:
      return metrics::temperatureScaling(logits, labels);
    case Calibration::None:
      break;
  }
  return {};
}

}  // namespace

Trainer::Trainer(const TrainerSetup& setup)
    : m_setup(setup),
      m_train(setup.train),
      m_validation(setup.validation),
      m_validationArrays(setup.validationArrays),
      m_optimizer(parameterGroups(setup.model, setup.options)),
      m_batch(std::clamp<std::int64_t>(m_train.size() / kFewestSteps, 1, setup.options.batchSize)),
      m_classWeights(setup.options.isBalanced ? ClassWeights::balanced(m_train.labels)
                                              : ClassWeights()) {
  if (setup.group != nullptr) {
    m_sum.emplace(setup.model, *setup.group);
  }
}

bool Trainer::isFinished(const TrainingPosition& position) const {
  return position.epoch >= m_setup.options.epochs ||
         position.epoch - position.bestEpoch >= m_setup.options.patience;
}

TrainingPosition Trainer::trainEpoch(const TrainingPosition& position) {
  const std::int64_t epoch = position.epoch + 1;
  const TrainingPosition trained = runSteps(position);
  const double loss = trained.lossSum / static_cast<double>(m_train.size());
  const at::Tensor raw = validationLogits(trained);
  TrainingPosition next = position;
  next.epoch = epoch;
  next.step = 0;
  next.lossSum = 0;
  if (m_setup.group == nullptr || m_setup.group->isFirst()) {
    const auto& arrays = m_validationArrays;
    next.scale = scaleOf({raw.const_data_ptr<float>(), arrays.labels.size()}, arrays.labels,
                         m_setup.options.calibration);
    const auto scores = probabilitiesOf(scaled(raw, next.scale));
    next.threshold = metrics::bestThreshold(scores, arrays.labels);
    const auto validation = metrics::measure({scores, arrays.labels, arrays.a, arrays.b},
                                             next.threshold, {0, m_setup.seed});
    report(epoch, loss, validation);
    const double auprc = validation.values.at("auprc");
    if (auprc > position.bestAuprc) {
      next.bestAuprc = auprc;
      next.bestEpoch = epoch;
    }
  }
  return agreed(next);
}

TrainingPosition Trainer::agreed(const TrainingPosition& position) const {
  if (m_setup.group == nullptr) {
    return position;
  }
  at::Tensor numbers = at::tensor({static_cast<double>(position.bestEpoch), position.bestAuprc,
                                   position.threshold, position.scale.slope, position.scale.offset},
                                  at::kDouble);
  m_setup.group->broadcast(numbers);
  const double* values = numbers.const_data_ptr<double>();
  return {position.epoch,
          static_cast<std::int64_t>(values[0]),
          values[1],
          values[2],
          {values[3], values[4]}};
}

at::Tensor Trainer::shuffled(std::int64_t epoch) const {
  at::Tensor order = at::empty({m_train.size()}, at::kLong);
  const std::span values(order.mutable_data_ptr<std::int64_t>(),
                         static_cast<std::size_t>(m_train.size()));
  std::iota(values.begin(), values.end(), 0);
  Random random(derivedSeed(m_setup.seed, kShuffle, static_cast<std::uint64_t>(epoch)));
  random.shuffle(values);
  return order.to(m_setup.table.device());
}

TrainingPosition Trainer::runSteps(TrainingPosition position) {
  m_setup.model.train();
  m_kept = std::chrono::steady_clock::now();
  const PairTensors pairs = m_train.rows(shuffled(position.epoch + 1));
  const std::int64_t steps = (pairs.size() + m_batch - 1) / m_batch;
  const std::int64_t first = position.step;
  try {
    while (position.step < steps) {
      if (m_setup.group == nullptr) {
        throwIfStopped(m_setup.stop);
      }
      const std::int64_t begin = position.step * m_batch;
      const auto part = pairs.slice(begin, std::min(begin + m_batch, pairs.size()));
      const std::int64_t number = position.epoch * steps + position.step + 1;
      setLearningRate(number, m_setup.options.epochs * steps);
      position.lossSum += step(part, number) * static_cast<double>(part.size());
      ++position.step;
      if (m_setup.observer.progress) {
        m_setup.observer.progress({"Training", number, m_setup.options.epochs * steps, "steps"});
      }
      if (position.step < steps && std::chrono::steady_clock::now() - m_kept >= m_setup.keepEvery) {
        keep(position);
      }
    }
  } catch (const StopRequested&) {
    if (position.step > first) {
      keep(position);
    }
    throw;
  }
  return position;
}

at::Tensor Trainer::validationLogits(const TrainingPosition& trained) {
  try {
    return logits(
        {m_setup.model, m_setup.table, {}, m_setup.observer.progress, m_setup.stop, m_setup.group},
        m_validation);
  } catch (const StopRequested&) {
    keep(trained);
    throw;
  }
}

void Trainer::keep(const TrainingPosition& position) {
  if (m_setup.keep) {
    m_setup.keep(position);
  }
  m_kept = std::chrono::steady_clock::now();
}

void Trainer::setLearningRate(std::int64_t step, std::int64_t steps) {
  const double done = static_cast<double>(step - 1) / static_cast<double>(steps);
  const double factor = 0.5 * (1 + std::cos(std::numbers::pi * done));
  for (auto& group : m_optimizer.param_groups()) {
    group.options().set_lr(m_setup.options.learningRate * factor);
  }
}

double Trainer::step(const PairTensors& pairs, std::int64_t number) {
  const std::int64_t rank = m_sum ? m_setup.group->rank() : 0;
  const std::int64_t ranks = m_sum ? m_setup.group->size() : 1;
  const std::int64_t begin = pairs.size() * rank / ranks;
  const std::int64_t end = pairs.size() * (rank + 1) / ranks;
  m_setup.model.noise().begin(derivedSeed(m_setup.seed, kNoise, static_cast<std::uint64_t>(number)),
                              begin);
  m_optimizer.zero_grad();
  // A rank without a share takes part with a pair that counts nothing.
  const double weight = static_cast<double>(end - begin) / static_cast<double>(pairs.size());
  double loss = ownLoss(pairs.slice(begin, std::max(end, begin + 1)), weight);
  if (m_sum) {
    const auto all = m_sum->exchange({loss, m_setup.stop.stop_requested()});
    if (all.isStopping) {
      throw StopRequested();
    }
    loss = all.loss;
  }
  requireFinite(loss, number);
  m_optimizer.step();
  return loss;
}

double Trainer::ownLoss(const PairTensors& pairs, double weight) {
  PairBatch batch = m_setup.table.gather(pairs);
  if (m_setup.model.channels().size() > 1) {
    m_setup.model.hideAtRandom(batch, m_setup.options.channelDropout);
  }
  const at::Tensor loss = [&] {
    const Autocast autocast(m_setup.table.device(), m_setup.options.precision);
    return pairLoss(m_setup.model.forward(batch), pairs.labels, m_setup.options, m_classWeights) *
           weight;
  }();
  loss.backward();
  return loss.item().toDouble();
}

void Trainer::requireFinite(double loss, std::int64_t number) const {
  if (!std::isfinite(loss)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the loss was not a finite number at step {}; the last checkpoint is "
                            "kept. Try a smaller training.learning_rate, or precision fp32, and "
                            "look for embeddings that are not numbers",
                            number));
  }
}

void Trainer::report(std::int64_t epoch, double loss,
                     const metrics::PartMetrics& validation) const {
  if (!m_setup.observer.metric) {
    return;
  }
  m_setup.observer.metric({"train", "loss", epoch, loss});
  for (const auto& [metric, value] : validation.values) {
    if (std::isfinite(value)) {
      m_setup.observer.metric({"validation", metric, epoch, value});
    }
  }
}

}  // namespace twofold::models
