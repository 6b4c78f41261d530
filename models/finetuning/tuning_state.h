// Where a fine-tuning stands, on disk: everything needed to go on to the same bits.
#pragma once

#include <ATen/core/Tensor.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "models/backbones/adapters.h"
#include "models/pretraining/adam.h"

namespace twofold::models {

struct TuningPosition {
  std::int64_t epoch = 0;  // completed
  std::int64_t step = 0;   // done of the epoch after `epoch`
  double lossSum = 0;      // over the pairs of those steps
  double bestAuprc = -1;   // on validation
};

/// Whether and where a fine-tuning is kept.
struct TuningKeeping {
  std::filesystem::path file{};  // empty: nowhere
  std::string recipe{};          // hash of all that its numbers follow from
  bool resume = false;
  std::chrono::milliseconds every = std::chrono::minutes(2);  // and before a stop, after each epoch
};

/// Tensors are copied from and to the device that they are on.
class TuningState {
 public:
  explicit TuningState(TuningKeeping keeping) : m_keeping(std::move(keeping)) {}

  [[nodiscard]] const TuningKeeping& keeping() const { return m_keeping; }
  /// `weights` are those that `adam` moves. Throws Error(Io); the older state stays until the new
  /// one is whole.
  void save(const TuningPosition& position, const std::map<std::string, at::Tensor>& weights,
            const Adam& adam, const Adapters& best) const;
  /// Fills weights, moments and `best`. Nothing where none is asked for or there; where the file is
  /// damaged or of another recipe, nothing is filled and `why` says so in a sentence. Throws
  /// Error(Usage) for a file of a newer version.
  [[nodiscard]] std::optional<TuningPosition> restore(
      const std::map<std::string, at::Tensor>& weights, Adam& adam, Adapters& best,
      std::string& why) const;

 private:
  TuningKeeping m_keeping;
};

}  // namespace twofold::models
