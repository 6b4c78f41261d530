// Arrays of plain numbers as blobs: little endian, no header, the column says the type.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace twofold::store {

static_assert(std::endian::native == std::endian::little,
              "blobs are written as they lie in memory, which the file format defines as little "
              "endian");

/// Throws Error(BadInput) naming `what` when the length is no multiple of `size`.
void checkBlobSize(std::size_t bytes, std::size_t size, std::string_view what);

template <class T>
[[nodiscard]] std::vector<T> fromBlob(std::span<const std::byte> bytes, std::string_view what) {
  static_assert(std::is_trivially_copyable_v<T>);
  checkBlobSize(bytes.size(), sizeof(T), what);
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) {
    std::memcpy(values.data(), bytes.data(), bytes.size());
  }
  return values;
}

}  // namespace twofold::store
