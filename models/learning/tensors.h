// Between the safetensors container, which knows no torch, and torch's tensors.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/formats/safetensors.h"

namespace twofold::models {

/// A copy on the CPU, of the view's type and shape.
[[nodiscard]] at::Tensor toTensor(const formats::TensorView& view);

/// Shows the tensor's own memory: dense, on the CPU, and outliving the view. Throws
/// Error(Internal) when it is not dense there, or of a type that safetensors files here lack.
[[nodiscard]] formats::TensorView toView(const at::Tensor& tensor);

}  // namespace twofold::models
