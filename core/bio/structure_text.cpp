#include "core/bio/structure_text.h"

#include <algorithm>

#include "core/base/byte_source.h"
#include "core/base/error.h"

namespace twofold::bio {

namespace {

constexpr std::size_t kLargestText = std::size_t{1} << 30;
constexpr std::string_view kBlank = " \t\r\n";

}  // namespace

std::string readStructureText(const std::filesystem::path& path) {
  std::string text = readInflated(path, kLargestText);
  const std::size_t nul = text.find('\0');
  if (nul != std::string::npos) {
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    throw badInput(path.string(), static_cast<std::size_t>(line),
                   "there is a NUL byte; the file is damaged or no text, fetch it again");
  }
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first != std::string::npos && text[first] == '{') {
    throw badInput(path.string(), 1, "this is JSON; save the structure as PDB or mmCIF");
  }
  return text;
}

bool isCif(std::string_view text) {
  std::size_t at = text.find_first_not_of(kBlank);
  while (at != std::string_view::npos && text[at] == '#') {
    at = text.find_first_not_of(kBlank, std::min(text.find('\n', at), text.size()));
  }
  if (at == std::string_view::npos) {
    return false;
  }
  const std::string_view word = text.substr(at, 5);
  return word == "data_" || word == "DATA_";
}

bool isUniProt(std::string_view database) {
  return database == "UNP" || database == "SWS";
}

std::string structureStem(const std::filesystem::path& path) {
  const auto name = path.extension() == ".gz" ? path.stem() : path.filename();
  return name.stem().string();
}

}  // namespace twofold::bio
