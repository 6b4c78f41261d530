#include "core/formats/npz.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/formats/zip_archive.h"

namespace twofold::formats {

namespace {

constexpr std::string_view kSuffix = ".npy";
constexpr std::size_t kLargestArrays = 10'000;

std::span<std::byte> writable(std::string& bytes) {
  return std::as_writable_bytes(std::span(bytes.data(), bytes.size()));
}

/// Column-major to row-major: the first index of the old runs fastest.
std::string rowMajor(std::string_view data, const std::vector<std::int64_t>& shape,
                     std::size_t elementSize) {
  std::string rows(data.size(), '\0');
  std::vector<std::size_t> stride(shape.size());  // in elements of the row-major array
  std::size_t elements = 1;
  for (std::size_t d = shape.size(); d-- > 0;) {
    stride[d] = elements;
    elements *= static_cast<std::size_t>(shape[d]);
  }
  std::vector<std::int64_t> index(shape.size(), 0);
  std::size_t to = 0;
  for (std::size_t from = 0; from < elements; ++from) {
    std::memcpy(rows.data() + to * elementSize, data.data() + from * elementSize, elementSize);
    for (std::size_t d = 0; d < shape.size(); ++d) {
      to += stride[d];
      if (++index[d] < shape[d]) {
        break;
      }
      index[d] = 0;
      to -= stride[d] * static_cast<std::size_t>(shape[d]);
    }
  }
  return rows;
}

}  // namespace

NpzFile::NpzFile(const std::filesystem::path& path) : m_file(path.string()) {
  const ZipArchive archive(path);
  if (archive.entries().size() > kLargestArrays) {
    throw badInput(m_file, 0,
                   fmt::format("it holds {} arrays, more than the {} allowed",
                               archive.entries().size(), kLargestArrays));
  }
  m_bytes.reserve(archive.entries().size());  // views show into it
  for (const auto& entry : archive.entries()) {
    if (!entry.name.ends_with(kSuffix)) {
      throw badInput(m_file, 0, fmt::format("\"{}\" is no array of NumPy's", entry.name));
    }
    const auto name = entry.name.substr(0, entry.name.size() - kSuffix.size());
    std::string bytes = archive.read(entry);
    const NpyHeader header = readNpyHeader(bytes, fmt::format("{}: \"{}\"", m_file, name));
    std::size_t begin = header.dataBegin;
    if (header.isColumnMajor && header.shape.size() > 1) {
      bytes = rowMajor(std::string_view(bytes).substr(begin), header.shape,
                       bytesPerElement(header.type));
      begin = 0;
    }
    m_bytes.push_back(std::move(bytes));
    m_tensors[name] = {header.type, header.shape, writable(m_bytes.back()).subspan(begin)};
  }
}

const TensorView& NpzFile::tensor(const std::string& name) const {
  const auto found = m_tensors.find(name);
  if (found == m_tensors.end()) {
    std::vector<std::string> names;
    for (const auto& [known, view] : m_tensors) {
      names.push_back(known);
    }
    throw badInput(m_file, 0,
                   fmt::format("there is no array \"{}\"{}", name, didYouMean(name, names)));
  }
  return found->second;
}

}  // namespace twofold::formats
