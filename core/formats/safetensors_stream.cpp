#include "core/formats/safetensors_stream.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/system_reason.h"

namespace twofold::formats {

std::size_t headerRoom(const std::vector<std::string>& names,
                       const std::map<std::string, std::string>& metadata) {
  constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
  std::vector<TensorPlace> places;
  places.reserve(names.size());
  for (const auto& name : names) {
    places.push_back({name, TensorType::BF16, {kLargest, kLargest}, kLargest, kLargest});
  }
  return headerBytes(places, metadata).size();
}

SafetensorsStream::SafetensorsStream(const std::filesystem::path& path, std::size_t room)
    : m_path(path),
      m_temporary(fmt::format("{}.{}.tmp", path.string(), ::getpid())),
      m_room(room),
      m_file(m_temporary, std::ios::binary | std::ios::trunc) {
  throwIfFailed();
  m_file.seekp(static_cast<std::streamoff>(m_room));
}

SafetensorsStream::~SafetensorsStream() {
  std::error_code ignored;
  std::filesystem::remove(m_temporary, ignored);
}

void SafetensorsStream::add(const std::string& name, const TensorView& tensor) {
  m_places.push_back(placeOf(name, tensor, m_places.empty() ? 0 : m_places.back().end));
  m_file.write(reinterpret_cast<const char*>(tensor.bytes.data()),
               static_cast<std::streamsize>(tensor.bytes.size()));
  throwIfFailed();
}

void SafetensorsStream::finish(const std::map<std::string, std::string>& metadata) {
  const std::string header = headerBytes(m_places, metadata, m_room);
  if (header.size() != m_room) {
    throw Error(ErrorKind::Internal, fmt::format("{}: a header of {} bytes has room for {}",
                                                 m_path.string(), header.size(), m_room));
  }
  m_file.seekp(0);
  m_file.write(header.data(), static_cast<std::streamsize>(header.size()));
  m_file.close();
  throwIfFailed();
  commitFile(m_temporary, m_path);
}

void SafetensorsStream::throwIfFailed() const {
  if (!m_file) {
    throw Error(ErrorKind::Io, fmt::format("{}: cannot be written: {}", m_temporary.string(),
                                           systemReason(errno)));
  }
}

}  // namespace twofold::formats
