// A small learnable problem: two kinds of proteins, and pairs that interact when the kinds agree.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/bio/structure.h"
#include "models/learning/session.h"

namespace twofold::models {

/// Kind 0 is rich in leucine, kind 1 in glutamate; proteins of even number are kind 0.
inline std::string toySequence(Random& random, bool isSecondKind) {
  std::string sequence;
  const std::size_t length = 30 + random.below(40);
  for (std::size_t i = 0; i < length; ++i) {
    const std::string others = "ACDFGHIKMNPQRSTVWY";
    const bool own = random.uniform() < 0.4;
    sequence += own ? (isSecondKind ? 'E' : 'L') : others[random.below(others.size())];
  }
  return sequence;
}

/// A helix-like trace; `rise` in angstrom a residue tells the kinds apart.
inline bio::Chain toyChain(std::size_t length, float rise) {
  bio::Chain chain;
  for (std::size_t i = 0; i < length; ++i) {
    const auto turn = static_cast<float>(i) * 1.745F;
    bio::Residue residue;
    residue.hasCalpha = true;
    residue.calpha = {2.3F * std::cos(turn), 2.3F * std::sin(turn), rise * static_cast<float>(i)};
    chain.residues.push_back(residue);
  }
  return chain;
}

inline ProteinInputs toyProteins(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  ProteinInputs proteins;
  for (std::size_t i = 0; i < count; ++i) {
    proteins.ids.push_back("P" + std::to_string(i));
    proteins.sequences.push_back(toySequence(random, i % 2 == 1));
    // Every third protein has no structure.
    proteins.chains.push_back(
        i % 3 == 2 ? std::nullopt : std::optional(toyChain(20 + i % 7, i % 2 == 1 ? 1.5F : 1.9F)));
  }
  return proteins;
}

inline std::vector<IndexedPair> toyPairs(std::size_t count, std::uint32_t proteins,
                                         std::uint64_t seed) {
  Random random(seed);
  std::vector<IndexedPair> pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const auto a = static_cast<std::uint32_t>(random.below(proteins));
    const auto b = static_cast<std::uint32_t>(random.below(proteins));
    pairs.push_back({a, b, a % 2 == b % 2 ? data::Label::Positive : data::Label::Negative});
  }
  return pairs;
}

inline TrainRequest toyRequest(const std::filesystem::path& folder) {
  TrainRequest request;
  request.spec.channels = {{"sequence", {}}, {"calpha", {}}};
  request.spec.training = {{"epochs", std::int64_t{4}},
                           {"batch_size", std::int64_t{64}},
                           {"learning_rate", 0.003},
                           {"patience", std::int64_t{4}}};
  request.spec.seed = 7;
  request.spec.device = "cpu";
  request.spec.threads = 1;
  request.proteins = toyProteins(60, 3);
  request.parts = {toyPairs(400, 60, 1), toyPairs(120, 60, 2), toyPairs(120, 60, 4)};
  request.checkpointFolder = folder / "checkpoints";
  request.cacheFolder = folder / "cache";
  return request;
}

}  // namespace twofold::models
