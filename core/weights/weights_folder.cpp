#include "core/weights/weights_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/weights/licence.h"
#include "core/weights/network_shape.h"
#include "core/weights/unirep_archive.h"
#include "core/weights/weight_files.h"

namespace twofold::weights {

namespace {

namespace fs = std::filesystem;
using formats::TensorType;

std::string precisionName(TensorType type) {
  switch (type) {
    case TensorType::F32:
      return "fp32";
    case TensorType::F16:
      return "fp16";
    case TensorType::BF16:
      return "bf16";
    case TensorType::F64:
      return "fp64";
    case TensorType::I8:
      return "int8";
    case TensorType::I32:
    case TensorType::I64:
      break;  // positions and counters
  }
  return {};
}

/// What the headers of the weights say.
struct Contents {
  NetworkSize size;
  std::int64_t parameters = 0;
  std::set<std::string> precisions;
};

void count(const fs::path& file, const std::string& backbone, Contents& contents) {
  const formats::SafetensorsFile opened(file);
  for (const auto& [stored, view] : opened.tensors()) {
    const std::string precision = precisionName(view.type);
    if (precision.empty()) {
      continue;
    }
    const auto elements =
        static_cast<std::int64_t>(view.bytes.size() / formats::bytesPerElement(view.type));
    contents.parameters += elements;
    contents.precisions.insert(precision);
    const std::string tensor = currentName(stored, backbone);
    if (!isLeftOut(tensor, backbone)) {
      const bool isMatrix = view.shape.size() > 1 && !isTable(tensor);
      (isMatrix ? contents.size.multiplied : contents.size.others) += elements;
      contents.size.largestTensor = std::max(contents.size.largestTensor, elements);
    }
  }
}

std::int64_t bytesOf(const WeightFiles& files) {
  std::int64_t bytes = 0;
  for (const auto& file : files.all()) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    bytes += missing ? 0 : static_cast<std::int64_t>(size);
  }
  return bytes;
}

void describeArchive(WeightsFolder& folder, const WeightFiles& files, std::int64_t available) {
  folder.backbone = "unirep";
  folder.architecture = "UniRep";
  folder.precision = "fp32";
  const formats::NpzFile file(files.files.front());
  const auto shape = checkedUnirepShape(file);
  folder.layers = shape.layers;
  folder.width = shape.units;
  NetworkSize size;
  size.width = shape.units;
  size.feedForwardWidth = 4 * shape.units;
  for (const auto& [name, view] : file.tensors()) {
    const auto elements =
        static_cast<std::int64_t>(view.bytes.size() / formats::bytesPerElement(view.type));
    folder.parameters += elements;
    (view.shape.size() > 1 ? size.multiplied : size.others) += elements;
    size.largestTensor = std::max(size.largestTensor, elements);
  }
  folder.memory = memoryNeeds(size, available);
}

void describeNetwork(WeightsFolder& folder, const WeightFiles& files, std::int64_t available) {
  const auto shape = readNetworkShape(folder.path / "config.json");
  folder.architecture = shape.architecture;
  folder.layers = shape.layers;
  folder.width = shape.width;
  folder.heads = shape.heads;
  Contents contents;
  contents.size.width = std::max(shape.width, shape.heads * shape.headWidth);
  contents.size.feedForwardWidth = shape.feedForwardWidth;
  for (const auto& file : files.files) {
    count(file, shape.backbone, contents);
  }
  folder.parameters = contents.parameters;
  for (const auto& precision : contents.precisions) {
    folder.precision += (folder.precision.empty() ? "" : " + ") + precision;
  }
  folder.memory = memoryNeeds(contents.size, available);
  folder.backbone = shape.backbone;
}

}  // namespace

std::string WeightsFolder::shapeText() const {
  if (layers == 0 || width == 0) {
    return {};
  }
  auto text = fmt::format("{} layer{} × {}", layers, layers == 1 ? "" : "s", width);
  return heads == 0 ? text : text + fmt::format(", {} heads", heads);
}

WeightsFolder describeWeights(const fs::path& path, std::int64_t available) {
  WeightsFolder folder;
  folder.path = fs::absolute(path).lexically_normal();
  if (!folder.path.has_filename()) {
    folder.path = folder.path.parent_path();  // "esm2/" has an empty last name
  }
  folder.name = folder.path.filename().string();
  folder.memory = memoryNeeds({}, available);
  try {
    const auto files = findWeightFiles(folder.path);
    folder.bytes = bytesOf(files);
    folder.licence = readLicence(folder.path).name;
    if (files.kind == WeightFiles::Kind::Npz) {
      describeArchive(folder, files, available);
    } else {
      describeNetwork(folder, files, available);
    }
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::NotFound && !fs::exists(folder.path)) {
      throw;
    }
    folder.problem = error.what();
  }
  return folder;
}

}  // namespace twofold::weights
