// The text before a safetensors file's data, as the two writers make it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/formats/safetensors.h"

namespace twofold::formats {

/// Of a header in bytes, its length's own not counted: what readers allow, here and in Hugging
/// Face's library.
inline constexpr std::uint64_t kLargestHeader = 100'000'000;
/// The key that holds no tensor.
inline constexpr const char* kMetadataKey = "__metadata__";

struct TensorPlace {
  std::string name;
  TensorType type = TensorType::F32;
  std::vector<std::int64_t> shape;
  std::size_t begin = 0;  // bytes from the end of the header
  std::size_t end = 0;
};

/// Where `tensor` lies when it begins at `begin`. Throws Error(Internal) when its bytes are not
/// those of its shape and type, or it is called __metadata__.
[[nodiscard]] TensorPlace placeOf(const std::string& name, const TensorView& tensor,
                                  std::size_t begin);

/// The header's length and the header, padded so that data begins at a multiple of 8 and not
/// before `least` bytes. Throws Error: Internal when a name is no UTF-8 text; Usage when it would
/// be longer than kLargestHeader.
[[nodiscard]] std::string headerBytes(const std::vector<TensorPlace>& places,
                                      const std::map<std::string, std::string>& metadata,
                                      std::size_t least = 0);

}  // namespace twofold::formats
