#include "core/formats/tensor_rows.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"
#include "core/formats/safetensors_header.h"

namespace twofold::formats {

namespace {

template <class T>
std::vector<T> copied(std::span<const std::byte> bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) {
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  }
  return values;
}

template <class T, class Convert>
std::vector<float> converted(std::span<const std::byte> bytes, const Convert& convert) {
  std::vector<float> floats;
  floats.reserve(bytes.size() / sizeof(T));
  for (const T value : copied<T>(bytes)) {
    floats.push_back(convert(value));
  }
  return floats;
}

/// IEEE 754 binary16.
float fromHalf(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1f;
  const int fraction = bits & 0x3ff;
  float value = 0;
  if (exponent == 0x1f) {
    value = fraction == 0 ? std::numeric_limits<float>::infinity()
                          : std::numeric_limits<float>::quiet_NaN();
  } else if (exponent == 0) {
    value = std::ldexp(static_cast<float>(fraction), -24);
  } else {
    value = std::ldexp(static_cast<float>(fraction + 0x400), exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -value : value;
}

float fromBfloat16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

class TensorTable {
 public:
  TensorTable(const std::filesystem::path& path, bool perResidue, std::int64_t widest)
      : m_name(path.filename().string()), m_file(path), m_perResidue(perResidue), m_widest(widest) {
    if (m_file.tensors().empty()) {
      throw badInput(m_name, 0, "there are no tensors in the file");
    }
  }

  std::int64_t read(const std::function<void(const TensorRows&)>& take,
                    const std::function<void(std::int64_t, std::int64_t)>& consumed) {
    const auto values = m_file.tensors().find("values");
    if (values != m_file.tensors().end() && m_file.metadata().contains("ids")) {
      readTogether(values->second, take);
      return m_width;
    }
    const auto total = static_cast<std::int64_t>(m_file.tensors().size());
    std::int64_t done = 0;
    for (const auto& [id, tensor] : m_file.tensors()) {
      checkShape(id, tensor);
      const auto floats = floatsOf(tensor);
      take({id, m_perResidue ? tensor.shape[0] : 0, floats});
      if (consumed) {
        consumed(++done, total);
      }
    }
    return m_width;
  }

 private:
  [[nodiscard]] Error wrong(const std::string& tensor, std::string_view reason) const {
    return badInput(m_name, 0, fmt::format("tensor \"{}\": {}", tensor, reason));
  }

  void checkWidth(const std::string& id, std::int64_t width) {
    if (width < 1 || width > m_widest) {
      throw wrong(id, fmt::format("{} numbers a row; 1 to {} are allowed", width, m_widest));
    }
    if (m_width != 0 && width != m_width) {
      throw wrong(id,
                  fmt::format("{} numbers a row, where the first tensor has {}", width, m_width));
    }
    m_width = width;
  }

  void checkShape(const std::string& id, const TensorView& tensor) {
    const std::size_t wanted = m_perResidue ? 2 : 1;
    if (tensor.shape.size() != wanted) {
      throw wrong(id, fmt::format("{} dimensions, where {} needed{}", tensor.shape.size(),
                                  m_perResidue ? "residues and width are" : "the width alone is",
                                  m_perResidue ? "" : "; give --per-residue for rows of residues"));
    }
    checkWidth(id, tensor.shape.back());
  }

  [[nodiscard]] std::vector<std::string> ids(std::size_t wanted) const {
    const auto list = parseJson(m_file.metadata().at("ids"), m_name + ": ids");
    std::vector<std::string> ids;
    for (const auto& id : list) {
      if (!id.is_string()) {
        throw badInput(m_name, 0, "\"ids\" in the metadata must be a JSON list of texts");
      }
      ids.push_back(id.get<std::string>());
    }
    if (!list.is_array() || ids.size() != wanted) {
      throw badInput(m_name, 0,
                     fmt::format("\"ids\" in the metadata names {} proteins, and \"values\" has {} "
                                 "rows",
                                 ids.size(), wanted));
    }
    return ids;
  }

  void readTogether(const TensorView& values, const std::function<void(const TensorRows&)>& take) {
    if (m_perResidue || m_file.tensors().size() != 1 || values.shape.size() != 2) {
      throw wrong("values",
                  "beside \"ids\" it must be alone, [proteins, width], and without --per-residue");
    }
    checkWidth("values", values.shape[1]);
    const auto names = ids(static_cast<std::size_t>(values.shape[0]));
    const auto floats = floatsOf(values);
    const auto width = static_cast<std::size_t>(m_width);
    for (std::size_t i = 0; i < names.size(); ++i) {
      take({names[i], 0, std::span(floats).subspan(i * width, width)});
    }
  }

  std::string m_name;
  SafetensorsFile m_file;
  bool m_perResidue;
  std::int64_t m_widest;
  std::int64_t m_width = 0;
};

}  // namespace

std::vector<float> floatsOf(const TensorView& tensor) {
  const auto plain = [](auto value) { return static_cast<float>(value); };
  switch (tensor.type) {
    case TensorType::F32:
      return copied<float>(tensor.bytes);
    case TensorType::F64:
      return converted<double>(tensor.bytes, plain);
    case TensorType::F16:
      return converted<std::uint16_t>(tensor.bytes, fromHalf);
    case TensorType::BF16:
      return converted<std::uint16_t>(tensor.bytes, fromBfloat16);
    case TensorType::I8:
      return converted<std::int8_t>(tensor.bytes, plain);
    case TensorType::I32:
      return converted<std::int32_t>(tensor.bytes, plain);
    case TensorType::I64:
      return converted<std::int64_t>(tensor.bytes, plain);
  }
  throw Error(ErrorKind::Internal, "unknown tensor type");
}

bool looksLikeSafetensors(const std::filesystem::path& path) {
  std::array<char, 9> first{};
  std::ifstream file(path, std::ios::binary);
  if (!file.read(first.data(), first.size())) {
    return false;
  }
  std::uint64_t length = 0;
  std::memcpy(&length, first.data(), sizeof(length));
  return length <= kLargestHeader && first.back() == '{';
}

std::int64_t readTensorRows(const std::filesystem::path& path, bool perResidue, std::int64_t widest,
                            const std::function<void(const TensorRows&)>& take,
                            const std::function<void(std::int64_t, std::int64_t)>& consumed) {
  return TensorTable(path, perResidue, widest).read(take, consumed);
}

}  // namespace twofold::formats
