// Pretraining of a small protein language model, without a torch type in sight.
// PRETRAINING.md says what is trained and what the folder holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/runs/run_event.h"

namespace twofold::models {

/// What makes a training what it is: a resumed one must have the same.
struct PretrainSettings {
  std::int64_t layers = 4;
  std::int64_t width = 256;
  std::int64_t heads = 4;
  std::int64_t residues = 100'000'000;  // to train on, each pass over the corpus counted
  std::int64_t batchTokens = 8192;
  double learningRate = 2e-3;  // at its peak
  double weightDecay = 0.01;
  double partnerWeight = 0.1;  // of the contrastive loss; 0: masked language modelling alone
  double heldOutShare = 0.01;  // of the proteins
  std::uint64_t seed = 1;
  bool isFloat32 = false;  // arithmetic; bfloat16 is twice as fast

  friend bool operator==(const PretrainSettings&, const PretrainSettings&) = default;
};

struct PretrainRequest {
  PretrainSettings settings;
  std::vector<std::string> sequences;  // different ones
  std::vector<std::string> sources;    // for the model card: file names with their counts
  std::filesystem::path folder;        // gets the model and the state
  int threads = 0;
  bool resume = false;
  double checkpointSeconds = 180;
};

/// Called from the training thread; each may be empty. The step of a metric is the optimiser's.
struct PretrainObserver {
  ProgressSink progress;
  std::function<void(const runs::MetricEvent&)> metric;
  std::function<void(const std::string&)> message;
};

struct HeldOutFigures {
  std::int64_t residues = 0;  // told, all of them hidden
  double nats = 0;            // the model's mean cross entropy
  double unigram = 0;         // the baselines' on the same residues
  double bigram = 0;          // knows the residue before
  double composition = 0;     // knows the rest of the protein but not its order
  std::int64_t seen = 0;      // residues that the model had been trained on by then
};

struct PretrainResult {
  std::int64_t steps = 0;
  std::int64_t residues = 0;
  std::int64_t trainingProteins = 0;
  std::int64_t heldOutProteins = 0;
  double seconds = 0;  // of training, all sessions
  HeldOutFigures heldOut;
};

/// Trains until `residues` have been seen and writes the model's folder. Identical numbers for
/// identical settings, sequences, threads and build, stopped and resumed or not. A stop leaves a
/// checkpoint, once training has begun, and throws StopRequested. Throws Error: Usage (a folder
/// with a network or another training in it, nothing to resume, settings that cannot be), BadInput,
/// Memory, Io.
[[nodiscard]] PretrainResult pretrain(const PretrainRequest& request,
                                      const PretrainObserver& observer,
                                      const std::stop_token& stop);

}  // namespace twofold::models
