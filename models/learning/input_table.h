// The channel inputs of all proteins as tensors, and batches of pairs gathered from them.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <span>
#include <vector>

#include "models/learning/channel.h"
#include "models/learning/pair_model.h"

namespace twofold::models {

/// Pairs as index tensors [N] (int64) and labels [N] (float, 0 or 1), with what channels know of
/// them: one tensor a channel, [N, 1, pair features], undefined for none; [N, channels] bool.
struct PairTensors {
  at::Tensor a;
  at::Tensor b;
  at::Tensor labels;
  std::vector<at::Tensor> evidence{};
  at::Tensor evident{};

  [[nodiscard]] std::int64_t size() const { return a.size(0); }
  [[nodiscard]] PairTensors rows(const at::Tensor& indices) const;
  [[nodiscard]] PairTensors slice(std::int64_t begin, std::int64_t end) const;
  /// With copies of the first pair at its end, `size` in all; not empty.
  [[nodiscard]] PairTensors filledUp(std::int64_t size) const;

 private:
  template <class Change>
  [[nodiscard]] PairTensors mapped(const Change& change) const;
};

/// Without evidence.
[[nodiscard]] PairTensors toTensors(std::span<const IndexedPair> pairs, c10::Device device);
/// What a channel knows of pairs or of proteins, on the device: [N, rows, features] and [N] bool.
struct RowTensors {
  at::Tensor values;
  at::Tensor present;
};
[[nodiscard]] RowTensors toTensors(const ChannelInputs& inputs, c10::Device device);

class InputTable {
 public:
  InputTable(std::size_t channels, c10::Device device);

  /// Adds the proteins of `inputs`, one entry a channel, all over the same proteins.
  void append(const std::vector<ChannelInputs>& inputs);

  [[nodiscard]] std::int64_t proteins() const { return m_proteins; }
  /// How many proteins the channel has rows of.
  [[nodiscard]] std::int64_t proteinsWith(std::size_t channel) const;
  /// Whether the channel has rows of the protein.
  [[nodiscard]] bool isPresent(std::size_t channel, std::int64_t protein) const;
  /// [N, channels] bool: there are rows of both proteins.
  [[nodiscard]] at::Tensor present(const PairTensors& pairs) const;
  [[nodiscard]] PairBatch gather(const PairTensors& pairs) const;
  [[nodiscard]] c10::Device device() const { return m_device; }

 private:
  c10::Device m_device;
  std::int64_t m_proteins = 0;
  std::vector<at::Tensor> m_values;                // one a channel, [proteins, rows, features]
  at::Tensor m_present;                            // [proteins, channels] bool
  std::vector<std::vector<std::uint8_t>> m_flags;  // the same, one a channel, for look-ups
};

}  // namespace twofold::models
