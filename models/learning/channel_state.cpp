#include "models/learning/channel_state.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace twofold::models {

namespace {

using formats::TensorType;

template <class T>
StateArray arrayOf(TensorType type, std::span<const T> values, std::vector<std::int64_t> shape) {
  if (shape.empty()) {
    shape = {static_cast<std::int64_t>(values.size())};
  }
  const auto bytes = std::as_bytes(values);
  return {type, std::move(shape), {bytes.begin(), bytes.end()}};
}

template <class T>
std::vector<T> valuesOf(const StateArray& array) {
  std::vector<T> values(array.bytes.size() / sizeof(T));
  std::memcpy(values.data(), array.bytes.data(), values.size() * sizeof(T));
  return values;
}

}  // namespace

void ChannelState::put(const std::string& name, std::span<const float> values,
                       std::vector<std::int64_t> shape) {
  m_arrays[name] = arrayOf(TensorType::F32, values, std::move(shape));
}

void ChannelState::put(const std::string& name, std::span<const std::int64_t> values) {
  m_arrays[name] = arrayOf(TensorType::I64, values, {});
}

void ChannelState::put(const std::string& name, std::span<const std::string> texts) {
  std::string joined;
  for (const auto& text : texts) {
    if (text.find('\n') != std::string::npos) {
      throw Error(ErrorKind::Internal, fmt::format("\"{}\" has a line break", text));
    }
    joined += text;
    joined += '\n';
  }
  m_arrays[name] = arrayOf(TensorType::I8, std::span<const char>(joined), {});
}

void ChannelState::put(const std::string& name, const formats::TensorView& view) {
  m_arrays[name] = {view.type, view.shape, {view.bytes.begin(), view.bytes.end()}};
}

std::vector<float> ChannelState::floats(const std::string& name) const {
  return valuesOf<float>(find(name, TensorType::F32));
}

std::vector<std::int64_t> ChannelState::integers(const std::string& name) const {
  return valuesOf<std::int64_t>(find(name, TensorType::I64));
}

std::vector<std::string> ChannelState::texts(const std::string& name) const {
  const auto letters = valuesOf<char>(find(name, TensorType::I8));
  std::vector<std::string> texts(1);
  for (const char letter : letters) {
    if (letter == '\n') {
      texts.emplace_back();
    } else {
      texts.back() += letter;
    }
  }
  texts.pop_back();
  return texts;
}

const StateArray& ChannelState::find(const std::string& name, TensorType type) const {
  const auto found = m_arrays.find(name);
  if (found == m_arrays.end() || found->second.type != type) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the checkpoint has no \"{}\" of the channel; it belongs to another "
                            "recipe. Train the run anew",
                            name));
  }
  return found->second;
}

}  // namespace twofold::models
