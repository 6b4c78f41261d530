#include "models/learning/input_table.h"

#include <ATen/ATen.h>

namespace twofold::models {

namespace {

/// A tensor with memory of its own from a vector that may go away.
template <class T>
at::Tensor copied(const std::vector<T>& values, at::IntArrayRef shape, at::ScalarType type) {
  at::Tensor tensor = at::empty(shape, at::TensorOptions().dtype(type));
  std::copy(values.begin(), values.end(), static_cast<T*>(tensor.mutable_data_ptr()));
  return tensor;
}

}  // namespace

PairTensors PairTensors::rows(const at::Tensor& indices) const {
  return {a.index_select(0, indices), b.index_select(0, indices), labels.index_select(0, indices)};
}

PairTensors PairTensors::slice(std::int64_t begin, std::int64_t end) const {
  return {a.slice(0, begin, end), b.slice(0, begin, end), labels.slice(0, begin, end)};
}

PairTensors toTensors(std::span<const IndexedPair> pairs, c10::Device device) {
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  std::vector<float> labels;
  for (const IndexedPair& pair : pairs) {
    a.push_back(pair.a);
    b.push_back(pair.b);
    labels.push_back(pair.label == data::Label::Positive ? 1.0F : 0.0F);
  }
  const auto n = static_cast<std::int64_t>(pairs.size());
  return {copied(a, {n}, at::kLong).to(device), copied(b, {n}, at::kLong).to(device),
          copied(labels, {n}, at::kFloat).to(device)};
}

InputTable::InputTable(std::size_t channels, c10::Device device)
    : m_device(device), m_values(channels), m_flags(channels) {}

void InputTable::append(const std::vector<ChannelInputs>& inputs) {
  std::vector<at::Tensor> present;
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    const auto& input = inputs[c];
    const auto proteins = static_cast<std::int64_t>(input.present.size());
    const auto values =
        copied(input.values, {proteins, input.rows, input.features}, at::kFloat).to(m_device);
    m_values[c] = m_values[c].defined() ? at::cat({m_values[c], values}) : values;
    m_flags[c].insert(m_flags[c].end(), input.present.begin(), input.present.end());
    present.push_back(copied(m_flags[c], {static_cast<std::int64_t>(m_flags[c].size())}, at::kByte)
                          .to(at::kBool));
  }
  m_present = at::stack(present, 1).to(m_device);
  m_proteins = m_present.size(0);
}

bool InputTable::isPresent(std::size_t channel, std::int64_t protein) const {
  return m_flags.at(channel).at(static_cast<std::size_t>(protein)) != 0;
}

PairBatch InputTable::gather(const at::Tensor& a, const at::Tensor& b) const {
  PairBatch batch;
  for (const auto& values : m_values) {
    batch.a.push_back(values.index_select(0, a));
    batch.b.push_back(values.index_select(0, b));
  }
  batch.presentA = m_present.index_select(0, a);
  batch.presentB = m_present.index_select(0, b);
  batch.present = batch.presentA & batch.presentB;
  return batch;
}

}  // namespace twofold::models
