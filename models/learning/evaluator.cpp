#include "models/learning/evaluator.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <iterator>

namespace twofold::models {

at::Tensor activeChannels(const EvaluationWork& work) {
  if (work.active.empty()) {
    return {};
  }
  const at::Tensor active =
      at::empty({1, static_cast<std::int64_t>(work.active.size())}, at::kBool);
  std::copy(work.active.begin(), work.active.end(), active.mutable_data_ptr<bool>());
  return active.to(work.table.device());
}

at::Tensor logits(const EvaluationWork& work, const PairTensors& pairs) {
  const at::NoGradGuard noGradients;
  const bool wasTraining = work.model.is_training();
  work.model.eval();
  const at::Tensor active = activeChannels(work);
  at::Tensor result = at::zeros({pairs.size()}, at::kFloat);
  for (std::int64_t begin = 0; begin < pairs.size(); begin += kEvaluationBatch) {
    if (work.group == nullptr) {
      throwIfStopped(work.stop);
    } else if (begin / kEvaluationBatch % work.group->size() != work.group->rank()) {
      continue;
    }
    const auto part = pairs.slice(begin, std::min(begin + kEvaluationBatch, pairs.size()));
    PairBatch batch = work.table.gather(part.filledUp(kEvaluationBatch));
    if (active.defined()) {
      batch.keep(active);
    }
    result.slice(0, begin, begin + part.size())
        .copy_(work.model.forward(batch).slice(0, 0, part.size()));
    if (work.progress) {
      work.progress({"Scoring pairs", begin + part.size(), pairs.size(), "pairs"});
    }
  }
  work.model.train(wasTraining);
  if (work.group != nullptr) {
    work.group->allReduce(result);  // the others' places are 0, so no bit changes
  }
  return result;
}

namespace {

/// Rows [begin, begin + kEvaluationBatch) of `all`; the last ones stand for those beyond its end.
at::Tensor batchOf(const at::Tensor& all, std::int64_t begin) {
  const auto rows = (at::arange(kEvaluationBatch, at::kLong) + begin).clamp_max(all.size(0) - 1);
  return all.index_select(0, rows.to(all.device()));
}

}  // namespace

at::Tensor logits(const EvaluationWork& work, const OnePair& asked) {
  const at::NoGradGuard noGradients;
  work.model.eval();
  const auto& first = asked.kept.defined()    ? asked.kept
                      : asked.rowsA.defined() ? asked.rowsA
                                              : asked.rowsB;
  const std::int64_t count = first.size(0);
  const PairTensors pairs = asked.pair.filledUp(kEvaluationBatch);
  const at::Tensor active = activeChannels(work);
  const at::Tensor result = at::empty({count}, at::kFloat);
  for (std::int64_t begin = 0; begin < count; begin += kEvaluationBatch) {
    throwIfStopped(work.stop);
    PairBatch batch = work.table.gather(pairs);
    if (active.defined()) {
      batch.keep(active);
    }
    if (asked.kept.defined()) {
      batch.keep(batchOf(asked.kept, begin));
    }
    if (asked.rowsA.defined()) {
      batch.a[asked.channel] = batchOf(asked.rowsA, begin);
    }
    if (asked.rowsB.defined()) {
      batch.b[asked.channel] = batchOf(asked.rowsB, begin);
    }
    const std::int64_t end = std::min(begin + kEvaluationBatch, count);
    result.slice(0, begin, end).copy_(work.model.forward(batch).slice(0, 0, end - begin));
  }
  return result;
}

std::vector<float> probabilitiesOf(const at::Tensor& logits) {
  // One by one: LibTorch's sigmoid rounds differently at a tensor's end, and a pair must get the
  // same bits wherever it stands.
  const at::Tensor dense = logits.contiguous();
  const float* first = dense.const_data_ptr<float>();
  std::vector<float> probabilities;
  probabilities.reserve(static_cast<std::size_t>(dense.numel()));
  std::transform(first, first + dense.numel(), std::back_inserter(probabilities), [](float logit) {
    return static_cast<float>(metrics::LogitScale().probability(double{logit}));
  });
  return probabilities;
}

std::vector<float> probabilities(const EvaluationWork& work, const PairTensors& pairs) {
  return probabilitiesOf(logits(work, pairs));
}

PartArrays partArrays(std::span<const IndexedPair> pairs) {
  PartArrays arrays;
  for (const IndexedPair& pair : pairs) {
    arrays.labels.push_back(pair.label == data::Label::Positive ? 1 : 0);
    arrays.a.push_back(pair.a);
    arrays.b.push_back(pair.b);
  }
  return arrays;
}

}  // namespace twofold::models
