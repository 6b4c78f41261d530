#include "core/formats/safetensors_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kAlignment = 8;

std::string_view typeName(TensorType type) {
  switch (type) {
    case TensorType::F32:
      return "F32";
    case TensorType::F16:
      return "F16";
    case TensorType::BF16:
      return "BF16";
    case TensorType::I8:
      return "I8";
    case TensorType::I32:
      return "I32";
    case TensorType::I64:
      return "I64";
    case TensorType::F64:
      return "F64";
  }
  throw Error(ErrorKind::Internal, "unknown tensor type");
}

}  // namespace

TensorPlace placeOf(const std::string& name, const TensorView& tensor, std::size_t begin) {
  std::size_t bytes = bytesPerElement(tensor.type);
  for (const std::int64_t extent : tensor.shape) {
    bytes *= static_cast<std::size_t>(extent);
  }
  if (bytes != tensor.bytes.size() || name == kMetadataKey) {
    throw Error(ErrorKind::Internal,
                fmt::format("tensor \"{}\" of {} bytes cannot be written: its shape and type need "
                            "{}, and __metadata__ is no name",
                            name, tensor.bytes.size(), bytes));
  }
  return {name, tensor.type, tensor.shape, begin, begin + bytes};
}

std::string headerBytes(const std::vector<TensorPlace>& places,
                        const std::map<std::string, std::string>& metadata, std::size_t least) {
  Json header = Json::object();
  if (!metadata.empty()) {
    header[kMetadataKey] = metadata;
  }
  for (const auto& place : places) {
    header[place.name] = {{"dtype", typeName(place.type)},
                          {"shape", place.shape},
                          {"data_offsets", {place.begin, place.end}}};
  }
  std::string bytes(sizeof(std::uint64_t), '\0');
  try {
    bytes += header.dump();
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::Internal,
                fmt::format("a tensor's name or metadata is no UTF-8 text: {}", error.what()));
  }
  bytes.resize(std::max(bytes.size(), least), ' ');
  bytes.append((kAlignment - bytes.size() % kAlignment) % kAlignment, ' ');
  const std::uint64_t length = bytes.size() - sizeof length;
  if (length > kLargestHeader) {
    throw Error(ErrorKind::Usage,
                fmt::format("{} tensors are more than one safetensors file can name; write them in "
                            "several files",
                            places.size()));
  }
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes;
}

}  // namespace twofold::formats
