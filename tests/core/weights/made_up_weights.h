// Small weights folders for tests: ESM-2, ProtBert, BERT and Llama shapes with made-up numbers.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/formats/safetensors.h"
#include "core/weights/network_shape.h"
#include "tests/core/base/test_files.h"

namespace twofold::tests {

using Json = nlohmann::json;

inline Json esm2Config() {
  return {{"model_type", "esm"},      {"position_embedding_type", "rotary"},
          {"num_hidden_layers", 2},   {"hidden_size", 8},
          {"num_attention_heads", 2}, {"intermediate_size", 16},
          {"vocab_size", 33}};
}

inline Json bertConfig(int vocabulary) {
  return {{"model_type", "bert"},         {"num_hidden_layers", 1},  {"hidden_size", 8},
          {"num_attention_heads", 2},     {"intermediate_size", 16}, {"vocab_size", vocabulary},
          {"max_position_embeddings", 12}};
}

inline Json llamaConfig() {
  return {{"model_type", "llama"},    {"num_hidden_layers", 2},  {"hidden_size", 8},
          {"num_attention_heads", 4}, {"intermediate_size", 12}, {"vocab_size", 20},
          {"num_key_value_heads", 2}};
}

/// A folder whose tensors are those that its config.json asks for, in float32.
class MadeUpWeights {
 public:
  MadeUpWeights(const TestFolder& where, const std::string& name, const Json& config)
      : m_folder(where.path(name)) {
    std::filesystem::create_directories(m_folder);
    writeText("config.json", config.dump());
    for (const auto& [tensor, shape] :
         weights::neededTensors(weights::readNetworkShape(m_folder / "config.json"))) {
      set(tensor, shape);
    }
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

  void writeText(const std::string& name, const std::string& text) const {
    std::ofstream(m_folder / name, std::ios::binary) << text;
  }
  void set(const std::string& tensor, const std::vector<std::int64_t>& shape, float value = 0.5F) {
    std::size_t count = 1;
    for (const auto extent : shape) {
      count *= static_cast<std::size_t>(extent);
    }
    m_numbers[tensor].assign(count, value);
    m_shapes[tensor] = shape;
  }
  void drop(const std::string& tensor) {
    m_numbers.erase(tensor);
    m_shapes.erase(tensor);
  }
  [[nodiscard]] std::vector<float>& numbers(const std::string& tensor) {
    return m_numbers.at(tensor);
  }

  void write() const { writePart("model.safetensors", 0, 1); }
  /// In two files with an index.
  void writeSharded() const {
    Json places = Json::object();
    for (const int part : {0, 1}) {
      const auto file = "model-0000" + std::to_string(part + 1) + "-of-00002.safetensors";
      for (const auto& tensor : writePart(file, part, 2)) {
        places[tensor] = file;
      }
    }
    writeText("model.safetensors.index.json", Json{{"weight_map", places}}.dump());
  }

 private:
  std::vector<std::string> writePart(const std::string& file, int part, int parts) const {
    std::map<std::string, formats::TensorView> views;
    std::vector<std::string> names;
    int turn = 0;
    for (const auto& [tensor, values] : m_numbers) {
      if (turn++ % parts == part) {
        views[tensor] = {formats::TensorType::F32, m_shapes.at(tensor),
                         std::as_bytes(std::span(values))};
        names.push_back(tensor);
      }
    }
    formats::writeSafetensors(m_folder / file, views);
    return names;
  }

  std::filesystem::path m_folder;
  std::map<std::string, std::vector<float>> m_numbers;
  std::map<std::string, std::vector<std::int64_t>> m_shapes;
};

}  // namespace twofold::tests
