#include "models/backbones/cached.h"

#include <algorithm>
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
                               const std::filesystem::path& cacheFolder, bool keepsResidues)
    : m_inner(std::move(inner)), m_cache(cacheFolder, m_inner->identity()) {
  if (keepsResidues) {
    m_residues.emplace(cacheFolder, m_inner->identity(), m_inner->width());
  }
}

std::vector<std::string> CachedBackbone::problems() const {
  std::vector<std::string> all = m_cache.problems();
  if (m_residues) {
    all.insert(all.end(), m_residues->problems().begin(), m_residues->problems().end());
  }
  return all;
}

std::optional<Embedding> CachedBackbone::find(const std::string& hash, bool perResidue) const {
  const auto width = static_cast<std::size_t>(m_inner->width());
  if (perResidue) {
    if (auto rows = m_residues->find(hash)) {
      const auto residues = static_cast<std::int64_t>(rows->size() / width);
      return Embedding{residues, std::move(*rows)};
    }
    return std::nullopt;
  }
  const auto* found = m_cache.find(hash);
  return found != nullptr && found->size() == width ? std::optional(Embedding{0, *found})
                                                    : std::nullopt;
}

void CachedBackbone::keep(const std::string& hash, Embedding&& embedding, bool perResidue) {
  if (perResidue) {
    m_residues->append(hash, embedding.values);
  } else {
    m_cache.append(hash, std::move(embedding.values));
  }
}

void CachedBackbone::flush() {
  m_cache.flush();
  if (m_residues) {
    m_residues->flush();
  }
}

void CachedBackbone::embed(const EmbedWork& work) {
  if (work.perResidue && !m_residues) {
    m_inner->embed(work);
    return;
  }
  const std::int64_t total = checkedResidues(work.sequences);
  Missing missing;
  std::map<std::string, std::size_t> places;
  std::int64_t known = 0;
  for (std::size_t i = 0; i < work.sequences.size(); ++i) {
    const std::string& sequence = work.sequences[i];
    const auto residues = static_cast<std::int64_t>(sequence.size());
    std::string hash = sha256(sequence);
    if (auto found = find(hash, work.perResidue)) {
      work.take(i, std::move(*found));
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
  const auto takeNew = [&](std::size_t index, Embedding&& embedding) {
    if (work.perResidue) {  // as they will come back
      std::transform(embedding.values.begin(), embedding.values.end(), embedding.values.begin(),
                     store::roundedToBfloat16);
    }
    for (const std::size_t place : missing.wanted[index]) {
      work.take(place, Embedding(embedding));
    }
    keep(missing.hashes[index], std::move(embedding), work.perResidue);
    if (Clock::now() - flushed > kFlushInterval) {
      flush();
      flushed = Clock::now();
    }
  };
  const auto report = [&](const Progress& progress) {
    reportResidues(work.progress, known + progress.done, total);
  };
  try {
    m_inner->embed({missing.sequences, work.perResidue, takeNew, report, work.stop});
  } catch (...) {
    flush();
    throw;
  }
  flush();
}

std::unique_ptr<Backbone> cached(std::unique_ptr<Backbone> inner,
                                 const std::filesystem::path& cacheFolder, bool keepsResidues) {
  if (cacheFolder.empty()) {
    return inner;
  }
  return std::make_unique<CachedBackbone>(std::move(inner), cacheFolder, keepsResidues);
}

}  // namespace twofold::models
