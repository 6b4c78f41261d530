#include "core/weights/verify_weights.h"

#include <fmt/format.h>

#include <cstring>
#include <map>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/formats/safetensors.h"
#include "core/weights/network_shape.h"
#include "core/weights/tensor_check.h"
#include "core/weights/unirep_archive.h"
#include "core/weights/weight_files.h"

namespace twofold::weights {

namespace {

namespace fs = std::filesystem;
using formats::SafetensorsFile;
using formats::TensorType;
using formats::TensorView;

constexpr std::size_t kChunk = std::size_t{4} << 20;  // some milliseconds of work between checks

/// Counts elements whose exponent bits are all set: infinities and NaN.
template <class Bits>
std::int64_t countNotFinite(std::span<const std::byte> bytes, Bits exponent) {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(Bits)) {
    Bits bits = 0;
    std::memcpy(&bits, bytes.data() + at, sizeof bits);
    count += static_cast<Bits>(bits & exponent) == exponent ? 1 : 0;
  }
  return count;
}

std::int64_t countNotFinite(TensorType type, std::span<const std::byte> bytes) {
  switch (type) {
    case TensorType::F32:
      return countNotFinite<std::uint32_t>(bytes, 0x7F800000U);
    case TensorType::F16:
      return countNotFinite<std::uint16_t>(bytes, 0x7C00U);
    case TensorType::BF16:
      return countNotFinite<std::uint16_t>(bytes, 0x7F80U);
    case TensorType::F64:
      return countNotFinite<std::uint64_t>(bytes, 0x7FF0000000000000U);
    case TensorType::I8:
    case TensorType::I32:
    case TensorType::I64:
      break;
  }
  return 0;
}

class Verifier {
 public:
  Verifier(const ProgressSink& progress, const std::stop_token& stop)
      : m_progress(progress), m_stop(stop) {}

  VerifyReport run(const fs::path& folder);

 private:
  void problem(std::string sentence);
  void advance(const char* stage, std::int64_t bytes);
  void hash(const fs::path& file);
  void scan(const std::map<std::string, TensorView>& tensors);
  void checkIndex(const WeightFiles& files);
  void checkShapes(const NetworkShape& shape);

  struct Place {
    std::string file;
    std::string stored;
    const TensorView* view = nullptr;
  };

  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  VerifyReport m_report;
  std::vector<SafetensorsFile> m_files;
  std::map<std::string, Place> m_tensors;  // by stored name
  std::int64_t m_done = 0;
  std::int64_t m_total = 0;
};

void Verifier::problem(std::string sentence) {
  constexpr std::size_t kMost = 100;
  if (m_report.problems.size() < kMost) {
    m_report.problems.push_back(std::move(sentence));
  } else {
    ++m_report.moreProblems;
  }
}

void Verifier::advance(const char* stage, std::int64_t bytes) {
  m_done += bytes;
  if (m_progress) {
    m_progress({stage, m_done >> 20, m_total >> 20, "MiB"});
  }
  throwIfStopped(m_stop);
}

void Verifier::hash(const fs::path& file) {
  VerifiedFile verified{file.filename().string(), 0, {}};
  verified.sha256 = sha256OfFile(file, [&](std::int64_t bytes) {
    verified.bytes += bytes;
    advance("Hashing", bytes);
  });
  m_report.files.push_back(std::move(verified));
}

void Verifier::scan(const std::map<std::string, TensorView>& tensors) {
  for (const auto& [name, view] : tensors) {
    std::int64_t bad = 0;
    for (std::size_t at = 0; at < view.bytes.size(); at += kChunk) {
      const auto chunk = view.bytes.subspan(at, std::min(kChunk, view.bytes.size() - at));
      bad += countNotFinite(view.type, chunk);
      advance("Checking numbers", static_cast<std::int64_t>(chunk.size()));
    }
    ++m_report.tensors;
    m_report.notFinite += bad;
    if (bad > 0) {
      problem(
          fmt::format("tensor \"{}\": {} of its numbers are infinite or not a number; fetch the "
                      "weights again",
                      name, bad));
    }
  }
}

void Verifier::checkIndex(const WeightFiles& files) {
  for (const auto& [tensor, file] : files.places) {
    const auto found = m_tensors.find(tensor);
    if (found == m_tensors.end() || found->second.file != file) {
      problem(fmt::format("tensor \"{}\": the index says that it is in {}, where it is not", tensor,
                          file));
    }
  }
  for (const auto& [tensor, place] : m_tensors) {
    if (!files.index.empty() && !files.places.contains(tensor)) {
      problem(fmt::format("tensor \"{}\" of {} is not in the index", tensor, place.file));
    }
  }
}

void Verifier::checkShapes(const NetworkShape& shape) {
  StoredTensors current;
  for (const auto& [stored, place] : m_tensors) {
    const auto name = currentName(stored, shape.backbone);
    if (!current.emplace(name, place.view).second) {
      problem(fmt::format("tensor \"{}\" is there twice, with and without a prefix", name));
    }
  }
  checkTensors(current, shape, [this](std::string sentence) { problem(std::move(sentence)); });
}

VerifyReport Verifier::run(const fs::path& folder) {
  const auto files = findWeightFiles(folder);
  const bool isNetwork = files.kind == WeightFiles::Kind::Safetensors;
  for (const auto& file : files.all()) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    if (missing) {
      throw Error(ErrorKind::NotFound,
                  fmt::format("{}: cannot be read: {}", file.string(), missing.message()));
    }
    m_total += static_cast<std::int64_t>(size);
  }
  if (isNetwork) {
    for (const auto& path : files.files) {
      m_files.emplace_back(path);
      for (const auto& [stored, view] : m_files.back().tensors()) {
        m_total += static_cast<std::int64_t>(view.bytes.size());
        const auto name = path.filename().string();
        const auto [place, isNew] = m_tensors.emplace(stored, Place{name, stored, &view});
        if (!isNew) {
          problem(
              fmt::format("tensor \"{}\" is in {} and in {}", stored, place->second.file, name));
        }
      }
    }
  }
  for (const auto& file : files.all()) {
    hash(file);
  }
  for (const auto& file : m_files) {
    scan(file.tensors());
  }
  if (isNetwork) {
    checkIndex(files);
    checkShapes(readNetworkShape(folder / "config.json"));
  } else {
    const formats::NpzFile archive(files.files.front());
    for (const auto& [name, view] : archive.tensors()) {
      m_total += static_cast<std::int64_t>(view.bytes.size());
    }
    scan(archive.tensors());
    static_cast<void>(checkedUnirepShape(archive));
  }
  return std::move(m_report);
}

}  // namespace

VerifyReport verifyWeights(const fs::path& folder, const ProgressSink& progress,
                           const std::stop_token& stop) {
  return Verifier(progress, stop).run(folder);
}

}  // namespace twofold::weights
