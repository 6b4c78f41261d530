// MMseqs2 as a second source of candidates: started as a program, where it is installed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

namespace twofold::audit {

/// `mmseqs` in the folders of `path` (PATH); empty when it is in none.
[[nodiscard]] std::filesystem::path findMmseqs(std::string_view path);

/// Pairs of query and target that `mmseqs easy-search` finds at its default sensitivity (E-value 1,
/// all hits), in its order. Works in a folder of its own under the system's temporary one, which is
/// removed. Throws Error(Io) with what the program said, StopRequested.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> mmseqsHits(
    const std::filesystem::path& program, std::span<const std::string_view> queries,
    std::span<const std::string_view> targets, int threads, const std::stop_token& stop);

}  // namespace twofold::audit
