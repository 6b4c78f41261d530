// What a structure file's text tells before it is parsed: its format, whether it is text at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace twofold::bio {

/// The file's text, inflated when gzip, at most 1 GiB. Throws Error(BadInput) also for a NUL byte
/// (with its line) and for JSON.
[[nodiscard]] std::string readStructureText(const std::filesystem::path& path);

/// True when "data_" follows the blanks and comments at the start.
[[nodiscard]] bool isCif(std::string_view text);

/// UNP, or SWS as files of before 2004 call the same accessions.
[[nodiscard]] bool isUniProt(std::string_view database);

/// "1abc" of "folder/1abc.pdb.gz".
[[nodiscard]] std::string structureStem(const std::filesystem::path& path);

}  // namespace twofold::bio
