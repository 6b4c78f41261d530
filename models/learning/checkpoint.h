// A run's checkpoints: one safetensors file and one manifest each, of a completed epoch or of a
// step within one. CHECKPOINT.md specifies both. Torch-free: tensors are seen as plain bytes.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/safetensors.h"
#include "core/metrics/platt_scaling.h"
#include "core/runs/run_spec.h"

namespace twofold::models {

struct ChannelShape {
  std::string id;
  std::int64_t rows = 1;
  std::int64_t features = 0;
  std::int64_t pairFeatures = 0;

  friend bool operator==(const ChannelShape&, const ChannelShape&) = default;
};

/// How far training has come.
struct TrainingPosition {
  std::int64_t epoch = 0;  // completed
  std::int64_t bestEpoch = 0;
  double bestAuprc = -1;        // on validation
  double threshold = 0.5;       // chosen on validation at `epoch`
  metrics::LogitScale scale{};  // fitted on validation at `epoch`
  std::int64_t step = 0;        // done of the epoch after `epoch`
  double lossSum = 0;           // over the pairs of those steps
};

struct CheckpointInfo {
  static constexpr int kVersion = 4;  // 1 knew no pairs, 2 no scale of logits, 3 no steps

  runs::RunSpec spec;
  std::string backbone;  // identity: id, weights hash, pooling, precision
  std::vector<ChannelShape> channels;
  TrainingPosition position;
};

/// One verified checkpoint, its tensors mapped.
struct Checkpoint {
  CheckpointInfo info;
  formats::SafetensorsFile tensors;
};

/// Called with one sentence for each checkpoint that had to be passed over.
using MessageSink = std::function<void(const std::string&)>;

class CheckpointFolder {
 public:
  /// Makes the folder. Throws Error(Io).
  explicit CheckpointFolder(std::filesystem::path folder);

  /// Writes tensors, then the manifest, which is the commit point; then removes all but the last
  /// two, up to this one, and the best epoch. Throws Error(Io) and leaves the older checkpoints as
  /// they were.
  void save(const CheckpointInfo& info,
            const std::map<std::string, formats::TensorView>& tensors) const;

  /// The newest that verifies; damaged ones are named to `message` and skipped. Throws
  /// Error(BadInput) when one was written by a newer version.
  [[nodiscard]] std::optional<Checkpoint> newest(const MessageSink& message = {}) const;

  /// The best epoch that the newest checkpoint knows of. Throws Error(NotFound) when no epoch is
  /// there that was completed and verifies, BadInput when the best one is damaged.
  [[nodiscard]] Checkpoint best(const MessageSink& message = {}) const;

  /// The end of that epoch. Throws Error: NotFound, BadInput.
  [[nodiscard]] Checkpoint load(std::int64_t epoch) const;

  /// Removes every checkpoint, for a run that starts anew.
  void clear() const;

 private:
  struct Place {
    std::int64_t epoch = 0;
    std::int64_t step = 0;

    friend auto operator<=>(const Place&, const Place&) = default;
  };

  static std::filesystem::path file(const std::filesystem::path& folder, const Place& place,
                                    std::string_view extension);
  /// Of "epoch-0012.json" or "epoch-0012-step-000345.json", or nothing for a file of another name.
  static std::optional<Place> placeOf(const std::filesystem::path& path);
  static Checkpoint loadVerified(const std::filesystem::path& folder, const Place& place);
  [[nodiscard]] std::vector<Place> places() const;  // ascending, with a manifest
  void keepOnly(const std::vector<Place>& places) const;

  std::filesystem::path m_folder;
};

}  // namespace twofold::models
