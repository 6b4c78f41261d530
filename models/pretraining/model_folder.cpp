#include "models/pretraining/model_folder.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/files.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

using Tensors = std::map<std::string, at::Tensor>;
using tokenizers::Esm2Vocabulary;

/// Both parts of a linear layer or norm under its published name.
void add(Tensors& tensors, const Tensors& weights, const std::string& own,
         const std::string& published) {
  for (const char* part : {".weight", ".bias"}) {
    tensors[published + part] = weights.at(own + part).detach();
  }
}

void addLayer(Tensors& tensors, const Tensors& weights, std::int64_t layer) {
  const auto own = fmt::format("layer.{}.", layer);
  const auto published = fmt::format("esm.encoder.layer.{}.", layer);
  for (const char* part : {".weight", ".bias"}) {
    const auto thirds = weights.at(own + "qkv" + part).detach().chunk(3);
    const std::array<const char*, 3> names = {"query", "key", "value"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      tensors[published + "attention.self." + names[i] + part] = thirds[i];
    }
  }
  add(tensors, weights, own + "attention_norm", published + "attention.LayerNorm");
  add(tensors, weights, own + "attention_output", published + "attention.output.dense");
  add(tensors, weights, own + "feed_forward_norm", published + "LayerNorm");
  add(tensors, weights, own + "up", published + "intermediate.dense");
  add(tensors, weights, own + "down", published + "output.dense");
}

/// The decoder's matrix is the embeddings' (tied), so it is written once.
Tensors published(const Esm2Learner& learner) {
  const auto& weights = learner.weights();
  Tensors tensors;
  tensors["esm.embeddings.word_embeddings.weight"] = weights.at("tokens.weight").detach();
  for (std::int64_t layer = 0; layer < learner.shape().layers; ++layer) {
    addLayer(tensors, weights, layer);
  }
  add(tensors, weights, "last_norm", "esm.encoder.emb_layer_norm_after");
  add(tensors, weights, "language.dense", "lm_head.dense");
  add(tensors, weights, "language.norm", "lm_head.layer_norm");
  tensors["lm_head.bias"] = weights.at("language.bias").detach();
  return tensors;
}

/// One token a line, in the order of tokenizers::Esm2Vocabulary.
std::string vocabularyText() {
  std::string text = "<cls>\n<pad>\n<eos>\n<unk>\n";
  for (const char letter : std::string_view("LAGVSERTIDPKQNFYMHWCXBUZO.-")) {
    text += letter;
    text += '\n';
  }
  return text + "<null_1>\n<mask>\n";
}

std::string configText(const Esm2Config& shape, formats::TensorType type) {
  return nlohmann::ordered_json{
             {"architectures", {"EsmForMaskedLM"}},
             {"model_type", "esm"},
             {"position_embedding_type", "rotary"},
             {"num_hidden_layers", shape.layers},
             {"hidden_size", shape.width},
             {"num_attention_heads", shape.heads},
             {"intermediate_size", shape.feedForwardWidth},
             {"hidden_act", "gelu"},
             {"layer_norm_eps", shape.layerNormEpsilon},
             {"emb_layer_norm_before", false},
             {"token_dropout", shape.tokenDropout},
             {"attention_probs_dropout_prob", 0.0},
             {"hidden_dropout_prob", 0.0},
             {"max_position_embeddings", 1026},
             {"vocab_size", Esm2Vocabulary::kSize},
             {"pad_token_id", Esm2Vocabulary::kPad},
             {"mask_token_id", Esm2Vocabulary::kMask},
             {"tie_word_embeddings", true},
             {"dtype", type == formats::TensorType::BF16 ? "bfloat16" : "float32"}}
             .dump(2) +
         "\n";
}

}  // namespace

void writeModelFolder(const std::filesystem::path& folder, const Esm2Learner& learner,
                      formats::TensorType type) {
  const auto scalar = type == formats::TensorType::BF16 ? at::kBFloat16 : at::kFloat;
  Tensors tensors = published(learner);
  std::map<std::string, formats::TensorView> views;
  for (auto& [name, tensor] : tensors) {
    tensor = tensor.to(scalar).contiguous();
    views[name] = toView(tensor);
  }
  makeFolders(folder);
  writeFileAtomically(folder / "config.json", configText(learner.shape(), type));
  writeFileAtomically(folder / "vocab.txt", vocabularyText());
  formats::writeSafetensors(folder / "model.safetensors", views, {{"format", "pt"}});
}

}  // namespace twofold::models
