#include "models/layers/mlstm.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include "models/layers/mlstm_cell.h"

namespace twofold::models {

namespace {

/// Rows that are worth a thread of their own.
std::int64_t grain(std::int64_t units) {
  constexpr std::int64_t kElements = 4096;
  return std::max<std::int64_t>(1, kElements / units);
}

/// Both products of an input beside each other: [5 units, in], as a linear layer has its weight.
at::Tensor joined(const MlstmWeights& weights) {
  return at::cat({weights.wmx, weights.wx}, 1).t().contiguous();
}

at::Tensor joinedBias(const MlstmWeights& weights) {
  return at::cat({at::zeros({weights.wmx.size(1)}), weights.b});
}

template <class T>
T* dataOf(const at::Tensor& tensor) {
  return static_cast<T*>(tensor.mutable_data_ptr());
}

/// Where the products of each row's input lie.
template <class T>
struct InputRows {
  const T* begin = nullptr;
  const std::int64_t* numbers = nullptr;  // null: a row has its own
  std::int64_t width = 0;

  const T* of(std::int64_t row) const {
    return begin + (numbers == nullptr ? row : numbers[row]) * width;
  }
};

template <class T>
void multiplyRows(const at::Tensor& product, const InputRows<T>& inputs, std::int64_t rows) {
  const std::int64_t units = product.size(1);
  T* const begin = dataOf<T>(product);
  at::parallel_for(0, rows, grain(units), [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t row = from; row < to; ++row) {
      mlstmMultiply(begin + row * units, inputs.of(row), units);
    }
  });
}

template <class T>
void gateRows(const at::Tensor& gates, const InputRows<T>& inputs, MlstmState& state,
              std::int64_t rows) {
  const std::int64_t units = state.hidden.size(1);
  const T* const begin = dataOf<T>(gates);
  T* const hidden = dataOf<T>(state.hidden);
  auto* const cell = dataOf<float>(state.cell);
  auto* const sum = dataOf<float>(state.sum);
  at::parallel_for(0, rows, grain(units), [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t row = from; row < to; ++row) {
      const std::int64_t at = row * units;
      mlstmGate(begin + 4 * at, inputs.of(row) + units, cell + at, hidden + at, sum + at, units);
    }
  });
}

}  // namespace

MlstmState::MlstmState(std::int64_t rows, std::int64_t units, const at::TensorOptions& options)
    : hidden(at::zeros({rows, units}, options)),
      cell(at::zeros({rows, units}, options.dtype(at::kFloat))),
      sum(at::zeros_like(cell)) {}

void MlstmState::clear(std::int64_t row) {
  for (const at::Tensor& tensor : {hidden, cell, sum}) {
    tensor[row].zero_();
  }
}

void MlstmState::copy(std::int64_t from, std::int64_t to) {
  for (const at::Tensor& tensor : {hidden, cell, sum}) {
    tensor[to].copy_(tensor[from]);
  }
}

MlstmLayer::MlstmLayer(const MlstmWeights& weights, const Arithmetic& arithmetic)
    : m_units(weights.wmh.size(0)),
      m_wmh(weights.wmh.t().contiguous(), {}, arithmetic),
      m_wh(weights.wh.t().contiguous(), {}, arithmetic),
      m_wx(FrozenLinear(joined(weights), joinedBias(weights), arithmetic)) {}

MlstmLayer::MlstmLayer(const MlstmWeights& weights, const at::Tensor& inputs,
                       const Arithmetic& arithmetic)
    : m_units(weights.wmh.size(0)),
      m_wmh(weights.wmh.t().contiguous(), {}, arithmetic),
      m_wh(weights.wh.t().contiguous(), {}, arithmetic),
      m_table(at::linear(inputs, joined(weights), joinedBias(weights)).to(arithmetic.options)) {}

at::Tensor MlstmLayer::products(const at::Tensor& input) const {
  return m_wx ? (*m_wx)(input) : m_table;
}

void MlstmLayer::step(MlstmState& state, std::int64_t rows, const at::Tensor& input) const {
  if (state.hidden.is_cpu()) {
    stepOnCpu(state, rows, input);
  } else {
    stepWithTensors(state, rows, input);
  }
}

void MlstmLayer::stepOnCpu(MlstmState& state, std::int64_t rows, const at::Tensor& input) const {
  const at::Tensor inputs = products(input);
  const at::Tensor product = m_wmh(state.hidden.narrow(0, 0, rows));
  const auto apply = [&]<class T>(T* /*type*/) {
    const InputRows<T> rowsOf = {
        dataOf<T>(inputs), m_wx ? nullptr : input.const_data_ptr<std::int64_t>(), 5 * m_units};
    multiplyRows(product, rowsOf, rows);
    gateRows(m_wh(product), rowsOf, state, rows);
  };
  if (state.hidden.scalar_type() == at::kBFloat16) {
    apply(static_cast<Bfloat16*>(nullptr));
  } else {
    apply(static_cast<float*>(nullptr));
  }
}

void MlstmLayer::stepWithTensors(MlstmState& state, std::int64_t rows,
                                 const at::Tensor& input) const {
  const at::Tensor inputs = m_wx ? products(input) : m_table.index_select(0, input);
  const at::Tensor hidden = state.hidden.narrow(0, 0, rows);
  const at::Tensor product = m_wmh(hidden) * inputs.narrow(1, 0, m_units);
  const at::Tensor gates = (m_wh(product) + inputs.narrow(1, m_units, 4 * m_units)).to(at::kFloat);
  const auto gate = [&](std::int64_t number) { return gates.narrow(1, number * m_units, m_units); };
  const at::Tensor cell = state.cell.narrow(0, 0, rows);
  cell.mul_(at::sigmoid(gate(1))).add_(at::sigmoid(gate(0)) * at::tanh(gate(3)));
  const at::Tensor result = at::sigmoid(gate(2)) * at::tanh(cell);
  hidden.copy_(result);
  state.sum.narrow(0, 0, rows).add_(result);
}

}  // namespace twofold::models
