#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/nearest_name.h"
#include "core/formats/bounded_json.h"
#include "models/backbones/weight_source.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = "config.json";
constexpr const char* kWeights = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";

bool isPickle(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".bin" || extension == ".pt" || extension == ".pth" || extension == ".ckpt";
}

Error pickleError(const fs::path& path) {
  return badInput(
      path.string(), 0,
      "pickled weights can run code when read and are refused; convert them once with "
      "python3 -c \"from transformers import AutoModel; "
      "AutoModel.from_pretrained('OLD').save_pretrained('NEW')\" and choose folder NEW");
}

void requireFolder(const fs::path& folder) {
  std::error_code failed;
  const auto status = fs::status(folder, failed);
  if (status.type() == fs::file_type::not_found) {
    throw Error(ErrorKind::NotFound,
                fmt::format("weights folder {}: there is no such folder; choose one with {} and {}",
                            folder.string(), kConfig, kWeights));
  }
  if (!fs::is_directory(status)) {
    throw isPickle(folder) ? pickleError(folder)
                           : badInput(folder.string(), 0,
                                      "weights are read from a folder with config.json and "
                                      "model.safetensors; choose the folder");
  }
  const fs::directory_iterator entries(folder, failed);
  if (failed) {
    throw Error(ErrorKind::Io, fmt::format("weights folder {} cannot be read: {}", folder.string(),
                                           failed.message()));
  }
  if (fs::exists(folder / kWeights) || fs::exists(folder / kIndex)) {
    return;
  }
  for (const auto& entry : entries) {
    if (isPickle(entry.path())) {
      throw pickleError(entry.path());
    }
  }
  throw badInput(folder.string(), 0,
                 fmt::format("there is neither {} nor {} in this folder", kWeights, kIndex));
}

/// Without the prefix, and with today's names of a norm's tensors: transformers also reads, and 5.x
/// again writes, the older ones.
std::string currentName(const std::string& name, const std::string& prefix) {
  constexpr std::string_view kGamma = ".gamma";
  constexpr std::string_view kBeta = ".beta";
  std::string current = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  if (current.ends_with(kGamma)) {
    current.replace(current.size() - kGamma.size(), kGamma.size(), ".weight");
  } else if (current.ends_with(kBeta)) {
    current.replace(current.size() - kBeta.size(), kBeta.size(), ".bias");
  }
  return current;
}

/// The shards of an index, in order; their names may not lead out of the folder.
std::set<std::string> shardNames(const fs::path& index) {
  const auto json = formats::readJsonFile(index);
  if (!json.is_object() || !json.contains("weight_map") || !json["weight_map"].is_object() ||
      json["weight_map"].empty()) {
    throw badInput(index.string(), 0, "there is no \"weight_map\"");
  }
  std::set<std::string> names;
  for (const auto& [tensor, file] : json["weight_map"].items()) {
    const std::string name = file.is_string() ? file.get<std::string>() : std::string();
    if (name.empty() || fs::path(name).filename() != name || name == "." || name == "..") {
      throw badInput(index.string(), 0, fmt::format("\"{}\" is in no file of this folder", tensor));
    }
    names.insert(name);
  }
  return names;
}

}  // namespace

FolderWeights::FolderWeights(const fs::path& folder, const std::string& prefix) : m_folder(folder) {
  requireFolder(folder);
  if (fs::exists(folder / kWeights)) {
    m_paths.push_back(folder / kWeights);
  } else {
    for (const auto& name : shardNames(folder / kIndex)) {
      m_paths.push_back(folder / name);
    }
  }
  for (const auto& path : m_paths) {
    open(path, prefix);
  }
}

void FolderWeights::open(const fs::path& file, const std::string& prefix) {
  m_files.emplace_back(file);
  for (const auto& [name, view] : m_files.back().tensors()) {
    if (!m_entries.emplace(currentName(name, prefix), Entry{&view, false}).second) {
      throw badInput(file.string(), 0, fmt::format("tensor \"{}\" is there twice", name));
    }
  }
}

at::Tensor FolderWeights::take(const std::string& name, at::IntArrayRef shape) {
  auto tensor = takeIfPresent(name, shape);
  if (!tensor) {
    std::vector<std::string> names;
    for (const auto& [known, entry] : m_entries) {
      names.push_back(known);
    }
    throw badInput(m_paths.front().string(), 0,
                   fmt::format("there is no tensor \"{}\"{}", name, didYouMean(name, names)));
  }
  return std::move(*tensor);
}

std::optional<at::Tensor> FolderWeights::takeIfPresent(const std::string& name,
                                                       at::IntArrayRef shape) {
  const auto found = m_entries.find(name);
  if (found == m_entries.end()) {
    return std::nullopt;
  }
  found->second.taken = true;
  const at::Tensor tensor = toTensor(*found->second.view);
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
  for (const auto& [name, entry] : m_entries) {
    all += toTensor(*entry.view).numel();
  }
  return all;
}

void FolderWeights::requireAllTaken(bool (*mayBeLeft)(const std::string& name)) const {
  for (const auto& [name, entry] : m_entries) {
    if (!entry.taken && !mayBeLeft(name)) {
      throw badInput(
          m_paths.front().string(), 0,
          fmt::format("tensor \"{}\" belongs to no network of the shape in {}", name, kConfig));
    }
  }
}

std::string FolderWeights::hash() const {
  std::string hashes = sha256OfFile(m_folder / kConfig);
  for (const auto& path : m_paths) {
    hashes += sha256OfFile(path);
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
