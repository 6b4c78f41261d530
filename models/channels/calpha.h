// The C-alpha channel: the shape of each chain on its own, as a learned graph encoder's tokens or
// as one token of fixed descriptors.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/channel.h"

namespace twofold::models {

[[nodiscard]] Descriptor calphaDescriptor();
[[nodiscard]] std::unique_ptr<Channel> makeCalpha(const Options& options);

}  // namespace twofold::models
