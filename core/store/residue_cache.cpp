#include "core/store/residue_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/store/shard_files.h"

namespace twofold::store {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShardBytes = std::size_t{64} << 20;

std::uint16_t toBfloat16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7fffffffU) > 0x7f800000U) {
    return static_cast<std::uint16_t>((bits >> 16) | 0x40U);  // a NaN stays one
  }
  return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

float fromBfloat16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

}  // namespace

float roundedToBfloat16(float value) noexcept {
  return fromBfloat16(toBfloat16(value));
}

ResidueCache::ResidueCache(const fs::path& cacheFolder, const std::string& identity,
                           std::int64_t width)
    : m_folder(cacheFolder / identity / "residues"), m_width(width) {
  for (const auto& path : shardsIn(m_folder)) {
    try {
      open(path);
    } catch (const Error& error) {
      m_problems.emplace_back(error.what());
    }
  }
}

ResidueCache::~ResidueCache() {
  try {
    flush();
  } catch (const Error&) {
    return;
  }
}

void ResidueCache::open(const fs::path& shard) {
  formats::SafetensorsFile file(shard);
  for (const auto& [hash, view] : file.tensors()) {
    if (view.type != formats::TensorType::BF16 || view.shape.size() != 2 ||
        view.shape[1] != m_width) {
      throw badInput(shard.string(), 0,
                     fmt::format("\"{}\" is no table of {} values a residue", hash, m_width));
    }
  }
  for (const auto& [hash, view] : file.tensors()) {
    m_views.insert_or_assign(hash, view);
  }
  m_files.push_back(std::move(file));  // the views show into its mapping, which stays
}

std::optional<std::vector<float>> ResidueCache::find(std::string_view sequenceHash) const {
  std::vector<float> rows;
  if (const auto kept = m_unwritten.find(sequenceHash); kept != m_unwritten.end()) {
    rows.resize(kept->second.size());
    std::transform(kept->second.begin(), kept->second.end(), rows.begin(), fromBfloat16);
    return rows;
  }
  const auto found = m_views.find(sequenceHash);
  if (found == m_views.end()) {
    return std::nullopt;
  }
  const auto bytes = found->second.bytes;
  rows.resize(bytes.size() / sizeof(std::uint16_t));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::uint16_t bits = 0;
    std::memcpy(&bits, bytes.data() + i * sizeof bits, sizeof bits);
    rows[i] = fromBfloat16(bits);
  }
  return rows;
}

void ResidueCache::append(const std::string& sequenceHash, const std::vector<float>& rows) {
  if (rows.size() % static_cast<std::size_t>(m_width) != 0) {
    throw Error(ErrorKind::Internal,
                fmt::format("{} values are no rows of {}", rows.size(), m_width));
  }
  auto& kept = m_unwritten[sequenceHash];
  m_unwrittenBytes += (rows.size() - kept.size()) * sizeof(std::uint16_t);
  kept.resize(rows.size());
  std::transform(rows.begin(), rows.end(), kept.begin(), toBfloat16);
  if (m_unwrittenBytes >= kShardBytes) {
    flush();
  }
}

void ResidueCache::flush() {
  if (m_unwritten.empty()) {
    return;
  }
  std::map<std::string, formats::TensorView> views;
  Sha256 sha;
  for (const auto& [hash, rows] : m_unwritten) {
    views[hash] = {formats::TensorType::BF16,
                   {static_cast<std::int64_t>(rows.size()) / m_width, m_width},
                   std::as_bytes(std::span(rows))};
    sha.add(hash);
  }
  makeFolders(m_folder);
  const fs::path path = m_folder / (sha.hex() + std::string(kShardSuffix));
  formats::writeSafetensors(path, views);
  m_unwritten.clear();
  m_unwrittenBytes = 0;
  open(path);
}

}  // namespace twofold::store
