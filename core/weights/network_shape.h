// Which network a config.json describes and its sizes: what a list of weights folders needs to know
// without building the network.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace twofold::weights {

struct NetworkShape {
  std::string backbone;      // esm2, protbert, bert, llama3
  std::string architecture;  // as people call it: "ESM-2"
  std::int64_t layers = 0;
  std::int64_t width = 0;
  std::int64_t heads = 0;
  std::int64_t keyHeads = 0;   // fewer than heads with grouped queries
  std::int64_t headWidth = 0;  // of one head
  std::int64_t feedForwardWidth = 0;
  std::int64_t vocabulary = 0;
  std::int64_t positions = 0;   // of a table of positions; 0 for rotations
  std::int64_t tokenTypes = 0;  // of BERT
  bool attentionBias = true;
  bool feedForwardBias = true;
};

/// Throws Error: NotFound; BadInput for a network that no backbone reads, naming it, and for sizes
/// that cannot be.
[[nodiscard]] NetworkShape readNetworkShape(const std::filesystem::path& config);

/// What the backbone takes from the folder: name (without the network's prefix) -> shape.
[[nodiscard]] std::map<std::string, std::vector<std::int64_t>> neededTensors(
    const NetworkShape& shape);

/// A stored name without the network's prefix ("esm.", "bert.", "model.") and with today's names of
/// a norm's tensors (gamma and beta are older ones), as FolderWeights in models/backbones reads it.
[[nodiscard]] std::string currentName(const std::string& stored, const std::string& backbone);

/// True for what backbones leave out: a layer on top of the network ("lm_head.dense.weight"),
/// counters, and tables that are computed ("inv_freq").
[[nodiscard]] bool isLeftOut(const std::string& currentName, const std::string& backbone);

/// True for a table that is looked up rather than multiplied with, and stays in bf16 under int8.
[[nodiscard]] bool isTable(const std::string& currentName);

}  // namespace twofold::weights
