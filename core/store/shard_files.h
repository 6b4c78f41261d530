// The files that a cache of embeddings is made of.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace twofold::store {

inline constexpr std::string_view kShardSuffix = ".safetensors";

/// In the order of their names; none where there is no such folder.
[[nodiscard]] std::vector<std::filesystem::path> shardsIn(const std::filesystem::path& folder);

}  // namespace twofold::store
