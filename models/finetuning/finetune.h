// Fine-tunes a backbone on pairs by low-rank adapters of its attention (LoRA, Hu et al. 2021),
// before its embeddings are made.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>

#include "models/backbones/adapters.h"
#include "models/backbones/backbone_options.h"
#include "models/finetuning/tuning_state.h"
#include "models/learning/session.h"

namespace twofold::models {

struct FinetuneWork {
  const PackedSetup& backbone;  // its tunable parts, tokenizer and rule for long proteins
  const ProteinInputs& proteins;
  std::span<const IndexedPair> train;       // labels known
  std::span<const IndexedPair> validation;  // labels known, both classes
  FinetuneOptions options;
  std::uint64_t seed = 1;
  TuningKeeping keeping{};
};

/// Memory that training needs beside `network` itself, in bytes: its weights twice more, gradients,
/// and what a batch of `tokens` leaves behind in every layer. `parameters` 0: a network of the
/// usual proportions.
[[nodiscard]] std::int64_t finetuneMemory(const TokenNetwork& network, std::int64_t parameters,
                                          std::int64_t tokens);

/// Trains on `train` alone, a small pair head beside the adapters, and returns the adapters of the
/// epoch that scored `validation` best (AUPRC). Proteins are pooled as the backbone pools them; of
/// long ones the first residues count, windows or not, which is said. Says what memory it needs
/// before it takes any. Identical numbers for identical work, threads and build, also where
/// it goes on from what was kept. Throws StopRequested between layers, with all steps kept; Error:
/// Memory (with the cure; a GPU's is its allocator's to refuse), BadInput (the loss is no number).
[[nodiscard]] Adapters finetuned(const FinetuneWork& work, const TrainObserver& observer,
                                 const std::stop_token& stop);

}  // namespace twofold::models
