// Writes a safetensors file tensor by tensor, for more than fits into memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/formats/safetensors.h"
#include "core/formats/safetensors_header.h"

namespace twofold::formats {

/// Room that suffices for the header of tensors with these names, any type, and up to two
/// dimensions.
[[nodiscard]] std::size_t headerRoom(const std::vector<std::string>& names,
                                     const std::map<std::string, std::string>& metadata);

/// A temp file beside `path` until finish(). Tensors lie in the order in which they came; the
/// header, which stands before them, is written last. Errors: Error(Io).
class SafetensorsStream {
 public:
  /// `room`: bytes for the header and its length.
  SafetensorsStream(const std::filesystem::path& path, std::size_t room);
  /// Removes a file that was not finished.
  ~SafetensorsStream();
  SafetensorsStream(const SafetensorsStream&) = delete;
  SafetensorsStream& operator=(const SafetensorsStream&) = delete;

  void add(const std::string& name, const TensorView& tensor);
  /// fsync and rename. Throws Error(Internal) when the header needs more than its room.
  void finish(const std::map<std::string, std::string>& metadata);

 private:
  void throwIfFailed() const;

  std::filesystem::path m_path;
  std::filesystem::path m_temporary;
  std::size_t m_room;
  std::ofstream m_file;
  std::vector<TensorPlace> m_places;
};

}  // namespace twofold::formats
