// Many pairs as columns, filtered and sorted without touching a widget: 163,192 pairs in a few
// milliseconds.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/split.h"

namespace twofold::ui {

/// One row a protein that occurs in the set; `idRank` orders them by id.
struct PairProteins {
  std::vector<data::ProteinKey> keys;
  std::vector<std::string> ids;
  std::vector<std::string> names;
  std::vector<std::uint8_t> hasStructure;
  std::vector<std::int32_t> idRank;
};

/// Columns of one length; a and b index PairProteins.
struct PairTable {
  std::string pairSet;
  PairProteins proteins;
  std::vector<std::int32_t> a;
  std::vector<std::int32_t> b;
  std::vector<data::Label> label;
  std::vector<data::Part> part;
  std::vector<float> probability;  // NaN where the run in focus has none
  std::string problem;             // why the run's probabilities could not be read; empty otherwise

  [[nodiscard]] std::size_t size() const { return a.size(); }
};

/// Fills idRank from ids.
void rankIds(PairProteins& proteins);

struct PairFilter {
  std::string text;           // in an id or a name of either protein, letter case ignored
  bool isExpression = false;  // `text` is a regular expression; one that is wrong matches nothing
  data::Label label = data::Label::Unknown;  // Unknown: any
  bool withStructure = false;                // both proteins have one

  friend bool operator==(const PairFilter&, const PairFilter&) = default;
};

enum class PairColumn { ProteinA, ProteinB, Label, Part, Probability };

/// Rows of `table` that pass, ascending. Each protein is looked at once, each pair by two bytes.
[[nodiscard]] std::vector<std::uint32_t> filterPairs(const PairTable& table,
                                                     const PairFilter& filter);

/// Stable; missing probabilities come last in either direction.
void sortPairs(const PairTable& table, PairColumn column, bool ascending,
               std::vector<std::uint32_t>& rows);

}  // namespace twofold::ui
