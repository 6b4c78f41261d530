// The safetensors container (huggingface/safetensors, format of 2022): bounded reader, writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace twofold::formats {

enum class TensorType { F32, F16, BF16, I8, I32, I64, F64 };

[[nodiscard]] std::size_t bytesPerElement(TensorType type) noexcept;

/// One tensor: row-major, little endian, `bytes` owned by whoever made the view.
struct TensorView {
  TensorType type = TensorType::F32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
};

/// A read-only memory-mapped file; views stay valid while it lives.
class SafetensorsFile {
 public:
  /// Checks the whole header: size <= 100,000,000, no holes, overlaps or duplicate names, each
  /// tensor's bytes = shape x type without overflow. Throws Error: NotFound, BadInput, Io.
  explicit SafetensorsFile(const std::filesystem::path& path);
  ~SafetensorsFile();
  SafetensorsFile(SafetensorsFile&&) noexcept;
  SafetensorsFile& operator=(SafetensorsFile&&) noexcept;

  [[nodiscard]] const std::map<std::string, TensorView>& tensors() const;
  /// Throws Error(BadInput) naming the file and the tensor when it is missing.
  [[nodiscard]] const TensorView& tensor(const std::string& name) const;
  [[nodiscard]] const std::map<std::string, std::string>& metadata() const;

 private:
  struct Mapping;
  std::unique_ptr<Mapping> m_mapping;
};

/// Written by temp file, fsync, rename. Tensor data starts at a multiple of 8 bytes.
void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, TensorView>& tensors,
                      const std::map<std::string, std::string>& metadata = {});

}  // namespace twofold::formats
