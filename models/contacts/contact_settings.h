// What makes a contact model what it is, besides its backbone and its data.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/formats/bounded_json.h"

namespace twofold::models {

/// Defaults of sizes as published (Sledzieski, Singh, Cowen, Berger, Cell Systems 12:969, 2021).
struct ContactSettings {
  double distance = 8;  // angstrom between C-alphas, at most, of a contact
  std::int64_t projection = 100;
  std::int64_t hidden = 50;
  std::int64_t filter = 7;  // residues a side, odd
  std::int64_t pool = 9;    // residues a side, odd; 1: no pooling
  double dropout = 0.5;     // of projected values
  std::int64_t epochs = 20;
  std::int64_t patience = 5;  // epochs without a better validation
  double learningRate = 1e-3;
  double weightDecay = 0.01;
  std::int64_t negatives = 20;  // residue pairs drawn a contact, anew in each epoch
  double magnitude = 0;         // weight of the mean of the map; published 0.35, without contacts
  double interaction = 1;       // weight of the interaction loss, where there are negative pairs
  std::int64_t crop = 128;      // longest stretch of a chain in a training step

  friend bool operator==(const ContactSettings&, const ContactSettings&) = default;
};

[[nodiscard]] formats::Json toJson(const ContactSettings& settings);
/// Throws Error(BadInput) naming the key.
[[nodiscard]] ContactSettings contactSettingsFromJson(const formats::Json& json,
                                                      std::string_view source);
/// Throws Error(Usage) naming the setting and what it may be.
void requireSane(const ContactSettings& settings);

}  // namespace twofold::models
