// Pair tables for the tests of the table and of its model.
#pragma once

#include <limits>

#include "ui/itemmodels/pair_table.h"

namespace twofold::ui {

/// Pairs of actin (A1, structure), Profilin (C3, structure) and cofilin (B2, none):
/// 0: A1-C3 positive train .9, 1: C3-B2 negative test .1, 2: A1-B2 positive, no part, no score.
inline PairTable smallPairTable() {
  PairTable table;
  table.pairSet = "small";
  table.proteins.keys = {11, 12, 13};
  table.proteins.ids = {"A1", "C3", "B2"};
  table.proteins.names = {"actin", "Profilin", "cofilin"};
  table.proteins.hasStructure = {1, 1, 0};
  rankIds(table.proteins);
  table.a = {0, 1, 0};
  table.b = {1, 2, 2};
  table.label = {data::Label::Positive, data::Label::Negative, data::Label::Positive};
  table.part = {data::Part::Train, data::Part::Test, data::Part::None};
  table.probability = {0.9F, 0.1F, std::numeric_limits<float>::quiet_NaN()};
  return table;
}

}  // namespace twofold::ui
