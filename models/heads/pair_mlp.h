// A multi-layer perceptron beside a linear path.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/head.h"

namespace twofold::models {

[[nodiscard]] Descriptor pairMlpDescriptor();
[[nodiscard]] std::shared_ptr<Head> makePairMlp(const HeadRequest& request);

}  // namespace twofold::models
