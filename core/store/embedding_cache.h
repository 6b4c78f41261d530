// Pooled embeddings on disk, keyed by SHA-256 of the sequence and of the weights.
// A cache: it can always be deleted and rebuilt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::store {

class EmbeddingCache {
 public:
  /// `identity` names backbone, weights hash, pooling and precision; safe as a folder name.
  /// A damaged shard is left out and named in problems().
  EmbeddingCache(const std::filesystem::path& cacheFolder, const std::string& identity);

  /// Null when absent; valid while the cache lives and nothing was appended.
  [[nodiscard]] const std::vector<float>* find(std::string_view sequenceHash) const;
  /// Adds to memory; flush() writes all that is new as one shard, atomically. Small shards, as
  /// single pairs leave them, become one when there are many; two programs may do so at once.
  void append(const std::string& sequenceHash, std::vector<float>&& embedding);
  void flush();
  [[nodiscard]] std::size_t size() const { return m_embeddings.size(); }
  [[nodiscard]] const std::vector<std::string>& problems() const { return m_problems; }

 private:
  /// The shard's path. Embeddings of these sequences, which must be in memory.
  std::filesystem::path write(std::vector<std::string>& sequenceHashes) const;
  void mergeSmallShards();

  struct SmallShard {
    std::filesystem::path path;
    std::vector<std::string> sequenceHashes;
  };

  std::filesystem::path m_folder;
  std::map<std::string, std::vector<float>, std::less<>> m_embeddings;
  std::vector<std::string> m_unwritten;
  std::vector<SmallShard> m_small;
  std::vector<std::string> m_problems;
};

}  // namespace twofold::store
