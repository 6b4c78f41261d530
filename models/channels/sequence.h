// The sequence channel: the backbone's pooled embedding of each protein, one token.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/channel.h"

namespace twofold::models {

[[nodiscard]] Descriptor sequenceDescriptor();
[[nodiscard]] std::unique_ptr<Channel> makeSequence(const Options& options);

}  // namespace twofold::models
