// The plain alternative to attention: tokens side by side, one linear layer.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/fusion.h"

namespace twofold::models {

[[nodiscard]] Descriptor concatDescriptor();
[[nodiscard]] std::shared_ptr<Fusion> makeConcat(const FusionRequest& request);

}  // namespace twofold::models
