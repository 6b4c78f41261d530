// A protein of the project: identity, names, sequence.
#pragma once

#include <cstdint>
#include <string>

namespace twofold::data {

/// Row key in the project's store; stable, never reused.
using ProteinKey = std::int64_t;

struct Protein {
  ProteinKey key = 0;
  std::string id;  // unique in the project: accession or the file's own id
  std::string name;
  std::string organism;
  std::string sequence;
};

/// One row of the proteins list: everything but the sequence.
struct ProteinSummary {
  ProteinKey key = 0;
  std::string id;
  std::string name;
  std::string organism;
  std::int32_t length = 0;
  bool hasStructure = false;
};

}  // namespace twofold::data
