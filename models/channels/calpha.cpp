#include "models/channels/calpha.h"

#include <algorithm>

#include "models/channels/calpha_descriptors.h"

namespace twofold::models {

namespace {

class Calpha : public Channel {
 public:
  ChannelInputs inputs(const ChannelWork& work) override {
    const auto& chains = work.proteins.chains;
    const auto total = static_cast<std::int64_t>(chains.size());
    ChannelInputs inputs;
    inputs.features = static_cast<std::int64_t>(kCalphaFeatures);
    inputs.values.assign(chains.size() * kCalphaFeatures, 0);
    inputs.present.assign(chains.size(), 0);
    for (std::int64_t i = 0; i < total; ++i) {
      throwIfStopped(work.stop);
      const auto& chain = chains[static_cast<std::size_t>(i)];
      const auto features = chain ? calphaDescriptors(*chain) : std::nullopt;
      if (features) {
        std::copy(features->begin(), features->end(), inputs.values.begin() + i * inputs.features);
        inputs.present[static_cast<std::size_t>(i)] = 1;
      }
      if (work.progress) {
        work.progress({"Describing chains", i + 1, total, "proteins"});
      }
    }
    return inputs;
  }
};

}  // namespace

Descriptor calphaDescriptor() {
  return {"calpha",
          "C-alpha shape",
          "Angles, distances and burial of each chain's C-alpha atoms, the same however the chain "
          "lies in space; never how the two chains lie to each other.",
          {}};
}

std::unique_ptr<Channel> makeCalpha(const Options& /*options*/) {
  return std::make_unique<Calpha>();
}

}  // namespace twofold::models
