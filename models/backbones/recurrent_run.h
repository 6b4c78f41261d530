// Embeds proteins with a stack of recurrent layers, the proteins shared out among the threads.
#pragma once

#include <cstdint>
#include <vector>

#include "models/backbones/unirep_weights.h"
#include "models/learning/backbone.h"

namespace twofold::models {

/// Which layers' states make an embedding: every layer's beside each other, or the last one's.
enum class LayerStates { All, Top };

class RecurrentNetwork {
 public:
  RecurrentNetwork(const UnirepWeights& weights, const Arithmetic& arithmetic);

  [[nodiscard]] std::int64_t width(LayerStates states) const;
  [[nodiscard]] const std::vector<MlstmLayer>& layers() const { return m_layers; }
  [[nodiscard]] const at::TensorOptions& options() const { return m_options; }

 private:
  std::vector<MlstmLayer> m_layers;
  at::TensorOptions m_options;
};

/// Pooled: the mean of the states over the start token and every residue, as the package's h_avg.
/// Per residue: the state after each. Looks at work.stop every step. Throws StopRequested, Error.
/// Identical numbers for identical work and threads.
void embedRecurrently(const RecurrentNetwork& network, LayerStates states, const EmbedWork& work);

}  // namespace twofold::models
