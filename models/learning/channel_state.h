// What a channel learned from the training part, as named arrays that a checkpoint can keep.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/formats/safetensors.h"

namespace twofold::models {

/// One array with memory of its own.
struct StateArray {
  formats::TensorType type = formats::TensorType::F32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;

  [[nodiscard]] formats::TensorView view() const { return {type, shape, bytes}; }
};

class ChannelState {
 public:
  void put(const std::string& name, std::span<const float> values,
           std::vector<std::int64_t> shape = {});
  void put(const std::string& name, std::span<const std::int64_t> values);
  /// Throws Error(Internal) for a text with a line break.
  void put(const std::string& name, std::span<const std::string> texts);
  void put(const std::string& name, const formats::TensorView& view);

  /// Copies. Throw Error(BadInput) when the array is missing or of another type.
  [[nodiscard]] std::vector<float> floats(const std::string& name) const;
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;

  [[nodiscard]] const std::map<std::string, StateArray>& arrays() const { return m_arrays; }

 private:
  [[nodiscard]] const StateArray& find(const std::string& name, formats::TensorType type) const;

  std::map<std::string, StateArray> m_arrays;
};

}  // namespace twofold::models
