// The files inside a zip archive (PKWARE APPNOTE 6.3, without encryption, spanning or zip64), with
// every size checked against the archive's own before memory is taken.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace twofold::formats {

class ZipArchive {
 public:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;  // inflated
    bool isDeflated = false;
    std::uint64_t begin = 0;  // of its stored bytes in the archive
    std::uint64_t storedSize = 0;
    std::uint32_t checksum = 0;  // CRC-32 of the inflated bytes
  };

  /// Reads the directory. Throws Error: NotFound, BadInput (no zip archive, cut short, entries that
  /// overlap, come twice, or claim more bytes than deflate can make of theirs), Io.
  explicit ZipArchive(const std::filesystem::path& path);

  [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
  /// The entry's bytes, inflated. Throws Error(BadInput) when they are damaged.
  [[nodiscard]] std::string read(const Entry& entry) const;

 private:
  [[nodiscard]] Entry readEntry(std::size_t& at) const;
  void findData(Entry& entry, std::uint64_t localHeader) const;
  void checkEntries(std::uint64_t directory) const;
  template <class Number>
  [[nodiscard]] Number number(std::size_t at) const;
  [[nodiscard]] std::string inflated(const Entry& entry) const;

  std::string m_file;
  std::string m_bytes;
  std::vector<Entry> m_entries;
};

}  // namespace twofold::formats
