// NumPy's archive of arrays (.npz of numpy.savez; NEP 1 for the arrays in it). Never a pickle:
// arrays of Python objects are refused.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/safetensors.h"

namespace twofold::formats {

/// Its arrays by name, without ".npy", row-major whatever order they were saved in. Views stay
/// valid while it lives.
class NpzFile {
 public:
  /// Float and integer arrays, little endian. Throws Error: NotFound; BadInput for what is no such
  /// archive, damaged, or of another type, with the array's name; Io.
  explicit NpzFile(const std::filesystem::path& path);
  NpzFile(NpzFile&&) = default;
  NpzFile& operator=(NpzFile&&) = default;

  [[nodiscard]] const std::string& fileName() const { return m_file; }
  [[nodiscard]] const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
  /// Throws Error(BadInput) naming the file and the nearest array when it is missing.
  [[nodiscard]] const TensorView& tensor(const std::string& name) const;

 private:
  std::string m_file;
  std::vector<std::string> m_bytes;
  std::map<std::string, TensorView> m_tensors;
};

/// What an array's header says (NEP 1).
struct NpyHeader {
  TensorType type = TensorType::F32;
  bool isColumnMajor = false;
  std::vector<std::int64_t> shape;
  std::size_t dataBegin = 0;  // bytes from the array's start
};

/// `array` is a whole .npy file; `file` names it in errors. Throws Error(BadInput) also when its
/// data are not of the size that type and shape ask for.
[[nodiscard]] NpyHeader readNpyHeader(std::string_view array, const std::string& file);

}  // namespace twofold::formats
