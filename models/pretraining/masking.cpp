#include "models/pretraining/masking.h"

#include "core/tokenizers/residue_tokenizer.h"

namespace twofold::models {

namespace {

/// L, A, G … C: the twenty residues in ESM-2's vocabulary.
constexpr std::uint8_t kFirstResidue = 4;
constexpr std::uint8_t kResidues = 20;
constexpr auto kMask = static_cast<std::uint8_t>(tokenizers::Esm2Vocabulary::kMask);

bool isResidue(std::uint8_t token) {
  return token >= kFirstResidue && token < kFirstResidue + kResidues;
}

std::uint8_t replaced(std::uint8_t token, Random& random) {
  const double choice = random.uniform();
  if (choice < 0.8) {
    return kMask;
  }
  return choice < 0.9 ? static_cast<std::uint8_t>(kFirstResidue + random.below(kResidues)) : token;
}

}  // namespace

MaskedBatch masked(const CropBatch& crops, Random& random, Told told) {
  MaskedBatch batch;
  batch.inputs = crops.tokens;
  for (std::int64_t row = 0; row < crops.rows; ++row) {
    std::int64_t hidden = 0;
    for (std::int64_t i = row * crops.length; i < (row + 1) * crops.length; ++i) {
      auto& token = batch.inputs[static_cast<std::size_t>(i)];
      if (!isResidue(token) || random.uniform() >= kMaskedShare) {
        continue;
      }
      batch.places.push_back(i);
      batch.targets.push_back(token);
      token = told == Told::AllHidden ? kMask : replaced(token, random);
      hidden += token == kMask ? 1 : 0;
    }
    batch.scales.push_back(tokenDropoutScale(hidden, crops.length));
  }
  return batch;
}

}  // namespace twofold::models
