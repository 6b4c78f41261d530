#include "models/backbones/unirep_weights.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/formats/npz.h"
#include "core/weights/unirep_archive.h"
#include "core/weights/weight_files.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

at::Tensor take(const formats::NpzFile& file, const std::string& name) {
  return toTensor(file.tensor(name)).to(at::kFloat);
}

/// Each column at length 1, times its gain (the package's l2_normalize).
at::Tensor normalised(const at::Tensor& weight, const at::Tensor& gain) {
  constexpr double kSmallest = 1e-12;
  return weight / weight.square().sum(0, true).clamp_min(kSmallest).sqrt() * gain;
}

MlstmWeights readLayer(const formats::NpzFile& file, std::int64_t layer) {
  const auto array = [&](const char* name) {
    return take(file, weights::unirepArray(layer, name));
  };
  return {normalised(array("wmx"), array("gmx")), normalised(array("wmh"), array("gmh")),
          normalised(array("wx"), array("gx")), normalised(array("wh"), array("gh")), array("b")};
}

}  // namespace

UnirepWeights readUnirepWeights(const fs::path& folder) {
  const auto files = weights::findWeightFiles(folder);
  if (files.kind != weights::WeightFiles::Kind::Npz) {
    throw badInput(folder.string(), 0,
                   "UniRep's weights are one .npz in a folder of its own; choose such a folder");
  }
  const formats::NpzFile file(files.files.front());
  const auto shape = weights::checkedUnirepShape(file);
  UnirepWeights weights{take(file, "embedding"), {}, sha256OfFile(files.files.front())};
  for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
    weights.layers.push_back(readLayer(file, layer));
  }
  return weights;
}

}  // namespace twofold::models
