#include "models/channels/calpha.h"

#include <algorithm>
#include <optional>
#include <span>

#include "models/channels/calpha_descriptors.h"
#include "models/channels/calpha_encoder.h"
#include "models/channels/calpha_graph.h"

namespace twofold::models {

namespace {

/// Fills `inputs` from `describe(chain)`, which gives all rows of a chain, or none.
template <class Describe>
void describeChains(ChannelInputs& inputs, const ChannelWork& work, const Describe& describe) {
  const auto& chains = work.proteins.chains;
  const auto total = static_cast<std::int64_t>(chains.size());
  const auto each = static_cast<std::size_t>(inputs.rows * inputs.features);
  inputs.values.assign(chains.size() * each, 0);
  inputs.present.assign(chains.size(), 0);
  for (std::size_t i = 0; i < chains.size(); ++i) {
    throwIfStopped(work.stop);
    if (chains[i]) {
      inputs.present[i] =
          describe(*chains[i], std::span(inputs.values).subspan(i * each, each)) ? 1 : 0;
    }
    if (work.progress) {
      work.progress({"Describing chains", static_cast<std::int64_t>(i + 1), total, "proteins"});
    }
  }
}

class DescribedCalpha : public Channel {
 public:
  ChannelInputs inputs(const ChannelWork& work) override {
    ChannelInputs inputs{1, static_cast<std::int64_t>(kCalphaFeatures), {}, {}};
    describeChains(inputs, work, [](const bio::Chain& chain, std::span<float> rows) {
      const auto features = calphaDescriptors(chain);
      if (features) {
        std::copy(features->begin(), features->end(), rows.begin());
      }
      return features.has_value();
    });
    return inputs;
  }
};

class LearnedCalpha : public Channel {
 public:
  explicit LearnedCalpha(const CalphaEncoderShape& shape) : m_shape(shape) {}

  ChannelInputs inputs(const ChannelWork& work) override {
    ChannelInputs inputs{m_shape.graph.centres, m_shape.graph.features(), {}, {}, false};
    describeChains(inputs, work, [&](const bio::Chain& chain, std::span<float> rows) {
      const auto graph = calphaGraph(chain, m_shape.graph);
      std::copy(graph.begin(), graph.end(), rows.begin());
      return !graph.empty();
    });
    return inputs;
  }

  [[nodiscard]] std::shared_ptr<TokenEncoder> makeEncoder(
      const EncoderShape& shape) const override {
    return makeCalphaEncoder(m_shape, shape);
  }

 private:
  CalphaEncoderShape m_shape;
};

}  // namespace

Descriptor calphaDescriptor() {
  return {
      "calpha",
      "C-alpha shape",
      "Angles, distances and burial of each chain's C-alpha atoms, the same however the chain "
      "lies in space; never how the two chains lie to each other.",
      {choiceOption("encoder", "Encoder", {"descriptors", "graph"},
                    "descriptors: fixed histograms of the whole chain. graph: a learned network "
                    "over residues and their neighbours, which also sees residue types and the "
                    "confidence of predicted models. The options below are the graph's."),
       integerOption("neighbours", "Neighbours", 16, 2, 64,
                     "Nearest C-alphas that each centre looks at."),
       integerOption("centres", "Centres", 64, 4, 512,
                     "Residues of a chain that are looked at; where it has more, those farthest "
                     "apart."),
       integerOption("tokens", "Tokens", 1, 1, 8, "Of each protein, for the fusion.")}};
}

std::unique_ptr<Channel> makeCalpha(const Options& options) {
  const CalphaEncoderShape shape{{options.integer("centres"), options.integer("neighbours")},
                                 options.integer("tokens")};
  if (options.text("encoder") == "descriptors") {
    return std::make_unique<DescribedCalpha>();
  }
  return std::make_unique<LearnedCalpha>(shape);
}

}  // namespace twofold::models
