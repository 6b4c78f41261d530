#include "models/backbones/cached.h"

#include <chrono>
#include <map>
#include <utility>

#include "core/base/hash.h"
#include "models/backbones/embed_checks.h"

namespace twofold::models {

namespace {

using Clock = std::chrono::steady_clock;

/// What a crash may cost.
constexpr auto kFlushInterval = std::chrono::seconds(30);

/// The sequences that the cache lacks: each once, with the places where it is wanted.
struct Missing {
  std::vector<std::string> sequences;
  std::vector<std::string> hashes;
  std::vector<std::vector<std::size_t>> wanted;
  std::int64_t residues = 0;
};

}  // namespace

CachedBackbone::CachedBackbone(std::unique_ptr<Backbone> inner,
                               const std::filesystem::path& cacheFolder)
    : m_inner(std::move(inner)), m_cache(cacheFolder, m_inner->identity()) {}

void CachedBackbone::embed(const EmbedWork& work) {
  if (work.perResidue) {
    m_inner->embed(work);
    return;
  }
  const std::int64_t total = checkedResidues(work.sequences);
  const auto width = static_cast<std::size_t>(m_inner->width());
  Missing missing;
  std::map<std::string, std::size_t> places;
  std::int64_t known = 0;
  for (std::size_t i = 0; i < work.sequences.size(); ++i) {
    const std::string& sequence = work.sequences[i];
    const auto residues = static_cast<std::int64_t>(sequence.size());
    std::string hash = sha256(sequence);
    if (const auto* found = m_cache.find(hash); found != nullptr && found->size() == width) {
      work.take(i, {0, *found});
    } else if (const auto [place, isNew] = places.emplace(hash, missing.hashes.size()); isNew) {
      missing.sequences.push_back(sequence);
      missing.hashes.push_back(std::move(hash));
      missing.wanted.push_back({i});
      missing.residues += residues;
      continue;
    } else {
      missing.wanted[place->second].push_back(i);
    }
    known += residues;
    ++m_fromCache;
  }
  reportResidues(work.progress, known, total);
  if (missing.sequences.empty()) {
    return;
  }

  auto flushed = Clock::now();
  const auto keep = [&](std::size_t index, Embedding&& embedding) {
    for (const std::size_t place : missing.wanted[index]) {
      work.take(place, Embedding(embedding));
    }
    m_cache.append(missing.hashes[index], std::move(embedding.values));
    if (Clock::now() - flushed > kFlushInterval) {
      m_cache.flush();
      flushed = Clock::now();
    }
  };
  const auto report = [&](const Progress& progress) {
    reportResidues(work.progress, known + progress.done, total);
  };
  try {
    m_inner->embed({missing.sequences, false, keep, report, work.stop});
  } catch (...) {
    m_cache.flush();
    throw;
  }
  m_cache.flush();
}

std::unique_ptr<Backbone> cached(std::unique_ptr<Backbone> inner,
                                 const std::filesystem::path& cacheFolder) {
  if (cacheFolder.empty()) {
    return inner;
  }
  return std::make_unique<CachedBackbone>(std::move(inner), cacheFolder);
}

}  // namespace twofold::models
