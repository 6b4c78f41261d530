#include "models/backbones/unirep_weights.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/formats/npz.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "core/weights/weight_files.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargestWidth = 65536;

class Arrays {
 public:
  explicit Arrays(const fs::path& path) : m_path(path), m_file(path) {}

  [[nodiscard]] bool has(const std::string& name) const { return m_file.tensors().contains(name); }
  /// float32; -1 stands for any size.
  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) const {
    const at::Tensor tensor = toTensor(m_file.tensor(name));
    bool fits = tensor.dim() == static_cast<std::int64_t>(shape.size()) &&
                tensor.is_floating_point() && tensor.numel() > 0;
    for (std::size_t d = 0; fits && d < shape.size(); ++d) {
      const auto size = tensor.size(static_cast<std::int64_t>(d));
      fits = shape[d] == size || (shape[d] == -1 && size <= kLargestWidth);
    }
    if (!fits) {
      throw badInput(
          m_path.string(), 0,
          fmt::format("array \"{}\" is {} of [{}], UniRep's is numbers of [{}]", name,
                      c10::toString(tensor.scalar_type()), fmt::join(tensor.sizes().vec(), ", "),
                      fmt::join(shape.vec(), ", ")));
    }
    return tensor.to(at::kFloat);
  }

 private:
  fs::path m_path;
  formats::NpzFile m_file;
};

/// Each column at length 1, times its gain (the package's l2_normalize).
at::Tensor normalised(const at::Tensor& weight, const at::Tensor& gain) {
  constexpr double kSmallest = 1e-12;
  return weight / weight.square().sum(0, true).clamp_min(kSmallest).sqrt() * gain;
}

MlstmWeights readLayer(const Arrays& arrays, std::int64_t layer, std::int64_t inputs,
                       std::int64_t units) {
  const auto matrix = [&](const char* name, const char* gain, std::int64_t rows,
                          std::int64_t columns) {
    return normalised(arrays.take(fmt::format("mlstm.{}.{}", layer, name), {rows, columns}),
                      arrays.take(fmt::format("mlstm.{}.{}", layer, gain), {columns}));
  };
  return {matrix("wmx", "gmx", inputs, units), matrix("wmh", "gmh", units, units),
          matrix("wx", "gx", inputs, 4 * units), matrix("wh", "gh", units, 4 * units),
          arrays.take(fmt::format("mlstm.{}.b", layer), {4 * units})};
}

}  // namespace

UnirepWeights readUnirepWeights(const fs::path& folder) {
  const auto files = weights::findWeightFiles(folder);
  if (files.kind != weights::WeightFiles::Kind::Npz || files.files.size() != 1) {
    throw badInput(folder.string(), 0,
                   "UniRep's weights are one .npz in a folder of its own; choose such a folder");
  }
  const fs::path& path = files.files.front();
  const Arrays arrays(path);
  UnirepWeights weights;
  weights.embedding = arrays.take("embedding", {tokenizers::UnirepVocabulary::kSize, -1});
  const std::int64_t units = arrays.take("mlstm.0.wmh", {-1, -1}).size(0);
  std::int64_t inputs = weights.embedding.size(1);
  for (std::int64_t layer = 0; layer == 0 || arrays.has(fmt::format("mlstm.{}.wmh", layer));
       ++layer) {
    weights.layers.push_back(readLayer(arrays, layer, inputs, units));
    inputs = units;
  }
  weights.hash = sha256OfFile(path);
  return weights;
}

}  // namespace twofold::models
