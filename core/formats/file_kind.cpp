#include "core/formats/file_kind.h"

#include <array>
#include <string_view>

#include "core/base/byte_source.h"

namespace twofold::formats {

FileKind fileKind(const std::filesystem::path& path) {
  std::array<char, 4096> first;
  ByteSource source(path);
  std::size_t size = 0;
  for (std::size_t more = 1; more > 0 && size < first.size(); size += more) {
    more = source.read(std::span(first).subspan(size));
  }
  std::string_view text(first.data(), size);
  if (text.starts_with(std::string_view("SQLite format 3\0", 16))) {
    return FileKind::Sqlite;
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (text.starts_with('>')) {
    return FileKind::Fasta;
  }
  if (text.starts_with('<')) {
    return FileKind::UniprotXml;
  }
  return text.starts_with("ID   ") ? FileKind::UniprotText : FileKind::Unknown;
}

}  // namespace twofold::formats
