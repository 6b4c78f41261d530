#include "core/formats/zip_archive.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::formats {

namespace {

// APPNOTE 4.3.7, 4.3.12, 4.3.16: the records' first bytes and their fixed sizes.
constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryEntry = 0x02014b50;
constexpr std::size_t kLocalHeaderSize = 30;
constexpr std::size_t kDirectoryEntrySize = 46;
constexpr std::size_t kDirectoryEndSize = 22;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint32_t kInZip64 = 0xffffffff;

/// An archive is read as a whole; the largest that anybody publishes here has 70 MiB.
constexpr std::uintmax_t kLargestArchive = std::uintmax_t{512} << 20;
/// Deflate makes at most 258 bytes of two bits.
constexpr std::uint64_t kLargestRatio = 1032;
constexpr std::uint64_t kLargestContent = std::uint64_t{1} << 30;

std::size_t findDirectoryEnd(std::string_view bytes) {
  constexpr char kMark[] = {'P', 'K', 5, 6};
  const std::size_t reach = kDirectoryEndSize + kLongestComment;
  const std::string_view tail =
      bytes.substr(bytes.size() > reach ? bytes.size() - reach : std::size_t{0});
  const std::size_t found = tail.rfind(std::string_view(kMark, sizeof(kMark)));
  const bool isWhole = found != std::string_view::npos && found + kDirectoryEndSize <= tail.size();
  return isWhole ? bytes.size() - tail.size() + found : std::string_view::npos;
}

}  // namespace

template <class Number>
Number ZipArchive::number(std::size_t at) const {
  if (at > m_bytes.size() || m_bytes.size() - at < sizeof(Number)) {
    throw badInput(m_file, 0, "the archive is cut short; fetch the file again");
  }
  Number value = 0;
  std::memcpy(&value, m_bytes.data() + at, sizeof(Number));
  return value;
}

ZipArchive::ZipArchive(const std::filesystem::path& path)
    : m_file(path.string()), m_bytes(readFile(path, kLargestArchive)) {
  const std::size_t end = findDirectoryEnd(m_bytes);
  if (end == std::string::npos) {
    throw badInput(m_file, 0, "this is no zip archive, or it is cut short; fetch the file again");
  }
  const auto count = number<std::uint16_t>(end + 10);
  const auto directory = number<std::uint32_t>(end + 16);
  if (directory == kInZip64 || count == 0xffff) {
    throw badInput(m_file, 0, "zip64 archives are not read; save it with fewer, smaller arrays");
  }
  std::size_t at = directory;
  for (std::uint16_t i = 0; i < count; ++i) {
    m_entries.push_back(readEntry(at));
  }
  checkEntries(directory);
}

ZipArchive::Entry ZipArchive::readEntry(std::size_t& at) const {
  if (number<std::uint32_t>(at) != kDirectoryEntry) {
    throw badInput(m_file, 0, "the archive's directory is damaged; fetch the file again");
  }
  const auto flags = number<std::uint16_t>(at + 8);
  const auto method = number<std::uint16_t>(at + 10);
  Entry entry;
  entry.checksum = number<std::uint32_t>(at + 16);
  entry.storedSize = number<std::uint32_t>(at + 20);
  entry.size = number<std::uint32_t>(at + 24);
  const auto nameSize = number<std::uint16_t>(at + 28);
  const std::size_t after =
      nameSize + std::size_t{number<std::uint16_t>(at + 30)} + number<std::uint16_t>(at + 32);
  const auto localHeader = number<std::uint32_t>(at + 42);
  if (m_bytes.size() - at - kDirectoryEntrySize < after ||
      m_bytes.size() - at < kDirectoryEntrySize) {
    throw badInput(m_file, 0, "the archive's directory is cut short; fetch the file again");
  }
  entry.name = m_bytes.substr(at + kDirectoryEntrySize, nameSize);
  if ((flags & kEncrypted) != 0 || (method != kStored && method != kDeflated)) {
    throw badInput(m_file, 0,
                   fmt::format("\"{}\" is encrypted or packed in a way that is not read; only "
                               "stored and deflated entries are",
                               entry.name));
  }
  if (entry.size == kInZip64 || entry.storedSize == kInZip64 || localHeader == kInZip64) {
    throw badInput(m_file, 0,
                   fmt::format("\"{}\" is a zip64 entry, which is not read", entry.name));
  }
  entry.isDeflated = method == kDeflated;
  findData(entry, localHeader);
  at += kDirectoryEntrySize + after;
  return entry;
}

void ZipArchive::findData(Entry& entry, std::uint64_t localHeader) const {
  if (number<std::uint32_t>(localHeader) != kLocalHeader) {
    throw badInput(m_file, 0, fmt::format("\"{}\" is not where the directory says", entry.name));
  }
  entry.begin = localHeader + kLocalHeaderSize + number<std::uint16_t>(localHeader + 26) +
                number<std::uint16_t>(localHeader + 28);
  if (entry.begin > m_bytes.size() || m_bytes.size() - entry.begin < entry.storedSize) {
    throw badInput(m_file, 0, fmt::format("\"{}\" is cut short; fetch the file again", entry.name));
  }
  const bool isPossible = entry.isDeflated ? entry.size <= entry.storedSize * kLargestRatio
                                           : entry.size == entry.storedSize;
  if (!isPossible) {
    throw badInput(m_file, 0,
                   fmt::format("\"{}\" claims {} bytes, which its {} stored bytes cannot hold",
                               entry.name, entry.size, entry.storedSize));
  }
}

void ZipArchive::checkEntries(std::uint64_t directory) const {
  std::set<std::string_view> names;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  std::uint64_t content = 0;
  for (const Entry& entry : m_entries) {
    if (!names.insert(entry.name).second) {
      throw badInput(m_file, 0, fmt::format("\"{}\" is there twice", entry.name));
    }
    ranges.emplace_back(entry.begin, entry.begin + entry.storedSize);
    content += entry.size;
  }
  if (content > kLargestContent) {
    throw badInput(
        m_file, 0,
        fmt::format("it inflates to {} bytes, more than the {} allowed", content, kLargestContent));
  }
  std::sort(ranges.begin(), ranges.end());
  ranges.emplace_back(directory, directory);
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first < ranges[i - 1].second) {
      throw badInput(m_file, 0, "entries of the archive overlap; fetch the file again");
    }
  }
}

std::string ZipArchive::read(const Entry& entry) const {
  std::string bytes = entry.isDeflated ? inflated(entry) : m_bytes.substr(entry.begin, entry.size);
  const auto checksum = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  if (checksum != entry.checksum) {
    throw badInput(m_file, 0, fmt::format("\"{}\" is damaged; fetch the file again", entry.name));
  }
  return bytes;
}

std::string ZipArchive::inflated(const Entry& entry) const {
  std::string bytes(entry.size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    throw Error(ErrorKind::Memory, fmt::format("{}: no memory to inflate it", m_file));
  }
  auto* input = const_cast<char*>(m_bytes.data() + entry.begin);  // zlib's old interface
  stream.next_in = reinterpret_cast<Bytef*>(input);
  stream.avail_in = static_cast<uInt>(entry.storedSize);
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(entry.size);
  const int status = inflate(&stream, Z_FINISH);
  const bool isWhole = status == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  if (!isWhole) {
    throw badInput(m_file, 0, fmt::format("\"{}\" is damaged; fetch the file again", entry.name));
  }
  return bytes;
}

}  // namespace twofold::formats
