// A channel is one evidence stream: it turns each protein into a few rows of plain numbers once
// (frozen), and names the trainable module that makes tokens of them. It may also know something of
// a pair that is no function of one protein alone. Torch-free.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/learning/backbone.h"
#include "models/learning/channel_state.h"
#include "models/learning/session.h"

namespace twofold::models {

class RowNoise;
class TokenEncoder;

/// Rows of all proteins, or of all pairs. One without evidence has present 0; its values are never
/// looked at.
struct ChannelInputs {
  std::int64_t rows = 1;  // each; 0: the channel knows pairs alone
  std::int64_t features = 0;
  std::vector<float> values;          // [proteins, rows, features], row-major
  std::vector<std::uint8_t> present;  // [proteins]
  bool standardised = true;           // false: taken as they are, never cut (masks, kinds, lengths)
};

/// What a channel may learn from before the pair model does: the training part and nothing else.
struct TrainingPart {
  std::span<const std::uint32_t> proteins;  // of its pairs, ascending
  std::span<const IndexedPair> pairs;       // labelled
};

struct ChannelWork {
  const ProteinInputs& proteins;
  Backbone& backbone;  // the run's, with its cache
  ProgressSink progress;
  std::stop_token stop;
  std::size_t known = 0;  // proteins of earlier calls that were kept: a call that failed was not
};

/// What makes a channel: its checked options, and for one with a backbone of its own where that
/// runs and what remembers its embeddings. A maker that needs options alone takes them alone.
struct ChannelRequest {
  const Options& options;
  std::string device = "auto";          // as in RunSpec
  std::filesystem::path cacheFolder{};  // empty: nothing is remembered
  LoadWatch watch{};

  // NOLINTNEXTLINE(google-explicit-constructor): so that such a maker fits the list as it is
  operator const Options&() const { return options; }
};

struct EncoderShape {
  std::int64_t features = 0;
  std::int64_t width = 0;
  double dropout = 0;
  std::shared_ptr<RowNoise> noise{};  // the model's
};

class Channel {
 public:
  Channel() = default;
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// Before inputs(), in training. Throws StopRequested, Error.
  virtual void fit(const TrainingPart& /*part*/, const ChannelWork& /*work*/) {}
  /// What fit() learned, for the checkpoint, and back from it in place of fit(). restore() throws
  /// Error(BadInput).
  [[nodiscard]] virtual ChannelState state() const { return {}; }
  virtual void restore(const ChannelState& /*state*/) {}

  /// A protein's rows depend on that protein and what fit() learned alone: never on its partner,
  /// its label or its place in the list. Called once for each group of proteins; pairs then number
  /// them in the order of all calls, and what is kept for pairs begins at work.known. Throws
  /// StopRequested, Error.
  [[nodiscard]] virtual ChannelInputs inputs(const ChannelWork& work) = 0;
  /// Sentences on how it treats these proteins; what the run's backbone does is told without it.
  [[nodiscard]] virtual std::vector<std::string> notes(const ProteinInputs& /*proteins*/) const {
    return {};
  }
  /// Whether the rows come from the run's backbone.
  [[nodiscard]] virtual bool usesBackbone() const { return false; }

  /// Numbers that the channel has for a pair beside its proteins' rows; 0: none. The same before
  /// and after fit().
  [[nodiscard]] virtual std::int64_t pairFeatures() const { return 0; }
  /// One row a pair, the same for (a, b) and (b, a) to the last bit, and without what fit() learned
  /// from that very pair. Labels are not to be looked at.
  [[nodiscard]] virtual ChannelInputs describePairs(std::span<const IndexedPair> /*pairs*/) const {
    return {1, 0, {}, {}};
  }

  /// Rows to tokens. The default is one linear layer, one token a row.
  [[nodiscard]] virtual std::shared_ptr<TokenEncoder> makeEncoder(const EncoderShape& shape) const;
};

}  // namespace twofold::models
