// Every token opens or closes by a gate of its own; what is open is averaged.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/fusion.h"

namespace twofold::models {

[[nodiscard]] Descriptor gatedDescriptor();
[[nodiscard]] std::shared_ptr<Fusion> makeGated(const FusionRequest& request);

}  // namespace twofold::models
