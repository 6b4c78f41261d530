// Fine-tunes a backbone on pairs by low-rank adapters of its attention (LoRA, Hu et al. 2021),
// before its embeddings are made.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>

#include "models/backbones/adapters.h"
#include "models/backbones/backbone_options.h"
#include "models/learning/session.h"

namespace twofold::models {

struct FinetuneWork {
  const PackedSetup& backbone;  // its tunable parts, tokenizer and rule for long proteins
  const ProteinInputs& proteins;
  std::span<const IndexedPair> train;       // labels known
  std::span<const IndexedPair> validation;  // labels known, both classes
  FinetuneOptions options;
  std::uint64_t seed = 1;
};

/// Memory that training needs beside the program itself, in bytes: weights, gradients, and what a
/// batch leaves behind in every layer.
[[nodiscard]] std::int64_t finetuneMemory(const TokenNetwork& network, std::int64_t parameters);

/// Trains on `train` alone, a small pair head beside the adapters, and returns the adapters of the
/// epoch that scored `validation` best (AUPRC). Says what memory it needs first. Identical numbers
/// for identical work, threads and build. Throws StopRequested between layers; Error: Memory (with
/// the cure), BadInput (the loss is no number).
[[nodiscard]] Adapters finetuned(const FinetuneWork& work, const TrainObserver& observer,
                                 const std::stop_token& stop);

}  // namespace twofold::models
