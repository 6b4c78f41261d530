#include "core/weights/licence.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>

namespace twofold::weights {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestText = std::size_t{64} << 10;
constexpr std::size_t kLongestName = 80;

/// The start of a regular file, without control characters other than line ends and tabs.
std::string startOf(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) {
    return {};
  }
  std::string text(kLongestText, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  std::erase_if(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  });
  return text;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kAround = " \t\"'";
  const auto first = text.find_first_not_of(kAround);
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(kAround) - first + 1);
}

std::string_view takeLine(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The YAML between the first two lines "---", taken off `card`; nothing, and all of `card` stays,
/// where it does not begin or never ends.
std::string_view takeFrontMatter(std::string_view& card) {
  std::string_view rest = card;
  if (trimmed(takeLine(rest)) != "---") {
    return {};
  }
  const std::string_view inside = rest;
  while (!rest.empty()) {
    const auto line = takeLine(rest);
    if (trimmed(line) == "---") {
      card = rest;
      return inside.substr(0, static_cast<std::size_t>(line.data() - inside.data()));
    }
  }
  return {};
}

/// "license" and "license_name" of the front matter: plain values alone.
std::string nameFromCard(std::string_view card) {
  std::string name;
  for (auto matter = takeFrontMatter(card); !matter.empty();) {
    const auto line = takeLine(matter);
    for (const std::string_view key : {"license:", "license_name:"}) {
      const auto value = line.starts_with(key) ? trimmed(line.substr(key.size())) : "";
      if (!value.empty() && (name.empty() || name == "other")) {
        name = value.substr(0, kLongestName);
      }
    }
  }
  return name;
}

std::string firstWords(std::string_view text) {
  while (!text.empty()) {
    const auto line = trimmed(takeLine(text));
    if (std::any_of(line.begin(), line.end(),
                    [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; })) {
      return std::string(line.substr(0, kLongestName));
    }
  }
  return {};
}

}  // namespace

Licence readLicence(const fs::path& folder) {
  constexpr std::array<const char*, 9> kNames = {"LICENSE",     "LICENCE",     "LICENSE.txt",
                                                 "LICENCE.txt", "LICENSE.md",  "LICENCE.md",
                                                 "COPYING",     "license.txt", "WEIGHTS_LICENSE"};
  Licence licence;
  for (const char* name : kNames) {
    if (licence.text.empty()) {
      licence.text = startOf(folder / name);
    }
  }
  licence.name = nameFromCard(startOf(folder / "README.md"));
  if (licence.name.empty()) {
    licence.name = firstWords(licence.text);
  }
  return licence;
}

std::string readModelCard(const fs::path& folder) {
  const std::string text = startOf(folder / "README.md");
  std::string_view card = text;
  takeFrontMatter(card);
  return std::string(card);
}

}  // namespace twofold::weights
