// A channel is one evidence stream: it turns each protein into a few rows of plain numbers once
// (frozen), and names the trainable module that makes tokens of them. Torch-free.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/learning/backbone.h"
#include "models/learning/session.h"

namespace twofold::models {

class TokenEncoder;

/// Rows of all proteins. A protein without evidence has present 0; its values are never looked at.
struct ChannelInputs {
  std::int64_t rows = 1;  // tokens a protein
  std::int64_t features = 0;
  std::vector<float> values;          // [proteins, rows, features], row-major
  std::vector<std::uint8_t> present;  // [proteins]
};

struct ChannelWork {
  const ProteinInputs& proteins;
  Backbone& backbone;  // the run's, with its cache
  ProgressSink progress;
  std::stop_token stop;
};

struct EncoderShape {
  std::int64_t features = 0;
  std::int64_t width = 0;
  double dropout = 0;
};

class Channel {
 public:
  Channel() = default;
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// A protein's rows depend on that protein alone: never on its partner, its label or its
  /// place in the list. Throws StopRequested, Error.
  [[nodiscard]] virtual ChannelInputs inputs(const ChannelWork& work) = 0;
  /// Whether the rows come from the run's backbone.
  [[nodiscard]] virtual bool usesBackbone() const { return false; }

  /// Standardised rows to tokens. The default is one linear layer.
  [[nodiscard]] virtual std::shared_ptr<TokenEncoder> makeEncoder(const EncoderShape& shape) const;
};

}  // namespace twofold::models
