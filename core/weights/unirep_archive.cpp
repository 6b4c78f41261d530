#include "core/weights/unirep_archive.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "core/base/error.h"
#include "core/tokenizers/residue_tokenizer.h"

namespace twofold::weights {

namespace {

using Shape = std::vector<std::int64_t>;

constexpr std::int64_t kMostUnits = 65536;
constexpr std::int64_t kMostLayers = 64;

bool isFloat(formats::TensorType type) {
  return type == formats::TensorType::F32 || type == formats::TensorType::F64 ||
         type == formats::TensorType::F16;
}

void check(const formats::NpzFile& file, const std::string& name, const Shape& wanted) {
  const auto& array = file.tensor(name);
  if (array.shape != wanted || !isFloat(array.type)) {
    throw badInput(file.fileName(), 0,
                   fmt::format("array \"{}\" is [{}], where UniRep has floats of [{}]", name,
                               fmt::join(array.shape, ", "), fmt::join(wanted, ", ")));
  }
}

/// Rows and columns of a matrix that others are measured by.
Shape sizesOf(const formats::NpzFile& file, const std::string& name) {
  Shape shape = file.tensor(name).shape;
  if (shape.size() != 2 || shape[0] < 1 || shape[1] < 1 || shape[0] > kMostUnits ||
      shape[1] > kMostUnits) {
    throw badInput(file.fileName(), 0,
                   fmt::format("array \"{}\" is [{}], not the matrix that UniRep has there", name,
                               fmt::join(shape, ", ")));
  }
  return shape;
}

void checkLayer(const formats::NpzFile& file, std::int64_t layer, std::int64_t inputs,
                std::int64_t units) {
  const auto checkMatrix = [&](const char* weight, const char* gain, std::int64_t rows,
                               std::int64_t columns) {
    check(file, unirepArray(layer, weight), {rows, columns});
    check(file, unirepArray(layer, gain), {columns});
  };
  checkMatrix("wmx", "gmx", inputs, units);
  checkMatrix("wmh", "gmh", units, units);
  checkMatrix("wx", "gx", inputs, 4 * units);
  checkMatrix("wh", "gh", units, 4 * units);
  check(file, unirepArray(layer, "b"), {4 * units});
}

}  // namespace

std::string unirepArray(std::int64_t layer, const std::string& name) {
  return fmt::format("mlstm.{}.{}", layer, name);
}

UnirepShape checkedUnirepShape(const formats::NpzFile& file) {
  const Shape embedding = sizesOf(file, "embedding");
  constexpr std::int64_t kLetters = tokenizers::UnirepVocabulary::kSize;
  if (embedding[0] != kLetters) {
    throw badInput(file.fileName(), 0,
                   fmt::format("its embedding has {} letters, UniRep's vocabulary {}", embedding[0],
                               kLetters));
  }
  UnirepShape shape{embedding[0], embedding[1], 0, sizesOf(file, unirepArray(0, "wmh"))[0]};
  std::int64_t inputs = shape.inputs;
  do {
    checkLayer(file, shape.layers++, inputs, shape.units);
    inputs = shape.units;
  } while (shape.layers < kMostLayers && file.tensors().contains(unirepArray(shape.layers, "wmh")));
  return shape;
}

}  // namespace twofold::weights
