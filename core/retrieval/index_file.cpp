#include "core/retrieval/index_file.h"

#include <fmt/format.h>

#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/numbers.h"

namespace twofold::retrieval {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTensor = "vectors";
constexpr std::int64_t kVersion = 1;
constexpr std::string_view kSuffix = ".safetensors";

std::string_view name(Distance distance) {
  return distance == Distance::Cosine ? "cosine" : "squared-l2";
}

Distance distanceFrom(const fs::path& file, const std::string& text) {
  for (const auto distance : {Distance::SquaredL2, Distance::Cosine}) {
    if (text == name(distance)) {
      return distance;
    }
  }
  throw badInput(file.string(), 0, fmt::format("\"{}\" is no distance of this program", text));
}

/// Throws Error(BadInput) when the file has no such entry.
const std::string& entry(const fs::path& file, const formats::SafetensorsFile& content,
                         const std::string& key) {
  const auto found = content.metadata().find(key);
  if (found == content.metadata().end()) {
    throw badInput(file.string(), 0, fmt::format("no index of vectors: \"{}\" is missing", key));
  }
  return found->second;
}

}  // namespace

std::string contentHash(VectorsView vectors, Distance distance) {
  Sha256 sha;
  sha.add(fmt::format("{} {}\n", name(distance), vectors.width));
  sha.add(std::as_bytes(vectors.values));
  return sha.hex();
}

void writeIndexFile(const fs::path& file, const IndexContent& content) {
  const auto& vectors = content.vectors;
  const formats::TensorView view = {
      formats::TensorType::F32,
      {static_cast<std::int64_t>(vectors.rows()), static_cast<std::int64_t>(vectors.width)},
      std::as_bytes(vectors.values)};
  formats::writeSafetensors(file, {{std::string(kTensor), view}},
                            {{"index_version", std::to_string(kVersion)},
                             {"distance", std::string(name(content.distance))},
                             {"made_from", content.hash},
                             {"content", contentHash(vectors, content.distance)}});
}

IndexFile::IndexFile(const fs::path& file) : m_file(file) {
  const auto version = parseInteger(entry(file, m_file, "index_version"));
  if (version != kVersion) {
    throw badInput(file.string(), 0,
                   fmt::format("the index has version {}, this program reads {}; delete the file "
                               "and it will be made again",
                               entry(file, m_file, "index_version"), kVersion));
  }
  m_content.distance = distanceFrom(file, entry(file, m_file, "distance"));
  m_content.hash = entry(file, m_file, "made_from");
  const auto& tensor = m_file.tensor(std::string(kTensor));
  if (tensor.type != formats::TensorType::F32 || tensor.shape.size() != 2 || tensor.bytes.empty()) {
    throw badInput(file.string(), 0, "the vectors have the wrong type or shape");
  }
  m_content.vectors = {
      {reinterpret_cast<const float*>(tensor.bytes.data()), tensor.bytes.size() / sizeof(float)},
      static_cast<std::size_t>(tensor.shape[1])};
  if (contentHash(m_content.vectors, m_content.distance) != entry(file, m_file, "content")) {
    throw badInput(file.string(), 0, "the vectors do not fit the hash beside them");
  }
}

VectorIndex loadOrBuild(const fs::path& folder, VectorsView vectors, Distance distance) {
  const std::string hash = contentHash(vectors, distance);
  const fs::path file = folder / (hash + std::string(kSuffix));
  std::error_code unknown;
  if (fs::exists(file, unknown)) {
    try {
      auto index = VectorIndex::load(file);
      if (index.hash() == hash) {
        return index;
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::BadInput && error.kind() != ErrorKind::NotFound) {
        throw;
      }
    }
  }
  VectorIndex index(vectors, distance);
  makeFolders(folder);
  index.save(file);
  for (const auto& other : fs::directory_iterator(folder, unknown)) {
    if (other.path().extension() == kSuffix && other.path() != file) {
      fs::remove(other.path(), unknown);
    }
  }
  return index;
}

}  // namespace twofold::retrieval
