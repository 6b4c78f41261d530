// Rows of pair files that an import left out, and that an audit tells of all the same.
#pragma once

#include <cstdint>
#include <string>

#include "core/data/protein.h"
#include "core/data/split.h"

namespace twofold::data {

enum class LeftOutFor { SharedPair, SwappedPair, Duplicate, Contradiction, SelfPair };

struct LeftOutRow {
  LeftOutFor why = LeftOutFor::Duplicate;
  Part part = Part::None;  // of its file
  ProteinKey a = 0;
  ProteinKey b = 0;
  std::string place;  // "test.tsv:12"

  friend bool operator==(const LeftOutRow&, const LeftOutRow&) = default;
};

}  // namespace twofold::data
