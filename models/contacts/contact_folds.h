// Which complexes are relatives, and divisions that keep relatives on one side.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/contacts/contact_data.h"

namespace twofold::models {

/// Complexes that share a family of sequences by either chain, directly or through others, are of
/// one group.
struct ComplexFamilies {
  std::vector<std::uint32_t> ofSequence;  // the family of each sequence
  std::vector<std::uint32_t> ofComplex;   // the group of each complex, counted from 0
  std::uint32_t groups = 0;
};

/// By data::sequenceFamilies(); `labels` (one a complex, empty: none) join further complexes, and
/// never part what sequences join. Throws StopRequested.
[[nodiscard]] ComplexFamilies familiesOf(const ContactSet& set, std::span<const std::string> labels,
                                         const ProgressSink& progress = {},
                                         const std::stop_token& stop = {});

/// A label a complex from a table "structure<TAB>family", without a header. Throws Error: Io,
/// BadInput as file:line (not two columns, a structure twice; a complex whose structure is
/// missing).
[[nodiscard]] std::vector<std::string> readFamilyLabels(const std::filesystem::path& file,
                                                        const ContactSet& set);

/// Complexes of a fold; no group stands in two of them.
struct FoldParts {
  std::vector<std::uint32_t> training;
  std::vector<std::uint32_t> validation;
  std::vector<std::uint32_t> test;
  std::vector<std::uint32_t> negatives;  // pairs without a relative in validation or test
};

/// Whole groups in `folds` folds of about equal size (0: every group a fold); for each fold the
/// complexes it tests. The largest group bounds the smallest number of complexes in training.
/// Throws Error(BadInput) with fewer than three groups, and Usage for one fold.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> testFolds(const ComplexFamilies& families,
                                                                std::uint32_t folds);

/// Of the complexes that are not in `test`, about a fifth, whole groups chosen by the seed, stop
/// the training. Throws Error(BadInput) when fewer than two groups are left.
[[nodiscard]] FoldParts partsOf(const ContactSet& set, const ComplexFamilies& families,
                                std::vector<std::uint32_t> test, std::uint64_t seed);

}  // namespace twofold::models
