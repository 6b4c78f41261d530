// Where a pretraining stands, on disk: everything needed to go on to the same bits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "models/pretraining/adam.h"
#include "models/pretraining/esm2_learner.h"
#include "models/pretraining/pretrain.h"

namespace twofold::models {

/// Sums over the steps since the last point of the curve.
struct CurvePoint {
  double loss = 0;
  double partner = 0;
  std::int64_t steps = 0;
  std::int64_t partnerSteps = 0;
};

struct PretrainPosition {
  std::int64_t epoch = 0;
  std::int64_t batch = 0;  // of the epoch, next
  std::int64_t residues = 0;
  double seconds = 0;
  std::int64_t measurements = 0;  // of the held-out proteins so far
  CurvePoint point;
};

/// The settings as one line of JSON: kept in the state, and compared with on resuming.
[[nodiscard]] std::string settingsText(const PretrainSettings& settings);

/// state.safetensors in the folder. `corpus` is the hash of the sequences in their order.
class PretrainState {
 public:
  PretrainState(std::filesystem::path folder, const PretrainSettings& settings, std::string corpus);

  [[nodiscard]] bool exists() const;
  /// Throws Error(Io); the older state stays until the new one is whole.
  void save(const PretrainPosition& position, const Esm2Learner& learner, const Adam& adam) const;
  /// Throws Error: NotFound; Usage when it is another training's; BadInput when it is damaged.
  [[nodiscard]] PretrainPosition restore(const Esm2Learner& learner, Adam& adam) const;

 private:
  std::filesystem::path m_file;
  std::string m_settings;
  std::string m_corpus;
};

}  // namespace twofold::models
