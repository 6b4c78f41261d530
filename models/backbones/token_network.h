// What an architecture is once its weights are loaded: token ids in, hidden states out.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "models/layers/packed_batch.h"

namespace twofold::models {

/// Token sequences laid end to end; near lengths should be beside each other.
struct TokenBatch {
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> lengths;  // each at least 1, together as many as ids
};

/// Hidden states [rows, width] that enter layer 0, 1, …; the last are the network's result. They
/// are borrowed: layers go on to change them.
using LayerSink = std::function<void(std::int64_t layer, const at::Tensor& hidden)>;

class TokenNetwork {
 public:
  TokenNetwork() = default;
  virtual ~TokenNetwork() = default;
  TokenNetwork(const TokenNetwork&) = delete;
  TokenNetwork& operator=(const TokenNetwork&) = delete;

  [[nodiscard]] virtual std::int64_t width() const = 0;
  [[nodiscard]] virtual std::int64_t layers() const = 0;
  [[nodiscard]] virtual c10::Device device() const = 0;
  /// [rows, width] of the network's type on its device. Looks at `stop` between layers; throws
  /// StopRequested.
  [[nodiscard]] virtual at::Tensor forward(const TokenBatch& batch, const std::stop_token& stop,
                                           const LayerSink& sink = {}) const = 0;
};

/// `hidden` through every block, telling `sink` what enters each; the result is not told.
template <class Block>
void applyBlocks(const std::vector<Block>& blocks, at::Tensor& hidden, const PackedBatch& batch,
                 const std::stop_token& stop, const LayerSink& sink) {
  for (std::size_t layer = 0; layer < blocks.size(); ++layer) {
    throwIfStopped(stop);
    if (sink) {
      sink(static_cast<std::int64_t>(layer), hidden);
    }
    blocks[layer].apply(hidden, batch);
  }
}

}  // namespace twofold::models
