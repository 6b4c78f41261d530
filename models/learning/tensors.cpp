#include "models/learning/tensors.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace twofold::models {

namespace {

constexpr std::array<std::pair<formats::TensorType, at::ScalarType>, 7> kTypes = {{
    {formats::TensorType::F32, at::kFloat},
    {formats::TensorType::F16, at::kHalf},
    {formats::TensorType::BF16, at::kBFloat16},
    {formats::TensorType::I8, at::kChar},
    {formats::TensorType::I32, at::kInt},
    {formats::TensorType::I64, at::kLong},
    {formats::TensorType::F64, at::kDouble},
}};

}  // namespace

at::Tensor toTensor(const formats::TensorView& view) {
  for (const auto& [type, scalar] : kTypes) {
    if (type == view.type) {
      at::Tensor tensor = at::empty(view.shape, at::TensorOptions().dtype(scalar));
      if (!view.bytes.empty()) {
        std::memcpy(tensor.mutable_data_ptr(), view.bytes.data(), view.bytes.size());
      }
      return tensor;
    }
  }
  throw Error(ErrorKind::Internal, "a safetensors type has no tensor type");
}

formats::TensorView toView(const at::Tensor& tensor) {
  if (!tensor.device().is_cpu() || !tensor.is_contiguous()) {
    throw Error(ErrorKind::Internal, "only a dense tensor on the CPU can be written to a file");
  }
  for (const auto& [type, scalar] : kTypes) {
    if (scalar == tensor.scalar_type()) {
      return {type,
              tensor.sizes().vec(),
              {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()}};
    }
  }
  throw Error(ErrorKind::Internal, fmt::format("tensors of type {} cannot be written to a file",
                                               c10::toString(tensor.scalar_type())));
}

}  // namespace twofold::models
