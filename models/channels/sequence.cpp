#include "models/channels/sequence.h"

#include "models/channels/pooled_embeddings.h"

namespace twofold::models {

namespace {

class Sequence : public Channel {
 public:
  bool usesBackbone() const override { return true; }

  ChannelInputs inputs(const ChannelWork& work) override { return pooledEmbeddings(work); }
};

}  // namespace

Descriptor sequenceDescriptor() {
  return {"sequence", "Sequence", "The backbone's embedding of each protein's sequence.", {}};
}

std::unique_ptr<Channel> makeSequence(const Options& /*options*/) {
  return std::make_unique<Sequence>();
}

}  // namespace twofold::models
