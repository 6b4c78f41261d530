// Per-residue embeddings on disk, in bfloat16, keyed like the pooled ones. A cache: it can always
// be deleted and rebuilt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/safetensors.h"

namespace twofold::store {

/// Rounds to the nearest bfloat16, ties to even, and back: what a value is once it was kept.
[[nodiscard]] float roundedToBfloat16(float value) noexcept;

class ResidueCache {
 public:
  /// Shards lie in <cacheFolder>/<identity>/residues; one whose header is damaged or whose end is
  /// missing is left out and named in problems(). Only headers are read; a number that changed on
  /// the disk is not noticed.
  ResidueCache(const std::filesystem::path& cacheFolder, const std::string& identity,
               std::int64_t width);
  /// Flushes; a failure then is lost, since a cache can be made again.
  ~ResidueCache();
  ResidueCache(const ResidueCache&) = delete;
  ResidueCache& operator=(const ResidueCache&) = delete;

  /// [residues, width] row-major; nothing when absent.
  [[nodiscard]] std::optional<std::vector<float>> find(std::string_view sequenceHash) const;
  /// Rounds `rows` and keeps them; writes a shard whenever 64 MiB have come together.
  void append(const std::string& sequenceHash, const std::vector<float>& rows);
  void flush();
  [[nodiscard]] std::size_t size() const { return m_views.size() + m_unwritten.size(); }
  [[nodiscard]] const std::vector<std::string>& problems() const { return m_problems; }

 private:
  void open(const std::filesystem::path& shard);

  std::filesystem::path m_folder;
  std::int64_t m_width;
  std::vector<formats::SafetensorsFile> m_files;
  std::map<std::string, formats::TensorView, std::less<>> m_views;
  std::map<std::string, std::vector<std::uint16_t>, std::less<>> m_unwritten;
  std::size_t m_unwrittenBytes = 0;
  std::vector<std::string> m_problems;
};

}  // namespace twofold::store
