// A control, not evidence: how often each protein stands in positive and negative training pairs. A
// model that needs no more than this has learned who is popular, not who binds whom. A training
// pair is not counted for itself, which makes it look a little less likely than a pair of another
// part with the same proteins: what the control reaches is a lower bound where degrees are small.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/channel.h"

namespace twofold::models {

[[nodiscard]] Descriptor degreeDescriptor();
[[nodiscard]] std::unique_ptr<Channel> makeDegree(const Options& options);

}  // namespace twofold::models
