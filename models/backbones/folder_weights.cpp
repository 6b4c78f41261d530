#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/weights/network_shape.h"
#include "core/weights/tensor_check.h"
#include "core/weights/weight_files.h"
#include "models/backbones/weight_source.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = "config.json";

}  // namespace

FolderWeights::FolderWeights(const fs::path& folder, const std::string& backbone, LoadWatch watch)
    : m_folder(folder), m_watch(std::move(watch)) {
  const auto found = weights::findWeightFiles(folder);
  if (found.kind != weights::WeightFiles::Kind::Safetensors) {
    throw badInput(folder.string(), 0, "these are UniRep's weights; choose the backbone UniRep");
  }
  m_paths = found.files;
  for (const auto& path : m_paths) {
    open(path, backbone);
  }
}

void FolderWeights::open(const fs::path& file, const std::string& backbone) {
  m_files.emplace_back(file);
  for (const auto& [name, view] : m_files.back().tensors()) {
    if (!m_tensors.emplace(weights::currentName(name, backbone), &view).second) {
      throw badInput(file.string(), 0, fmt::format("tensor \"{}\" is there twice", name));
    }
  }
}

void FolderWeights::requireNetwork() const {
  weights::checkTensors(
      m_tensors, weights::readNetworkShape(m_folder / kConfig),
      [&](const std::string& problem) { throw badInput(m_paths.front().string(), 0, problem); });
}

at::Tensor FolderWeights::take(const std::string& name, at::IntArrayRef shape) {
  auto tensor = takeIfPresent(name, shape);
  if (!tensor) {
    throw badInput(m_paths.front().string(), 0, fmt::format("there is no tensor \"{}\"", name));
  }
  return std::move(*tensor);
}

std::optional<at::Tensor> FolderWeights::takeIfPresent(const std::string& name,
                                                       at::IntArrayRef shape) {
  throwIfStopped(m_watch.stop);
  const auto found = m_tensors.find(name);
  if (found == m_tensors.end()) {
    return std::nullopt;
  }
  const at::Tensor tensor = toTensor(*found->second);
  if (tensor.sizes() != shape || !tensor.is_floating_point()) {
    throw badInput(m_paths.front().string(), 0,
                   fmt::format("tensor \"{}\" is {} of {}, config.json asks for numbers of {}",
                               name, c10::toString(tensor.scalar_type()),
                               fmt::format("[{}]", fmt::join(tensor.sizes().vec(), ", ")),
                               fmt::format("[{}]", fmt::join(shape.vec(), ", "))));
  }
  return tensor.to(at::kFloat);
}

std::int64_t FolderWeights::numbers() const {
  std::int64_t all = 0;
  for (const auto& [name, view] : m_tensors) {
    all += std::accumulate(view->shape.begin(), view->shape.end(), std::int64_t{1},
                           std::multiplies<>());
  }
  return all;
}

std::string FolderWeights::hash() const {
  std::int64_t total = 0;
  for (const auto& path : m_paths) {
    total += static_cast<std::int64_t>(fs::file_size(path));
  }
  std::int64_t done = 0;
  const auto read = [&](std::int64_t bytes) {
    throwIfStopped(m_watch.stop);
    done += bytes;
    if (m_watch.progress) {
      m_watch.progress({"Reading weights", done >> 20, total >> 20, "MiB"});
    }
  };
  std::string hashes = sha256OfFile(m_folder / kConfig);
  for (const auto& path : m_paths) {
    hashes += sha256OfFile(path, read);
  }
  for (const char* name :
       {"vocab.txt", "tokenizer.json", "tokenizer_config.json", "tokenizer.model"}) {
    if (fs::exists(m_folder / name)) {
      hashes += sha256OfFile(m_folder / name);
    }
  }
  return sha256(hashes);
}

}  // namespace twofold::models
