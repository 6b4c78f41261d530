#include "core/weights/sequence_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/formats/line_reader.h"

namespace twofold::weights {

namespace {

constexpr std::size_t kDigits = 16;

std::optional<std::uint64_t> hashFrom(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.size() != kDigits || error != std::errc() || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<SequenceManifest> SequenceManifest::of(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: there is no such folder of weights", folder.string()));
  }
  const auto file = folder / kFile;
  if (!std::filesystem::exists(file)) {
    return std::nullopt;
  }
  SequenceManifest manifest;
  formats::LineReader lines(file);
  for (std::string_view line; lines.next(line);) {
    const auto hash = hashFrom(line);
    if (!hash) {
      throw badInput(file.string(), lines.lineNumber(),
                     "not the first 16 hexadecimal digits of a SHA-256");
    }
    manifest.m_hashes.push_back(*hash);
  }
  std::sort(manifest.m_hashes.begin(), manifest.m_hashes.end());
  return manifest;
}

bool SequenceManifest::has(std::string_view sequence) const {
  const std::string whole = sha256(sequence);
  const auto hash = hashFrom(std::string_view(whole).substr(0, kDigits));
  return std::binary_search(m_hashes.begin(), m_hashes.end(), hash.value());
}

}  // namespace twofold::weights
