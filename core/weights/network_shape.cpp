#include "core/weights/network_shape.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"

namespace twofold::weights {

namespace {

using formats::Json;

constexpr std::int64_t kProteinBertVocabulary = 30;  // Rostlab/prot_bert: 5 specials, 25 residues
constexpr std::int64_t kMostLayers = 512;
constexpr std::int64_t kLargestSize = 4'000'000;

class Config {
 public:
  explicit Config(const std::filesystem::path& path)
      : m_file(path.string()), m_json(formats::readJsonFile(path)) {
    if (!m_json.is_object()) {
      throw wrong("this is no JSON object");
    }
  }

  [[nodiscard]] Error wrong(std::string_view reason) const { return badInput(m_file, 0, reason); }

  [[nodiscard]] std::string word(const char* key, const char* fallback) const {
    const auto found = m_json.find(key);
    return found != m_json.end() && found->is_string() ? found->get<std::string>() : fallback;
  }

  [[nodiscard]] bool flag(const char* key) const {
    const auto found = m_json.find(key);
    return found != m_json.end() && found->is_boolean() && found->get<bool>();
  }

  [[nodiscard]] std::int64_t size(const char* key, std::int64_t largest = kLargestSize) const {
    const auto found = m_json.find(key);
    if (found == m_json.end() || !found->is_number_integer()) {
      throw wrong(fmt::format("\"{}\" is missing or no whole number", key));
    }
    const auto value = found->get<std::int64_t>();
    if (value < 1 || value > largest) {
      throw wrong(fmt::format("\"{}\" is {}, outside 1 to {}", key, value, largest));
    }
    return value;
  }

  [[nodiscard]] std::int64_t sizeOr(const char* key, std::int64_t fallback) const {
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? fallback : size(key);
  }

 private:
  std::string m_file;
  Json m_json;
};

void requireEsm2(const Config& config) {
  if (config.flag("is_folding_model")) {
    throw config.wrong("this is ESMFold, which no backbone reads; choose a folder of ESM-2");
  }
  if (config.word("position_embedding_type", "absolute") != "rotary" ||
      config.flag("emb_layer_norm_before")) {
    throw config.wrong("this is ESM-1, which no backbone reads; choose a folder of ESM-2");
  }
}

void nameNetwork(const Config& config, NetworkShape& shape) {
  const std::string type = config.word("model_type", "");
  if (type == "esm") {
    requireEsm2(config);
    shape.backbone = "esm2";
    shape.architecture = "ESM-2";
  } else if (type == "bert") {
    const bool ofResidues = shape.vocabulary == kProteinBertVocabulary;
    shape.backbone = ofResidues ? "protbert" : "bert";
    shape.architecture = ofResidues ? "ProtBert" : "BERT";
  } else if (type == "llama") {
    shape.backbone = "llama3";
    shape.architecture = "Llama 3";
  } else {
    throw config.wrong(
        fmt::format("no backbone reads {}; esm2, protbert, bert, llama3 and unirep are there",
                    type.empty() ? "a network without \"model_type\"" : "\"" + type + "\""));
  }
}

using Tensors = std::map<std::string, std::vector<std::int64_t>>;

void addLinear(Tensors& tensors, const std::string& name, std::int64_t out, std::int64_t in,
               bool bias = true) {
  tensors[name + ".weight"] = {out, in};
  if (bias) {
    tensors[name + ".bias"] = {out};
  }
}

void addNorm(Tensors& tensors, const std::string& name, std::int64_t width) {
  tensors[name + ".weight"] = {width};
  tensors[name + ".bias"] = {width};
}

/// The names of transformers' EsmModel and BertModel differ in the norms alone.
Tensors encoderTensors(const NetworkShape& shape) {
  const bool isEsm = shape.backbone == "esm2";
  Tensors tensors;
  tensors["embeddings.word_embeddings.weight"] = {shape.vocabulary, shape.width};
  if (isEsm) {
    addNorm(tensors, "encoder.emb_layer_norm_after", shape.width);
  } else {
    tensors["embeddings.position_embeddings.weight"] = {shape.positions, shape.width};
    tensors["embeddings.token_type_embeddings.weight"] = {shape.tokenTypes, shape.width};
    addNorm(tensors, "embeddings.LayerNorm", shape.width);
  }
  for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
    const std::string name = fmt::format("encoder.layer.{}.", layer);
    for (const char* part : {"query", "key", "value"}) {
      addLinear(tensors, name + "attention.self." + part, shape.width, shape.width);
    }
    addLinear(tensors, name + "attention.output.dense", shape.width, shape.width);
    addLinear(tensors, name + "intermediate.dense", shape.feedForwardWidth, shape.width);
    addLinear(tensors, name + "output.dense", shape.width, shape.feedForwardWidth);
    addNorm(tensors, name + (isEsm ? "attention.LayerNorm" : "attention.output.LayerNorm"),
            shape.width);
    addNorm(tensors, name + (isEsm ? "LayerNorm" : "output.LayerNorm"), shape.width);
  }
  return tensors;
}

Tensors llamaTensors(const NetworkShape& shape) {
  const std::int64_t queries = shape.heads * shape.headWidth;
  const std::int64_t keys = shape.keyHeads * shape.headWidth;
  Tensors tensors;
  tensors["embed_tokens.weight"] = {shape.vocabulary, shape.width};
  tensors["norm.weight"] = {shape.width};
  for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
    const std::string name = fmt::format("layers.{}.", layer);
    const auto attention = [&](const char* part, std::int64_t out, std::int64_t in) {
      addLinear(tensors, name + "self_attn." + part, out, in, shape.attentionBias);
    };
    attention("q_proj", queries, shape.width);
    attention("k_proj", keys, shape.width);
    attention("v_proj", keys, shape.width);
    attention("o_proj", shape.width, queries);
    for (const char* part : {"mlp.gate_proj", "mlp.up_proj"}) {
      addLinear(tensors, name + part, shape.feedForwardWidth, shape.width, shape.feedForwardBias);
    }
    addLinear(tensors, name + "mlp.down_proj", shape.width, shape.feedForwardWidth,
              shape.feedForwardBias);
    tensors[name + "input_layernorm.weight"] = {shape.width};
    tensors[name + "post_attention_layernorm.weight"] = {shape.width};
  }
  return tensors;
}

}  // namespace

NetworkShape readNetworkShape(const std::filesystem::path& path) {
  const Config config(path);
  NetworkShape shape;
  if (config.word("model_type", "") == "bert") {
    shape.vocabulary = config.size("vocab_size");  // tells ProtBert from BERT
  }
  nameNetwork(config, shape);
  const bool isLlama = shape.backbone == "llama3";
  shape.layers = config.size("num_hidden_layers", kMostLayers);
  shape.width = config.size("hidden_size");
  shape.heads = config.size("num_attention_heads");
  shape.feedForwardWidth = config.size("intermediate_size");
  shape.vocabulary = config.size("vocab_size");
  shape.keyHeads = isLlama ? config.sizeOr("num_key_value_heads", shape.heads) : shape.heads;
  const bool hasHeadWidth = isLlama && config.sizeOr("head_dim", 0) != 0;
  if (!hasHeadWidth && shape.width % shape.heads != 0) {
    throw config.wrong(
        fmt::format("{} heads do not divide the width {}", shape.heads, shape.width));
  }
  shape.headWidth = hasHeadWidth ? config.size("head_dim") : shape.width / shape.heads;
  if (isLlama) {
    shape.attentionBias = config.flag("attention_bias");
    shape.feedForwardBias = config.flag("mlp_bias");
  } else if (shape.backbone != "esm2") {
    shape.positions = config.size("max_position_embeddings");
    shape.tokenTypes = config.sizeOr("type_vocab_size", 2);
  }
  return shape;
}

std::map<std::string, std::vector<std::int64_t>> neededTensors(const NetworkShape& shape) {
  return shape.backbone == "llama3" ? llamaTensors(shape) : encoderTensors(shape);
}

std::string currentName(const std::string& stored, const std::string& backbone) {
  const std::string prefix = backbone == "esm2"     ? "esm."
                             : backbone == "llama3" ? "model."
                                                    : "bert.";
  std::string name = stored.starts_with(prefix) ? stored.substr(prefix.size()) : stored;
  for (const auto& [older, newer] :
       {std::pair<std::string_view, std::string_view>{".gamma", ".weight"}, {".beta", ".bias"}}) {
    if (name.ends_with(older)) {
      name.replace(name.size() - older.size(), older.size(), newer);
    }
  }
  return name;
}

bool isLeftOut(const std::string& currentName, const std::string& backbone) {
  constexpr std::array<std::string_view, 5> kHeads = {"lm_head.", "cls.", "pooler.",
                                                      "contact_head.", "classifier."};
  for (const auto head : kHeads) {
    if (currentName.starts_with(head)) {
      return true;
    }
  }
  if (backbone == "esm2" && currentName == "embeddings.position_embeddings.weight") {
    return true;  // of ESM-1, whose class the published folders were saved with
  }
  return currentName.ends_with(".inv_freq") || currentName.ends_with(".position_ids");
}

bool isTable(const std::string& currentName) {
  return currentName.starts_with("embeddings.") || currentName.starts_with("embed_tokens.");
}

}  // namespace twofold::weights
