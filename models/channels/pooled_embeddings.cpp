#include "models/channels/pooled_embeddings.h"

#include <algorithm>

namespace twofold::models {

ChannelInputs pooledEmbeddings(const ChannelWork& work) {
  const auto& sequences = work.proteins.sequences;
  ChannelInputs inputs;
  inputs.features = work.backbone.width();
  inputs.values.assign(sequences.size() * static_cast<std::size_t>(inputs.features), 0);
  inputs.present.assign(sequences.size(), 0);
  std::vector<std::string> known;
  std::vector<std::size_t> owners;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (!sequences[i].empty()) {
      known.push_back(sequences[i]);
      owners.push_back(i);
    }
  }
  const auto take = [&](std::size_t index, Embedding&& embedding) {
    const std::size_t owner = owners[index];
    std::copy(embedding.values.begin(), embedding.values.end(),
              inputs.values.begin() + static_cast<std::int64_t>(owner) * inputs.features);
    inputs.present[owner] = 1;
  };
  work.backbone.embed({known, false, take, work.progress, work.stop});
  return inputs;
}

}  // namespace twofold::models
