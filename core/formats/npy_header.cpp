#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/formats/npz.h"

namespace twofold::formats {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kLongestHeader = 65536;
constexpr std::size_t kMostDimensions = 32;  // NumPy's own bound

/// The header's one Python dictionary: descr, fortran_order, shape, in any order.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, const std::string& file) : m_text(text), m_file(file) {}

  NpyHeader read() {
    expect('{');
    while (!accept('}')) {
      readField(quoted());
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipBlanks();
    if (!m_text.empty() || !m_type || !m_isColumnMajor || !m_shape) {
      throw wrong("its header lacks descr, fortran_order or shape, or holds more");
    }
    return {*m_type, *m_isColumnMajor, *m_shape, 0};
  }

 private:
  [[nodiscard]] Error wrong(std::string_view reason) const { return badInput(m_file, 0, reason); }

  void readField(std::string_view key) {
    expect(':');
    if (key == "descr" && !m_type) {
      m_type = type();
    } else if (key == "fortran_order" && !m_isColumnMajor) {
      m_isColumnMajor = boolean();
    } else if (key == "shape" && !m_shape) {
      m_shape = shape();
    } else {
      throw wrong(fmt::format("its header has an unexpected \"{}\"", key));
    }
  }

  void skipBlanks() {
    while (!m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\n')) {
      m_text.remove_prefix(1);
    }
  }
  bool accept(char letter) {
    skipBlanks();
    if (m_text.empty() || m_text.front() != letter) {
      return false;
    }
    m_text.remove_prefix(1);
    return true;
  }
  void expect(char letter) {
    if (!accept(letter)) {
      throw wrong(fmt::format("its header lacks a \"{}\"", letter));
    }
  }
  std::string_view quoted() {
    skipBlanks();
    const char quote = m_text.empty() ? '\0' : m_text.front();
    const std::size_t end = quote == '\'' || quote == '"' ? m_text.find(quote, 1) : m_text.npos;
    if (end == m_text.npos) {
      throw wrong("its header has no word in quotes where one belongs");
    }
    const auto word = m_text.substr(1, end - 1);
    m_text.remove_prefix(end + 1);
    return word;
  }
  bool boolean() {
    skipBlanks();
    for (const auto& [word, value] : {std::pair("True", true), std::pair("False", false)}) {
      if (m_text.starts_with(word)) {
        m_text.remove_prefix(std::strlen(word));
        return value;
      }
    }
    throw wrong("its fortran_order is neither True nor False");
  }
  TensorType type() {
    skipBlanks();
    if (m_text.starts_with('[')) {
      throw wrong("it is an array of records; save each field as an array of its own");
    }
    const auto word = quoted();
    constexpr std::array<std::pair<std::string_view, TensorType>, 6> kTypes = {{
        {"<f4", TensorType::F32},
        {"<f8", TensorType::F64},
        {"<f2", TensorType::F16},
        {"<i4", TensorType::I32},
        {"<i8", TensorType::I64},
        {"|i1", TensorType::I8},
    }};
    for (const auto& [name, known] : kTypes) {
      if (word == name) {
        return known;
      }
    }
    if (word.find('O') != word.npos) {
      throw wrong(
          "it holds Python objects, a pickle, which can run any program and is never read; save "
          "it as an array of float32");
    }
    throw wrong(
        fmt::format("its type \"{}\" is not one of <f4, <f8, <f2, <i4, <i8, |i1; save it as "
                    "float32",
                    word));
  }
  std::vector<std::int64_t> shape() {
    std::vector<std::int64_t> extents;
    expect('(');
    while (!accept(')')) {
      skipBlanks();
      std::int64_t extent = 0;
      const auto parsed = std::from_chars(m_text.data(), m_text.data() + m_text.size(), extent);
      if (parsed.ec != std::errc() || extent < 0 || extents.size() == kMostDimensions) {
        throw wrong("its shape is no list of sizes");
      }
      m_text.remove_prefix(static_cast<std::size_t>(parsed.ptr - m_text.data()));
      extents.push_back(extent);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return extents;
  }

  std::string_view m_text;
  const std::string& m_file;
  std::optional<TensorType> m_type;
  std::optional<bool> m_isColumnMajor;
  std::optional<std::vector<std::int64_t>> m_shape;
};

/// Nothing when the shape holds more than 2^63 bytes.
std::optional<std::uint64_t> bytesOf(const NpyHeader& header) {
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t bytes = bytesPerElement(header.type);
  for (const auto extent : header.shape) {
    const auto count = static_cast<std::uint64_t>(extent);
    if (count != 0 && bytes > kLargest / count) {
      return std::nullopt;
    }
    bytes *= count;
  }
  return bytes;
}

}  // namespace

NpyHeader readNpyHeader(std::string_view array, const std::string& file) {
  const std::size_t fixed = kMagic.size() + 2;
  if (array.size() < fixed + 2 || !array.starts_with(kMagic)) {
    throw badInput(file, 0, "it does not start as an array of NumPy's");
  }
  const int version = static_cast<unsigned char>(array[kMagic.size()]);
  if (version < 1 || version > 3 || array[kMagic.size() + 1] != 0) {
    throw badInput(file, 0, fmt::format("its format {} is not 1, 2 or 3", version));
  }
  const std::size_t lengthSize = version == 1 ? 2 : 4;
  std::uint32_t length = 0;
  if (array.size() >= fixed + lengthSize) {
    std::memcpy(&length, array.data() + fixed, lengthSize);
  }
  const std::size_t textBegin = fixed + lengthSize;
  if (length == 0 || length > kLongestHeader || array.size() - textBegin < length) {
    throw badInput(file, 0, "its header is cut short or too long; fetch the file again");
  }
  NpyHeader header = HeaderReader(array.substr(textBegin, length), file).read();
  header.dataBegin = textBegin + length;
  const auto bytes = bytesOf(header);
  if (!bytes || *bytes != array.size() - header.dataBegin) {
    throw badInput(file, 0,
                   fmt::format("it has {} bytes of data, not what its type and shape ask for",
                               array.size() - header.dataBegin));
  }
  return header;
}

}  // namespace twofold::formats
