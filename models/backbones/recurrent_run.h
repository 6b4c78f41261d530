// Embeds proteins with a stack of recurrent layers: as many at once as there are places, and a
// place goes to the next protein as soon as its own has ended, so that nothing is computed for
// padding.
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
void embedRecurrently(const RecurrentNetwork& network, LayerStates states, const EmbedWork& work);

}  // namespace twofold::models
