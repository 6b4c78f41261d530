#include "models/learning/controls.h"

#include <utility>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/data/split.h"

namespace twofold::models {

namespace {

enum Purpose : std::uint64_t { kLabels = 7, kResidues = 8 };

}  // namespace

std::vector<IndexedPair> withPermutedLabels(std::span<const IndexedPair> pairs,
                                            std::uint64_t seed) {
  std::vector<data::Label> labels;
  for (const IndexedPair& pair : pairs) {
    labels.push_back(pair.label);
  }
  Random random(derivedSeed(seed, kLabels));
  random.shuffle(std::span(labels));
  std::vector<IndexedPair> permuted(pairs.begin(), pairs.end());
  for (std::size_t i = 0; i < permuted.size(); ++i) {
    permuted[i].label = labels[i];
  }
  return permuted;
}

std::string shuffledSequence(const std::string& sequence, std::uint64_t seed) {
  std::string shuffled = sequence;
  const std::uint64_t own = std::stoull(sha256(sequence).substr(0, 15), nullptr, 16);
  Random random(derivedSeed(seed, kResidues, own));
  random.shuffle(std::span(shuffled));
  return shuffled;
}

ProteinInputs spoiled(ProteinInputs proteins, Control control, std::uint64_t seed) {
  if (control == Control::ShuffledSequences) {
    for (auto& sequence : proteins.sequences) {
      sequence = shuffledSequence(sequence, seed);
    }
  }
  return proteins;
}

TrainRequest spoiled(TrainRequest request) {
  const Control control = trainingOptions(request.spec.training).control;
  request.proteins = spoiled(std::move(request.proteins), control, request.spec.seed);
  if (control == Control::PermutedLabels) {
    auto& pairs = request.parts.at(static_cast<std::size_t>(data::Part::Train));
    pairs = withPermutedLabels(pairs, request.spec.seed);
  }
  if (control == Control::SwappedOrder) {
    for (const auto part : {data::Part::Validation, data::Part::Test}) {
      for (IndexedPair& pair : request.parts.at(static_cast<std::size_t>(part))) {
        std::swap(pair.a, pair.b);
      }
    }
  }
  return request;
}

}  // namespace twofold::models
