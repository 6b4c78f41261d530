// A Hugging Face config.json, read key by key with errors that name the file and the key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"

namespace twofold::models {

/// Larger than any published network, small enough that sizes cannot overflow.
inline constexpr std::int64_t kMostLayers = 512;
inline constexpr std::int64_t kLargestWidth = 65536;
inline constexpr std::int64_t kLargestVocabulary = 4'000'000;

/// Every reader throws Error(BadInput) when the key's value is of another kind.
class ConfigFile {
 public:
  /// Throws Error: NotFound, BadInput, Io.
  explicit ConfigFile(const std::filesystem::path& path);

  [[nodiscard]] Error wrong(std::string_view reason) const { return badInput(m_file, 0, reason); }
  [[nodiscard]] bool has(const char* key) const;  // and it is not null
  /// From 1 to `largest`; a missing key is an error.
  [[nodiscard]] std::int64_t size(const char* key, std::int64_t largest) const;
  [[nodiscard]] std::int64_t sizeOr(const char* key, std::int64_t largest,
                                    std::int64_t fallback) const;
  /// Above 0 and at most `largest`.
  [[nodiscard]] double positiveOr(const char* key, double fallback, double largest = 1e12) const;
  [[nodiscard]] bool flagOr(const char* key, bool fallback) const;
  [[nodiscard]] std::string wordOr(const char* key, std::string_view fallback) const;
  /// `reason` says what the file is instead, or what to choose.
  void requireWord(const char* key, std::string_view expected, std::string_view reason) const;
  /// An object inside, with the same errors; an empty one when it is missing or null.
  [[nodiscard]] ConfigFile inner(const char* key) const;

 private:
  ConfigFile(std::string file, formats::Json json);

  std::string m_file;
  formats::Json m_json;
};

}  // namespace twofold::models
