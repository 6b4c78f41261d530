// Random numbers of training: a function of the seed, the step and the pair's place in the batch,
// so that it makes no difference how many processes share a batch, or how many threads.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace twofold::models {

/// Each call after begin() draws from a stream of its own. One thread.
class RowNoise {
 public:
  /// For a step with that seed on pairs that begin with the batch's `firstRow`.
  void begin(std::uint64_t seed, std::int64_t firstRow);

  /// `rows` [B, ...] with each number set to 0 by chance `share`, the others scaled by
  /// 1 / (1 - share). Differentiable.
  [[nodiscard]] at::Tensor dropped(const at::Tensor& rows, double share);
  /// The same with torch's own operations, as other devices than the CPU do it.
  [[nodiscard]] at::Tensor droppedOnDevice(const at::Tensor& rows, double share);
  /// [rows, columns] float on the CPU, uniform in [0, 1).
  [[nodiscard]] at::Tensor uniform(std::int64_t rows, std::int64_t columns);

 private:
  [[nodiscard]] std::vector<std::uint32_t> rowKeys(std::int64_t rows);
  [[nodiscard]] const std::vector<std::uint32_t>& columnKeys(std::int64_t columns);

  std::uint64_t m_seed = 0;
  std::int64_t m_firstRow = 0;
  std::uint64_t m_calls = 0;
  std::vector<std::uint32_t> m_columns;  // as many as were ever asked for
};

/// What a part keeps to drop numbers in training.
class Dropout {
 public:
  /// `noise` is the model's; null: one of its own.
  Dropout(double share, std::shared_ptr<RowNoise> noise);
  [[nodiscard]] at::Tensor operator()(const at::Tensor& rows, bool isTraining) const;

 private:
  double m_share;
  std::shared_ptr<RowNoise> m_noise;
};

}  // namespace twofold::models
