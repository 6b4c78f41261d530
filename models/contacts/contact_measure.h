// How well one map finds the contacts of its complex.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "models/contacts/contact_data.h"

namespace twofold::models {

/// L is the shorter chain's number of observed residues; a share of it is at least one pair.
struct MapMeasure {
  double topFifth = 0;  // precision of the L/5 highest residue pairs
  double topTenth = 0;  // of the L/10
  double top10 = 0;     // of the 10
  double auprc = 0;
};

/// Name and member of every number, in the order they are shown.
inline constexpr std::array<std::pair<std::string_view, double MapMeasure::*>, 4> kMapMeasures = {
    {{"top_l5", &MapMeasure::topFifth},
     {"top_l10", &MapMeasure::topTenth},
     {"top_10", &MapMeasure::top10},
     {"auprc", &MapMeasure::auprc}}};

/// `map` [residues of a, residues of b], any scores; only observed residues count. NaN where the
/// complex has no contact.
[[nodiscard]] MapMeasure measureMap(const ContactComplex& complex, std::span<const float> map);

/// `scores` of the observed residue pairs alone, in the order of labelsOf().
[[nodiscard]] MapMeasure measureObserved(const ContactComplex& complex,
                                         std::span<const float> scores);

/// What a map of random numbers has on average, exactly: precisions are the density of contacts.
[[nodiscard]] MapMeasure expectedOfChance(const ContactComplex& complex);

}  // namespace twofold::models
