// Files and folders that came from elsewhere, copied without following links: those lead out of
// them.
#pragma once

#include <filesystem>

namespace twofold {

/// Throws Error(BadInput) that names the first thing in `path`, or `path` itself, that is neither a
/// regular file nor a folder; Error(NotFound) when there is nothing.
void requirePlainFiles(const std::filesystem::path& path);

/// A file, or a folder with all in it, to a place where nothing is yet. Throws as
/// requirePlainFiles() before anything is written; Error(Io).
void copyPlainFiles(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace twofold
