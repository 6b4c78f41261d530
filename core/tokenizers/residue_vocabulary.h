// Checks that a weights folder means the vocabulary that is built in.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace twofold::tokenizers {

/// In the order of their ids.
[[nodiscard]] std::span<const std::string_view> esm2Tokens();
[[nodiscard]] std::span<const std::string_view> protBertTokens();

/// Compares a vocab.txt. Throws Error(NotFound) when it is missing, Error(BadInput) naming the
/// first line that differs.
void checkVocabulary(const std::filesystem::path& file, std::span<const std::string_view> expected);

}  // namespace twofold::tokenizers
