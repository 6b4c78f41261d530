// The multiplicative LSTM (Krause et al. 2016) as UniRep has it (Alley et al. 2019), frozen: many
// sequences a step, each at a place of its own.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "models/layers/linear.h"

namespace twofold::models {

/// float32, weight normalisation already applied. Gates lie in the order i, f, o, u.
struct MlstmWeights {
  at::Tensor wmx;  // [in, units]
  at::Tensor wmh;  // [units, units]
  at::Tensor wx;   // [in, 4 units]
  at::Tensor wh;   // [units, 4 units]
  at::Tensor b;    // [4 units]
};

/// What a layer knows of the sequences at their places, a row each.
class MlstmState {
 public:
  MlstmState(std::int64_t rows, std::int64_t units, const at::TensorOptions& options);

  void clear(std::int64_t row);
  void copy(std::int64_t from, std::int64_t to);

  at::Tensor hidden;  // [rows, units], of the network's type
  at::Tensor cell;    // [rows, units], float32
  at::Tensor sum;     // [rows, units], float32: of hidden since the row was cleared
};

class MlstmLayer {
 public:
  /// Takes any input [rows, in].
  MlstmLayer(const MlstmWeights& weights, const Arithmetic& arithmetic);
  /// Takes rows of `inputs` [kinds, in] by their numbers: their products are tabulated.
  MlstmLayer(const MlstmWeights& weights, const at::Tensor& inputs, const Arithmetic& arithmetic);

  /// Moves the first `rows` of `state` on by one step. `input`: [rows, in], or int64 [rows] for a
  /// layer with tabulated inputs.
  void step(MlstmState& state, std::int64_t rows, const at::Tensor& input) const;

  /// The same by the tensor library's operations, as on a GPU; runs anywhere.
  void stepWithTensors(MlstmState& state, std::int64_t rows, const at::Tensor& input) const;

  [[nodiscard]] std::int64_t units() const { return m_units; }

 private:
  void stepOnCpu(MlstmState& state, std::int64_t rows, const at::Tensor& input) const;
  [[nodiscard]] at::Tensor products(const at::Tensor& input) const;

  std::int64_t m_units;
  FrozenLinear m_wmh;
  FrozenLinear m_wh;
  std::optional<FrozenLinear> m_wx;  // [units | 4 units] of the input, with the bias
  at::Tensor m_table;                // instead: [kinds, 5 units]
};

}  // namespace twofold::models
