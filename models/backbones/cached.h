// A backbone that remembers its embeddings on disk, so that no sequence is embedded twice.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/store/embedding_cache.h"
#include "core/store/residue_cache.h"
#include "models/learning/backbone.h"

namespace twofold::models {

/// Only sequences that the cache lacks reach `inner`, each once. New embeddings are written now and
/// then, and when the work ends or is stopped, so that an interrupted embedding goes on where it
/// was. Per-residue embeddings are large: they are kept, in bfloat16, where that was asked for, and
/// go straight through otherwise.
class CachedBackbone final : public Backbone {
 public:
  CachedBackbone(std::unique_ptr<Backbone> inner, const std::filesystem::path& cacheFolder,
                 bool keepsResidues = false);

  [[nodiscard]] std::int64_t width() const override { return m_inner->width(); }
  [[nodiscard]] std::string identity() const override { return m_inner->identity(); }
  [[nodiscard]] LengthLimit lengthLimit() const override { return m_inner->lengthLimit(); }
  [[nodiscard]] std::vector<std::string> problems() const override;
  [[nodiscard]] Backbone& uncached() override { return m_inner->uncached(); }
  void embed(const EmbedWork& work) override;

  /// Sequences answered from the cache so far, repeats within one call included.
  [[nodiscard]] std::int64_t fromCache() const { return m_fromCache; }

 private:
  [[nodiscard]] std::optional<Embedding> find(const std::string& hash, bool perResidue) const;
  void keep(const std::string& hash, Embedding&& embedding, bool perResidue);
  void flush();

  std::unique_ptr<Backbone> m_inner;
  store::EmbeddingCache m_cache;
  std::optional<store::ResidueCache> m_residues;
  std::int64_t m_fromCache = 0;
};

/// `inner` behind the cache in that folder, or `inner` itself when the folder is empty.
[[nodiscard]] std::unique_ptr<Backbone> cached(std::unique_ptr<Backbone> inner,
                                               const std::filesystem::path& cacheFolder,
                                               bool keepsResidues = false);

}  // namespace twofold::models
