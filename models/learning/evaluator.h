// Probabilities of pairs, and the metrics of a part.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "models/learning/input_table.h"
#include "models/learning/pair_model.h"
#include "models/learning/process_group.h"

namespace twofold::models {

/// Pairs are always scored this many at once, the last batch filled up: matrix products round
/// differently for other sizes, and a pair must get the same bits alone and among others.
inline constexpr std::int64_t kEvaluationBatch = 256;

struct EvaluationWork {
  PairModel& model;
  const InputTable& table;
  std::span<const bool> active;  // one a channel; empty: all are switched on
  const ProgressSink& progress;
  const std::stop_token& stop;
  const ProcessGroup* group = nullptr;  // whose ranks share the pairs; none is stopped within
};

/// `work.active` as the channels of a PairBatch: bool [1, channels]; undefined when all are on.
[[nodiscard]] at::Tensor activeChannels(const EvaluationWork& work);

/// One logit a pair, in order, on the model's scale, on every rank: float [N] on the CPU. Throws
/// StopRequested, RankLost.
[[nodiscard]] at::Tensor logits(const EvaluationWork& work, const PairTensors& pairs);
[[nodiscard]] std::vector<float> probabilitiesOf(const at::Tensor& logits);

/// One probability a pair, in order, on every rank. Throws StopRequested, RankLost.
[[nodiscard]] std::vector<float> probabilities(const EvaluationWork& work,
                                               const PairTensors& pairs);

/// Logits of one pair, on the model's scale: float [N] on the CPU.
struct OnePair {
  const PairTensors& pair;  // alone
  at::Tensor kept{};        // [N, channels] bool: channels that are on in each answer
  std::size_t channel = 0;  // whose rows are replaced
  at::Tensor rowsA{};       // [N, rows, features] in place of the first protein's, or none
  at::Tensor rowsB{};       // of the second
};
[[nodiscard]] at::Tensor logits(const EvaluationWork& work, const OnePair& asked);

/// `labels` 0 or 1 of the pairs, and their proteins, as the metrics want them.
struct PartArrays {
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
};
[[nodiscard]] PartArrays partArrays(std::span<const IndexedPair> pairs);

}  // namespace twofold::models
