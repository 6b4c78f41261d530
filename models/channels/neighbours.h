// Evidence by neighbours in embedding space: the training proteins nearest to each protein, and
// whether those of A interact with those of B in the training part.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/channel.h"

namespace twofold::models {

[[nodiscard]] Descriptor neighboursDescriptor();
[[nodiscard]] std::unique_ptr<Channel> makeNeighbours(const Options& options);

}  // namespace twofold::models
