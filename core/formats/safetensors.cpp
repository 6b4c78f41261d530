#include "core/formats/safetensors.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/system_reason.h"
#include "core/formats/bounded_json.h"
#include "core/formats/safetensors_header.h"

namespace twofold::formats {

static_assert(std::endian::native == std::endian::little, "safetensors data is little endian");

namespace {

constexpr std::size_t kPrefix = 8;  // the header's length

std::optional<TensorType> tensorType(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, TensorType>, 7> kTypes = {{
      {"F32", TensorType::F32},
      {"F16", TensorType::F16},
      {"BF16", TensorType::BF16},
      {"I8", TensorType::I8},
      {"I32", TensorType::I32},
      {"I64", TensorType::I64},
      {"F64", TensorType::F64},
  }};
  for (const auto& [name, type] : kTypes) {
    if (name == text) {
      return type;
    }
  }
  return std::nullopt;
}

struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  const std::string* name = nullptr;
};

}  // namespace

struct SafetensorsFile::Mapping {
  std::string file;
  void* address = MAP_FAILED;
  std::size_t size = 0;
  std::map<std::string, TensorView> tensors;
  std::map<std::string, std::string> metadata;

  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (address != MAP_FAILED) {
      ::munmap(address, size);
    }
  }

  [[nodiscard]] Error wrong(std::string_view reason) const { return badInput(file, 0, reason); }
  [[nodiscard]] Error wrong(const std::string& tensor, std::string_view reason) const {
    return wrong(fmt::format("tensor \"{}\": {}", tensor, reason));
  }
  [[nodiscard]] Error failed(std::string_view action) const {
    return {ErrorKind::Io, fmt::format("{}: {}: {}", file, action, systemReason(errno))};
  }

  void map(const std::filesystem::path& path);
  void readHeader();
  void readMetadata(const Json& value);
  Range readTensor(const std::string& name, const Json& value, std::span<const std::byte> data);
  std::uint64_t byteCount(const std::string& name, const Json& shape, TensorView& view) const;
  void checkCoverage(std::vector<Range>& ranges, std::uint64_t dataSize) const;
};

void SafetensorsFile::Mapping::map(const std::filesystem::path& path) {
  file = path.string();
  const int descriptor =
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // else a pipe would hold up
  if (descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      throw Error(ErrorKind::NotFound, fmt::format("{}: there is no such file", file));
    }
    throw failed("cannot be opened");
  }
  struct stat info {};
  const bool known = ::fstat(descriptor, &info) == 0;
  if (known && S_ISREG(info.st_mode) && info.st_size > 0) {
    size = static_cast<std::size_t>(info.st_size);
    address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  const int reason = errno;
  ::close(descriptor);
  if (known && !S_ISREG(info.st_mode)) {
    throw wrong("this is no file");
  }
  if (known && info.st_size == 0) {
    throw wrong("the file is empty");
  }
  if (address == MAP_FAILED) {
    errno = reason;
    throw failed("cannot be mapped");
  }
}

void SafetensorsFile::Mapping::readHeader() {
  const std::span<const std::byte> bytes(static_cast<const std::byte*>(address), size);
  if (size < kPrefix) {
    throw wrong("too short to be a safetensors file");
  }
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kPrefix);
  if (length > kLargestHeader) {
    throw wrong(
        fmt::format("the header is said to have {} bytes, more than the {} allowed; this "
                    "is no safetensors file",
                    length, kLargestHeader));
  }
  if (length > size - kPrefix) {
    throw wrong(fmt::format("the header of {} bytes is cut short; fetch the file again", length));
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + kPrefix, length);
  if (!text.starts_with('{')) {
    throw wrong("the header does not start with \"{\"; this is no safetensors file");
  }
  const Json header = parseJson(text, file);
  const auto data = bytes.subspan(kPrefix + length);
  std::vector<Range> ranges;
  for (const auto& [name, value] : header.items()) {
    if (name == kMetadataKey) {
      readMetadata(value);
    } else {
      ranges.push_back(readTensor(name, value, data));
    }
  }
  checkCoverage(ranges, data.size());
}

void SafetensorsFile::Mapping::readMetadata(const Json& value) {
  if (!value.is_object()) {
    throw wrong("__metadata__ is no object");
  }
  for (const auto& [key, text] : value.items()) {
    if (!text.is_string()) {
      throw wrong(fmt::format("__metadata__ \"{}\" is no string", key));
    }
    metadata[key] = text.get<std::string>();
  }
}

std::uint64_t SafetensorsFile::Mapping::byteCount(const std::string& name, const Json& shape,
                                                  TensorView& view) const {
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!shape.is_array()) {
    throw wrong(name, "the shape is no list");
  }
  std::uint64_t bytes = bytesPerElement(view.type);
  for (const auto& extent : shape) {
    if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > kLargest) {
      throw wrong(name, fmt::format("{} is no size", extent.dump()));
    }
    const auto count = extent.get<std::uint64_t>();
    view.shape.push_back(static_cast<std::int64_t>(count));
    if (count != 0 && bytes > kLargest / count) {
      throw wrong(name, "its shape holds more bytes than any file");
    }
    bytes *= count;
  }
  return bytes;
}

Range SafetensorsFile::Mapping::readTensor(const std::string& name, const Json& value,
                                           std::span<const std::byte> data) {
  if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") ||
      !value.contains("data_offsets")) {
    throw wrong(name, "dtype, shape and data_offsets are needed");
  }
  const Json& type = value.at("dtype");
  const auto known = type.is_string() ? tensorType(type.get_ref<const std::string&>())
                                      : std::optional<TensorType>();
  if (!known) {
    throw wrong(name, fmt::format("type {} is not one of F32, F16, BF16, I8, I32, I64, F64",
                                  type.dump(-1, ' ', false, Json::error_handler_t::replace)));
  }
  TensorView view;
  view.type = *known;
  const std::uint64_t bytes = byteCount(name, value.at("shape"), view);
  const Json& offsets = value.at("data_offsets");
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned()) {
    throw wrong(name, "data_offsets are not two sizes");
  }
  Range range{offsets[0].get<std::uint64_t>(), offsets[1].get<std::uint64_t>(), nullptr};
  if (range.begin > range.end || range.end > data.size()) {
    throw wrong(name, fmt::format("bytes {} to {} are outside the {} bytes of data; fetch the file "
                                  "again",
                                  range.begin, range.end, data.size()));
  }
  if (range.end - range.begin != bytes) {
    throw wrong(name, fmt::format("it has {} bytes, its shape and type need {}",
                                  range.end - range.begin, bytes));
  }
  view.bytes = data.subspan(range.begin, range.end - range.begin);
  range.name = &tensors.emplace(name, std::move(view)).first->first;
  return range;
}

void SafetensorsFile::Mapping::checkCoverage(std::vector<Range>& ranges,
                                             std::uint64_t dataSize) const {
  std::sort(ranges.begin(), ranges.end(), [](const Range& left, const Range& right) {
    return std::pair(left.begin, left.end) < std::pair(right.begin, right.end);
  });
  std::uint64_t reached = 0;
  for (const auto& range : ranges) {
    if (range.begin != reached) {
      throw wrong(*range.name, range.begin < reached ? "it overlaps another tensor"
                                                     : "there is a hole before it");
    }
    reached = range.end;
  }
  if (reached != dataSize) {
    throw wrong(fmt::format("{} bytes at the end belong to no tensor", dataSize - reached));
  }
}

std::size_t bytesPerElement(TensorType type) noexcept {
  switch (type) {
    case TensorType::I8:
      return 1;
    case TensorType::F16:
    case TensorType::BF16:
      return 2;
    case TensorType::F32:
    case TensorType::I32:
      return 4;
    case TensorType::I64:
    case TensorType::F64:
      return 8;
  }
  return 0;
}

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path)
    : m_mapping(std::make_unique<Mapping>()) {
  m_mapping->map(path);
  m_mapping->readHeader();
}

SafetensorsFile::~SafetensorsFile() = default;
SafetensorsFile::SafetensorsFile(SafetensorsFile&&) noexcept = default;
SafetensorsFile& SafetensorsFile::operator=(SafetensorsFile&&) noexcept = default;

const std::map<std::string, TensorView>& SafetensorsFile::tensors() const {
  return m_mapping->tensors;
}

const TensorView& SafetensorsFile::tensor(const std::string& name) const {
  const auto found = m_mapping->tensors.find(name);
  if (found == m_mapping->tensors.end()) {
    std::vector<std::string> names;
    for (const auto& [known, view] : m_mapping->tensors) {
      names.push_back(known);
    }
    throw m_mapping->wrong(
        fmt::format("there is no tensor \"{}\"{}", name, didYouMean(name, names)));
  }
  return found->second;
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const {
  return m_mapping->metadata;
}

}  // namespace twofold::formats
