// What a file is, told by its first bytes and not by its name.
#pragma once

#include <filesystem>

namespace twofold::formats {

enum class FileKind { Fasta, UniprotText, UniprotXml, Sqlite, Unknown };

/// Plain or gzip (an SQLite file only plain). Unknown: text that begins like none of them, or
/// nothing. Throws Error(NotFound) when missing.
[[nodiscard]] FileKind fileKind(const std::filesystem::path& path);

}  // namespace twofold::formats
