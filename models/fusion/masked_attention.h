// Multi-head attention of one learned query over the tokens that are present.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/fusion.h"

namespace twofold::models {

[[nodiscard]] Descriptor maskedAttentionDescriptor();
[[nodiscard]] std::shared_ptr<Fusion> makeMaskedAttention(const FusionRequest& request);

}  // namespace twofold::models
