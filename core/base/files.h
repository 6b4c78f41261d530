// Whole files, read with a bound and written so that a crash leaves the old or the new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace twofold {

/// Throws Error(NotFound) when missing, Error(BadInput) above `limit` bytes, Error(Io) otherwise.
[[nodiscard]] std::string readFile(const std::filesystem::path& path, std::uintmax_t limit);

/// Temp file beside `path`, fsync, rename, fsync of the folder. Throws Error(Io) and removes
/// the temp file when any step fails.
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// fsync of `path`, then rename to `target`, then fsync of the folder: for files that
/// were streamed to a temp name.
void commitFile(const std::filesystem::path& path, const std::filesystem::path& target);

/// Throws Error(Io) with the reason when the folder cannot be made.
void makeFolders(const std::filesystem::path& path);

}  // namespace twofold
