#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/bounded_json.h"
#include "core/formats/safetensors.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kAlignment = 8;

std::string_view typeName(TensorType type) {
  switch (type) {
    case TensorType::F32:
      return "F32";
    case TensorType::F16:
      return "F16";
    case TensorType::BF16:
      return "BF16";
    case TensorType::I8:
      return "I8";
    case TensorType::I32:
      return "I32";
    case TensorType::I64:
      return "I64";
    case TensorType::F64:
      return "F64";
  }
  throw Error(ErrorKind::Internal, "unknown tensor type");
}

using Entry = std::map<std::string, TensorView>::value_type;

/// Widest elements first, as the reference writer does: no holes are allowed, and in this order
/// each tensor still starts at a multiple of its element's size.
std::vector<const Entry*> ordered(const std::map<std::string, TensorView>& tensors) {
  std::vector<const Entry*> entries;
  entries.reserve(tensors.size());
  for (const auto& entry : tensors) {
    entries.push_back(&entry);
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry* left, const Entry* right) {
    return bytesPerElement(left->second.type) > bytesPerElement(right->second.type);
  });
  return entries;
}

void checkSize(const Entry& entry) {
  std::size_t bytes = bytesPerElement(entry.second.type);
  for (const std::int64_t extent : entry.second.shape) {
    bytes *= static_cast<std::size_t>(extent);
  }
  if (bytes != entry.second.bytes.size() || entry.first == "__metadata__") {
    throw Error(ErrorKind::Internal,
                fmt::format("tensor \"{}\" of {} bytes cannot be written: its shape and type need "
                            "{}, and __metadata__ is no name",
                            entry.first, entry.second.bytes.size(), bytes));
  }
}

std::string makeHeader(const std::vector<const Entry*>& entries,
                       const std::map<std::string, std::string>& metadata) {
  Json header = Json::object();
  if (!metadata.empty()) {
    header["__metadata__"] = metadata;
  }
  std::size_t offset = 0;
  for (const Entry* entry : entries) {
    checkSize(*entry);
    const std::size_t end = offset + entry->second.bytes.size();
    header[entry->first] = {{"dtype", typeName(entry->second.type)},
                            {"shape", entry->second.shape},
                            {"data_offsets", {offset, end}}};
    offset = end;
  }
  try {
    std::string text = header.dump();
    // The length before the header has eight bytes itself.
    text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
    return text;
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::Internal,
                fmt::format("a tensor's name or metadata is no UTF-8 text: {}", error.what()));
  }
}

void writeBytes(std::ofstream& file, std::span<const std::byte> bytes) {
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

void writeTo(const std::filesystem::path& path, const std::string& header,
             const std::vector<const Entry*>& entries) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  const std::uint64_t length = header.size();
  writeBytes(file, std::as_bytes(std::span(&length, 1)));
  writeBytes(file, std::as_bytes(std::span(header)));
  for (const Entry* entry : entries) {
    writeBytes(file, entry->second.bytes);
  }
  file.close();
  if (!file) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be written: {}", path.string(), std::strerror(errno)));
  }
}

}  // namespace

void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, TensorView>& tensors,
                      const std::map<std::string, std::string>& metadata) {
  const auto entries = ordered(tensors);
  const std::string header = makeHeader(entries, metadata);
  const std::filesystem::path temporary = fmt::format("{}.{}.tmp", path.string(), ::getpid());
  try {
    writeTo(temporary, header, entries);
    commitFile(temporary, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

}  // namespace twofold::formats
