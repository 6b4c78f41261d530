// Reads a pair set with its proteins, split and a run's probabilities; made for a pool thread.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "ui/itemmodels/pair_table.h"

namespace twofold::ui {

struct PairTableRequest {
  std::filesystem::path project;
  std::string pairSet;
  std::string run;  // empty: no probabilities; ignored when it is a run on another pair set
};

/// Opens its own store connection. Throws Error, StopRequested.
[[nodiscard]] PairTable loadPairTable(const PairTableRequest& request, const std::stop_token& stop);

}  // namespace twofold::ui
