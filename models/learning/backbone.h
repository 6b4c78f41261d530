// A backbone turns one protein's sequence into an embedding. Torch-free on purpose: channels and
// caches see plain numbers, and what runs the network is the backbone's own affair.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/options.h"
#include "core/base/progress.h"

namespace twofold::models {

struct Embedding {
  std::int64_t residues = 0;  // 0: pooled
  std::vector<float> values;  // [width], or [residues, width] row-major
};

struct EmbedWork {
  std::span<const std::string> sequences;
  bool perResidue = false;
  /// Called once a sequence, in any order, from the calling thread.
  std::function<void(std::size_t, Embedding&&)> take;
  ProgressSink progress;  // in residues
  std::stop_token stop;
};

/// What a backbone does with sequences that are too long for it.
struct LengthLimit {
  std::int64_t residues = 0;  // 0: it has no limit
  std::string rule;           // "crop", "windows", "refuse"
  std::int64_t tokens = 0;    // of a text, which has no residues; 0: it has no limit
};

/// One thread at a time.
class Backbone {
 public:
  Backbone() = default;
  virtual ~Backbone() = default;
  Backbone(const Backbone&) = delete;
  Backbone& operator=(const Backbone&) = delete;

  [[nodiscard]] virtual std::int64_t width() const = 0;
  /// Same identity, same numbers: id, weights hash, pooling, precision. Safe as a folder name.
  [[nodiscard]] virtual std::string identity() const = 0;
  [[nodiscard]] virtual LengthLimit lengthLimit() const { return {}; }
  /// What was wrong with what it keeps on disk; a sentence each.
  [[nodiscard]] virtual std::vector<std::string> problems() const { return {}; }
  /// The same numbers made anew and kept nowhere.
  [[nodiscard]] virtual Backbone& uncached() { return *this; }
  /// Throws StopRequested, Error.
  virtual void embed(const EmbedWork& work) = 0;
};

/// Loading can take a while too; both may be empty.
struct LoadWatch {
  ProgressSink progress{};
  std::stop_token stop{};
};

/// What makes a backbone from its checked options; `device` as in RunSpec.
struct BackboneRequest {
  const Options& options;
  std::string device = "auto";
  LoadWatch watch{};
};

using BackboneMaker = std::function<std::unique_ptr<Backbone>(const BackboneRequest&)>;

}  // namespace twofold::models
