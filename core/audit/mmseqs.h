// MMseqs2 as a second source of candidates: started as a program, where it is installed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "core/audit/relatives.h"

namespace twofold::audit {

/// `mmseqs` in the folders of `path` (PATH); empty when it is in none.
[[nodiscard]] std::filesystem::path findMmseqs(std::string_view path);

/// Pairs of query and target that `mmseqs easy-search` finds and that are at least near the rule by
/// its own figures (identity less .1, four fifths of the coverage): they are aligned anew. Works in
/// a folder of its own under the system's temporary one, which is removed. Throws Error(Io) with
/// what the program said, Error(BadInput) for a table that is none of its own, StopRequested.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> mmseqsHits(
    const RelativeSearch& search, std::span<const std::string_view> queries,
    std::span<const std::string_view> targets, const std::stop_token& stop);

}  // namespace twofold::audit
