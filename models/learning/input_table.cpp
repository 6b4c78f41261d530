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

template <class Change>
PairTensors PairTensors::mapped(const Change& change) const {
  PairTensors changed{change(a), change(b), change(labels), {}, {}};
  for (const auto& values : evidence) {
    changed.evidence.push_back(values.defined() ? change(values) : values);
  }
  changed.evident = evident.defined() ? change(evident) : evident;
  return changed;
}

PairTensors PairTensors::rows(const at::Tensor& indices) const {
  return mapped([&](const at::Tensor& each) { return each.index_select(0, indices); });
}

PairTensors PairTensors::slice(std::int64_t begin, std::int64_t end) const {
  return mapped([&](const at::Tensor& each) { return each.slice(0, begin, end); });
}

PairTensors PairTensors::filledUp(std::int64_t size) const {
  const std::int64_t own = this->size();
  auto indices = at::arange(size, at::TensorOptions().dtype(at::kLong).device(a.device()));
  return own == size ? *this : rows(indices.masked_fill_(indices >= own, 0));
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

RowTensors toTensors(const ChannelInputs& inputs, c10::Device device) {
  const auto count = static_cast<std::int64_t>(inputs.present.size());
  return {copied(inputs.values, {count, inputs.rows, inputs.features}, at::kFloat).to(device),
          copied(inputs.present, {count}, at::kByte).to(at::kBool).to(device)};
}

void InputTable::append(const std::vector<ChannelInputs>& inputs) {
  std::vector<at::Tensor> present;
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    const auto rows = toTensors(inputs[c], m_device);
    m_values[c] = m_values[c].defined() ? at::cat({m_values[c], rows.values}) : rows.values;
    m_flags[c].insert(m_flags[c].end(), inputs[c].present.begin(), inputs[c].present.end());
    present.push_back(rows.present);
  }
  const auto added = at::stack(present, 1);
  m_present = m_present.defined() ? at::cat({m_present, added}) : added;
  m_proteins = m_present.size(0);
}

std::int64_t InputTable::proteinsWith(std::size_t channel) const {
  return std::count(m_flags.at(channel).begin(), m_flags.at(channel).end(), 1);
}

bool InputTable::isPresent(std::size_t channel, std::int64_t protein) const {
  return m_flags.at(channel).at(static_cast<std::size_t>(protein)) != 0;
}

at::Tensor InputTable::present(const PairTensors& pairs) const {
  return m_present.index_select(0, pairs.a) & m_present.index_select(0, pairs.b);
}

PairBatch InputTable::gather(const PairTensors& pairs) const {
  PairBatch batch;
  for (const auto& values : m_values) {
    batch.a.push_back(values.index_select(0, pairs.a));
    batch.b.push_back(values.index_select(0, pairs.b));
  }
  batch.presentA = m_present.index_select(0, pairs.a);
  batch.presentB = m_present.index_select(0, pairs.b);
  batch.present = batch.presentA & batch.presentB;
  batch.pair = pairs.evidence;
  batch.pairPresent = pairs.evident.defined() ? pairs.evident : at::zeros_like(batch.present);
  return batch;
}

}  // namespace twofold::models
