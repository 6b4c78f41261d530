// A backbone that remembers its pooled embeddings on disk, so that no sequence is embedded twice.
#pragma once

#include <filesystem>
#include <memory>

#include "core/store/embedding_cache.h"
#include "models/learning/backbone.h"

namespace twofold::models {

/// Only sequences that the cache lacks reach `inner`, each once. New embeddings are written now and
/// then, and when the work ends or is stopped, so that an interrupted embedding goes on where it
/// was. Per-residue embeddings are too large to keep and go straight through.
class CachedBackbone final : public Backbone {
 public:
  CachedBackbone(std::unique_ptr<Backbone> inner, const std::filesystem::path& cacheFolder);

  [[nodiscard]] std::int64_t width() const override { return m_inner->width(); }
  [[nodiscard]] std::string identity() const override { return m_inner->identity(); }
  [[nodiscard]] LengthLimit lengthLimit() const override { return m_inner->lengthLimit(); }
  void embed(const EmbedWork& work) override;

  /// Sequences answered from the cache so far, repeats within one call included.
  [[nodiscard]] std::int64_t fromCache() const { return m_fromCache; }

 private:
  std::unique_ptr<Backbone> m_inner;
  store::EmbeddingCache m_cache;
  std::int64_t m_fromCache = 0;
};

/// `inner` behind the cache in that folder, or `inner` itself when the folder is empty.
[[nodiscard]] std::unique_ptr<Backbone> cached(std::unique_ptr<Backbone> inner,
                                               const std::filesystem::path& cacheFolder);

}  // namespace twofold::models
