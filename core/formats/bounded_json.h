// JSON from untrusted text: depth is capped before a tree is built, duplicate keys are refused.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

namespace twofold::formats {

using Json = nlohmann::json;

/// Throws Error(BadInput) naming `source` and the position; depth at most 64.
[[nodiscard]] Json parseJson(std::string_view text, std::string_view source);

/// A file of at most 16 MiB.
[[nodiscard]] Json readJsonFile(const std::filesystem::path& path);

}  // namespace twofold::formats
