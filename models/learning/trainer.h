// One epoch after the other: shuffled steps of AdamW, then a look at validation.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>

#include "models/learning/checkpoint.h"
#include "models/learning/evaluator.h"
#include "models/learning/fused_adamw.h"
#include "models/learning/gradient_sum.h"
#include "models/learning/input_table.h"
#include "models/learning/loss.h"
#include "models/learning/pair_model.h"
#include "models/learning/training_options.h"

namespace twofold::models {

/// What a crash may cost; an epoch's end is kept in any case.
inline constexpr std::chrono::minutes kKeepEvery(2);

struct TrainerSetup {
  PairModel& model;
  const InputTable& table;
  PairTensors train;       // labels known
  PairTensors validation;  // labels known, both classes
  PartArrays validationArrays;
  TrainingOptions options;
  std::uint64_t seed = 1;
  const TrainObserver& observer;
  std::stop_token stop;
  const ProcessGroup* group = nullptr;  // null: this process trains alone
  /// Called between two steps of an epoch, when so long has passed since the epoch began or since
  /// the last call, and before a stop that loses steps. May be empty.
  std::function<void(const TrainingPosition&)> keep{};
  std::chrono::milliseconds keepEvery = kKeepEvery;
};

/// All that is random derives from the seed and the number of the epoch or step, so training
/// continued from a checkpoint, of an epoch or within one, goes on to the same bits. Ranks share
/// each batch: every one takes its part of it, and together they make the step that one process
/// would make, but for the order in which floats are summed.
class Trainer {
 public:
  explicit Trainer(const TrainerSetup& setup);

  [[nodiscard]] torch::optim::Optimizer& optimizer() { return m_optimizer; }
  [[nodiscard]] bool isFinished(const TrainingPosition& position) const;

  /// Trains epoch `position.epoch` + 1, or what is left of it, and returns the position after it.
  /// Throws StopRequested within one step, Error(BadInput) naming the step when the loss is not
  /// finite.
  [[nodiscard]] TrainingPosition trainEpoch(const TrainingPosition& position);

 private:
  [[nodiscard]] at::Tensor shuffled(std::int64_t epoch) const;
  /// From `position.step` to the end of the epoch: all its steps done, their loss summed.
  [[nodiscard]] TrainingPosition runSteps(TrainingPosition position);
  [[nodiscard]] at::Tensor validationLogits(const TrainingPosition& trained);
  void keep(const TrainingPosition& position);
  /// Half a cosine from the option's rate to zero: a function of the step alone, so nothing of it
  /// needs to be in a checkpoint.
  void setLearningRate(std::int64_t step, std::int64_t steps);
  /// The mean loss of a batch.
  [[nodiscard]] double step(const PairTensors& pairs, std::int64_t number);
  /// Of this rank's share of the batch, which counts `weight` of the whole; leaves gradients.
  [[nodiscard]] double ownLoss(const PairTensors& pairs, double weight);
  void requireFinite(double loss, std::int64_t number) const;
  /// What rank 0 found, on every rank.
  [[nodiscard]] TrainingPosition agreed(const TrainingPosition& position) const;
  void report(std::int64_t epoch, double loss, const metrics::PartMetrics& validation) const;

  TrainerSetup m_setup;
  PairTensors m_train;
  PairTensors m_validation;
  PartArrays m_validationArrays;
  FusedAdamW m_optimizer;
  std::int64_t m_batch;  // pairs in a step
  ClassWeights m_classWeights;
  std::optional<GradientSum> m_sum;
  std::chrono::steady_clock::time_point m_kept;  // when something was last
};

}  // namespace twofold::models
