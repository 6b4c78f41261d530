// A saved index: one safetensors file with the vectors as they are compared; INDEX.md specifies it.
#pragma once

#include <filesystem>
#include <string>

#include "core/formats/safetensors.h"
#include "core/retrieval/vector_index.h"

namespace twofold::retrieval {

struct IndexContent {
  Distance distance = Distance::SquaredL2;
  std::string hash;  // contentHash() of the vectors that the index was made from
  VectorsView vectors;
};

void writeIndexFile(const std::filesystem::path& file, const IndexContent& content);

/// A memory-mapped file, checked to the last byte. Throws Error: NotFound, BadInput, Io.
class IndexFile {
 public:
  explicit IndexFile(const std::filesystem::path& file);
  /// Valid while the file lives.
  [[nodiscard]] const IndexContent& content() const { return m_content; }

 private:
  formats::SafetensorsFile m_file;
  IndexContent m_content;
};

}  // namespace twofold::retrieval
