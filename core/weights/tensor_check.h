// The tensors of a weights folder against the network that its config.json describes: by names,
// shapes and types alone, before a number is read.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/formats/safetensors.h"
#include "core/weights/network_shape.h"

namespace twofold::weights {

/// By currentName().
using StoredTensors = std::map<std::string, const formats::TensorView*>;

/// Calls `problem` with a sentence for each tensor that is missing (the nearest name beside it), of
/// another shape, no floating-point number, or of no layer.
void checkTensors(const StoredTensors& tensors, const NetworkShape& shape,
                  const std::function<void(std::string)>& problem);

}  // namespace twofold::weights
