// What is known of the proteins besides their sequences: GO, domains, keywords, under a rule that
// keeps the answer out.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/channel.h"

namespace twofold::models {

[[nodiscard]] Descriptor annotationDescriptor();
[[nodiscard]] std::unique_ptr<Channel> makeAnnotation(const Options& options);

}  // namespace twofold::models
