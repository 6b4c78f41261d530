// Folders of small random weights, as Hugging Face would write them, and backbones from them.
#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "core/base/descriptor.h"
#include "core/base/files.h"
#include "core/base/options.h"
#include "core/formats/bounded_json.h"
#include "core/formats/safetensors.h"
#include "models/backbones/bert_network.h"
#include "models/backbones/llama_network.h"
#include "models/backbones/weight_source.h"
#include "models/learning/backbone.h"
#include "models/learning/tensors.h"

namespace twofold::models {

inline constexpr std::int64_t kFolderWidth = 16;

/// Random weights that remember what was taken, to be written as a folder.
class RecordedWeights final : public WeightSource {
 public:
  at::Tensor take(const std::string& name, at::IntArrayRef shape) override {
    const at::Tensor tensor = m_random.take(name, shape) * 8;  // so that layers do something
    taken[name] = tensor;
    return tensor;
  }
  std::optional<at::Tensor> takeIfPresent(const std::string&, at::IntArrayRef) override {
    return std::nullopt;
  }
  void write(const std::filesystem::path& file) const {
    std::map<std::string, formats::TensorView> views;
    for (const auto& [name, tensor] : taken) {
      views.emplace(name, toView(tensor));
    }
    formats::writeSafetensors(file, views);
  }

  std::map<std::string, at::Tensor> taken;

 private:
  RandomWeights m_random{3};
};

inline formats::Json shapeJson(const char* type, std::int64_t vocabulary,
                               std::int64_t positions = 128) {
  return {{"model_type", type},
          {"vocab_size", vocabulary},
          {"hidden_size", kFolderWidth},
          {"num_hidden_layers", 2},
          {"num_attention_heads", 2},
          {"intermediate_size", 32},
          {"max_position_embeddings", positions}};
}

inline void writeBertFolder(const std::filesystem::path& folder, std::int64_t vocabulary,
                            std::int64_t positions = 128) {
  writeFileAtomically(folder / "config.json", shapeJson("bert", vocabulary, positions).dump());
  RecordedWeights weights;
  const BertNetwork network(readBertConfig(folder / "config.json"), weights, {});
  weights.write(folder / "model.safetensors");
}

inline void writeLlamaFolder(const std::filesystem::path& folder) {
  writeFileAtomically(folder / "config.json", shapeJson("llama", 1200).dump());
  RecordedWeights weights;
  const LlamaNetwork network(readLlamaConfig(folder / "config.json"), weights, {});
  weights.write(folder / "model.safetensors");
}

/// protbert, bert and llama3 in `folder`, the latter two with their tokenizers.
inline void writeTextFolders(const std::filesystem::path& folder) {
  const std::filesystem::path tokenizers = TWOFOLD_FIXTURES "/tokenizers";
  for (const char* name : {"protbert", "bert", "llama3"}) {
    std::filesystem::create_directory(folder / name);
  }
  writeBertFolder(folder / "protbert", 30);
  writeBertFolder(folder / "bert", 745);
  std::filesystem::copy_file(tokenizers / "bert/vocab.txt", folder / "bert/vocab.txt");
  writeLlamaFolder(folder / "llama3");
  std::filesystem::copy_file(tokenizers / "llama3_ranks/tokenizer.model",
                             folder / "llama3/tokenizer.model");
}

template <class Describe, class Make>
std::unique_ptr<Backbone> made(Describe describe, Make make, const std::filesystem::path& folder,
                               OptionValues values) {
  values.emplace("weights", folder.string());
  values.emplace("limit", std::int64_t{100});
  const Descriptor descriptor = describe();
  const Options options("backbone", descriptor.options, values);
  return make({options, "cpu"});
}

}  // namespace twofold::models
