// What is known of a folder of weights without loading it: headers and configuration only.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/formats/bounded_json.h"
#include "core/weights/memory_fit.h"

namespace twofold::weights {

struct WeightsFolder {
  /// Where the list has it from: shipped with the program, in the data folder, or added.
  enum class Origin { Shipped, Installed, Added };

  std::filesystem::path path;  // absolute
  std::string name;            // of the folder
  Origin origin = Origin::Added;
  bool isDefault = false;    // what a new run embeds with, see defaultWeights()
  std::string backbone;      // the id that reads it; empty: none does
  std::string problem;       // why not and the cure; empty when one does
  std::string architecture;  // "ESM-2"; empty when not known
  std::int64_t layers = 0;   // 0 here and below: not known
  std::int64_t width = 0;
  std::int64_t heads = 0;
  std::int64_t parameters = 0;
  std::int64_t bytes = 0;  // of configuration and weights on disk
  std::string precision;   // as stored: "fp32", "bf16", "bf16 + fp32"
  std::string licence;     // its name; see readLicence() for the text
  std::array<MemoryNeed, 3> memory{};

  /// "6 layers × 320, 20 heads", as far as it is known.
  [[nodiscard]] std::string shapeText() const;
};

/// Reads config.json, safetensors headers (bounded, mapped) and names of files. What is wrong
/// inside is told in `problem`; a missing folder throws Error(NotFound). `available` as of
/// memoryNeeds().
[[nodiscard]] WeightsFolder describeWeights(const std::filesystem::path& folder,
                                            std::int64_t available);

/// "shipped", "installed", "added".
[[nodiscard]] std::string_view name(WeightsFolder::Origin origin) noexcept;

[[nodiscard]] formats::Json toJson(const WeightsFolder& folder);
/// Throws Error(BadInput) naming what is missing.
[[nodiscard]] WeightsFolder weightsFromJson(const formats::Json& json);

}  // namespace twofold::weights
