// What a backbone saw before: the hashes of the sequences it was pre-trained on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace twofold::weights {

/// `sequences.sha256` of a weights folder, as `pretrain` writes it (PRETRAINING.md): a line has the
/// first 16 hexadecimal digits of the SHA-256 of a sequence.
class SequenceManifest {
 public:
  static constexpr std::string_view kFile = "sequences.sha256";

  /// Nothing when the folder has none. Throws Error(NotFound) for a missing folder, Error(BadInput)
  /// with the line of what is no hash.
  [[nodiscard]] static std::optional<SequenceManifest> of(const std::filesystem::path& folder);

  [[nodiscard]] bool has(std::string_view sequence) const;
  [[nodiscard]] std::size_t size() const { return m_hashes.size(); }

 private:
  std::vector<std::uint64_t> m_hashes;  // ascending
};

}  // namespace twofold::weights
