#include "core/store/embedding_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/formats/safetensors.h"
#include "core/store/shard_files.h"

namespace twofold::store {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHashLength = 64;
constexpr std::size_t kSmall = 256;  // rows of a shard that is merged with others
constexpr std::size_t kMostSmall = 32;

/// n sequence hashes as ASCII, and n rows of one width.
struct Shard {
  std::string hashes;
  std::vector<float> rows;

  [[nodiscard]] std::string contentHash() const {
    Sha256 sha;
    sha.add(hashes);
    sha.add(std::as_bytes(std::span(rows)));
    return sha.hex();
  }
};

/// A whole, undamaged shard; throws Error(BadInput) otherwise.
Shard readShard(const fs::path& path) {
  const formats::SafetensorsFile file(path);
  const auto& hashes = file.tensor("sequence_hashes");
  const auto& rows = file.tensor("embeddings");
  if (hashes.type != formats::TensorType::I8 || rows.type != formats::TensorType::F32 ||
      hashes.shape.size() != 2 || rows.shape.size() != 2 || hashes.shape[1] != kHashLength ||
      rows.shape[0] != hashes.shape[0]) {
    throw badInput(path.string(), 0, "the tensors have the wrong types or shapes");
  }
  Shard shard;
  shard.hashes.assign(reinterpret_cast<const char*>(hashes.bytes.data()), hashes.bytes.size());
  shard.rows.resize(rows.bytes.size() / sizeof(float));
  if (!shard.rows.empty()) {
    std::memcpy(shard.rows.data(), rows.bytes.data(), rows.bytes.size());
  }
  if (shard.contentHash() != path.stem().string()) {
    throw badInput(path.string(), 0, "the content does not fit the hash in the name");
  }
  return shard;
}

void requireSafeName(const std::string& identity) {
  const bool safe = !identity.empty() && identity.front() != '.' && identity.size() <= 200 &&
                    std::all_of(identity.begin(), identity.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                    });
  if (!safe) {
    throw Error(ErrorKind::Internal,
                fmt::format("\"{}\" cannot name a folder of embeddings", identity));
  }
}

}  // namespace

EmbeddingCache::EmbeddingCache(const fs::path& cacheFolder, const std::string& identity)
    : m_folder(cacheFolder / identity) {
  requireSafeName(identity);
  for (const fs::path& path : shardsIn(m_folder)) {
    try {
      const Shard shard = readShard(path);
      const std::size_t count = shard.hashes.size() / kHashLength;
      const std::size_t width = count == 0 ? 0 : shard.rows.size() / count;
      std::vector<std::string> hashes;
      for (std::size_t i = 0; i < count; ++i) {
        hashes.push_back(shard.hashes.substr(i * kHashLength, kHashLength));
        const auto row = shard.rows.begin() + static_cast<std::ptrdiff_t>(i * width);
        m_embeddings.try_emplace(hashes.back(), row, row + static_cast<std::ptrdiff_t>(width));
      }
      if (count < kSmall) {
        m_small.push_back({path, std::move(hashes)});
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::NotFound) {  // else another program has merged it
        m_problems.emplace_back(error.what());
      }
    }
  }
}

const std::vector<float>* EmbeddingCache::find(std::string_view sequenceHash) const {
  const auto found = m_embeddings.find(sequenceHash);
  return found == m_embeddings.end() ? nullptr : &found->second;
}

void EmbeddingCache::append(const std::string& sequenceHash, std::vector<float>&& embedding) {
  if (sequenceHash.size() != kHashLength) {
    throw Error(ErrorKind::Internal,
                fmt::format("\"{}\" is not the SHA-256 of a sequence", sequenceHash));
  }
  if (!m_embeddings.empty() && m_embeddings.begin()->second.size() != embedding.size()) {
    throw Error(ErrorKind::Internal,
                fmt::format("an embedding of {} numbers among ones of {}; the identity must name "
                            "the width",
                            embedding.size(), m_embeddings.begin()->second.size()));
  }
  if (m_embeddings.try_emplace(sequenceHash, std::move(embedding)).second) {
    m_unwritten.push_back(sequenceHash);
  }
}

void EmbeddingCache::flush() {
  if (m_unwritten.empty()) {
    return;
  }
  auto path = write(m_unwritten);
  if (m_unwritten.size() < kSmall) {
    m_small.push_back({std::move(path), std::move(m_unwritten)});
  }
  m_unwritten.clear();
  if (m_small.size() >= kMostSmall) {
    mergeSmallShards();
  }
}

fs::path EmbeddingCache::write(std::vector<std::string>& sequenceHashes) const {
  Shard shard;
  std::sort(sequenceHashes.begin(), sequenceHashes.end());
  for (const std::string& hash : sequenceHashes) {
    const auto& row = m_embeddings.find(hash)->second;
    shard.hashes += hash;
    shard.rows.insert(shard.rows.end(), row.begin(), row.end());
  }
  const auto count = static_cast<std::int64_t>(sequenceHashes.size());
  const auto width = static_cast<std::int64_t>(shard.rows.size()) / count;
  makeFolders(m_folder);
  fs::path path = m_folder / (shard.contentHash() + std::string(kShardSuffix));
  formats::writeSafetensors(
      path,
      {{"sequence_hashes",
        {formats::TensorType::I8, {count, kHashLength}, std::as_bytes(std::span(shard.hashes))}},
       {"embeddings",
        {formats::TensorType::F32, {count, width}, std::as_bytes(std::span(shard.rows))}}});
  return path;
}

/// The merged shard is whole on disk before the others go, so no other program misses a row: what
/// it does not find any more is in there.
void EmbeddingCache::mergeSmallShards() {
  std::vector<std::string> hashes;
  for (const auto& shard : m_small) {
    hashes.insert(hashes.end(), shard.sequenceHashes.begin(), shard.sequenceHashes.end());
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  const fs::path merged = write(hashes);
  for (const auto& shard : m_small) {
    std::error_code gone;
    if (shard.path != merged) {
      fs::remove(shard.path, gone);
    }
  }
  m_small.clear();
  if (hashes.size() < kSmall) {
    m_small.push_back({merged, std::move(hashes)});
  }
}

}  // namespace twofold::store
