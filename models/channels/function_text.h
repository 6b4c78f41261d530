// What UniProt says in words of each protein's function, as a language model of texts reads it.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/channel.h"

namespace twofold::models {

[[nodiscard]] Descriptor functionTextDescriptor();

/// With a frozen backbone of its own, behind the cache in the request's folder. Throws Error:
/// Usage, Device, NotFound and BadInput for the weights folder, Memory; StopRequested.
[[nodiscard]] std::unique_ptr<Channel> makeFunctionText(const ChannelRequest& request);

}  // namespace twofold::models
