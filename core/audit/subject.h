// What is audited: the pairs of a set under a split or without one, and their proteins.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/protein.h"
#include "core/data/split.h"

namespace twofold::audit {

/// A pair of the set by the places of its proteins in Subject::proteins().
struct Sides {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// Without a split the whole set is looked at as one part, "none". With one, pairs of no part are
/// not looked at.
class Subject {
 public:
  /// `proteins` holds all of the pairs, in any order. Throws Error(Internal) for one that is
  /// missing and for a split of another number of pairs.
  Subject(data::Pairs pairs, const data::Split* split, std::vector<data::Protein> proteins);

  [[nodiscard]] bool hasSplit() const { return m_hasSplit; }
  [[nodiscard]] std::size_t size() const { return m_pairs.size(); }
  [[nodiscard]] const data::Pair& pair(std::size_t i) const { return m_pairs[i]; }
  [[nodiscard]] Sides sides(std::size_t i) const { return m_sides[i]; }
  [[nodiscard]] data::Part part(std::size_t i) const { return m_parts[i]; }
  [[nodiscard]] bool isLookedAt(std::size_t i) const {
    return !m_hasSplit || m_parts[i] != data::Part::None;
  }
  /// Of validation or test.
  [[nodiscard]] bool isEvaluated(std::size_t i) const {
    return m_parts[i] == data::Part::Validation || m_parts[i] == data::Part::Test;
  }
  /// The parts that have pairs; without a split the one that is all of the set.
  [[nodiscard]] const std::vector<data::Part>& parts() const { return m_present; }
  /// The same without training.
  [[nodiscard]] std::vector<data::Part> evaluatedParts() const;
  [[nodiscard]] std::int64_t pairsIn(data::Part part) const;

  [[nodiscard]] const std::vector<data::Protein>& proteins() const { return m_proteins; }
  /// For each protein, whether a pair of that part has it.
  [[nodiscard]] std::vector<bool> proteinsIn(data::Part part) const;
  /// For each protein, whether a pair of validation or test has it; without a split, whether any.
  [[nodiscard]] std::vector<bool> evaluatedProteins() const;

 private:
  data::Pairs m_pairs;
  bool m_hasSplit = false;
  std::vector<data::Part> m_parts;
  std::vector<data::Part> m_present;
  std::vector<data::Protein> m_proteins;
  std::vector<Sides> m_sides;
};

/// "validation", and "the set" where there is no split.
[[nodiscard]] std::string_view partText(data::Part part) noexcept;

}  // namespace twofold::audit
