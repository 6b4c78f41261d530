// The backbone that every network over tokens shares: cuts and batches sequences, runs the packed
// batches, and maps token vectors back to residues or pools them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/backbones/length_batches.h"
#include "models/backbones/token_network.h"
#include "models/backbones/weight_source.h"
#include "models/layers/linear.h"
#include "models/layers/pooling.h"
#include "models/learning/backbone.h"

namespace twofold::models {

/// Tokens of one sequence, special ones included.
struct ResidueTokens {
  std::vector<std::int64_t> ids;
  /// The token whose vector a residue gets, in order; of text: every token that is not special.
  std::vector<std::int64_t> rowOf;
};

using ResidueTokenizer = std::function<ResidueTokens(std::string_view)>;

/// Mean: over residues. Whole: over all tokens, special ones too. First and Last: that token.
enum class Pooling { Mean, Whole, First, Last };

/// The rows, counted from the sequence's first token, whose mean is its vector. A text without a
/// word has no rows of its own and is the mean of all.
[[nodiscard]] RowRange pooledRows(const ResidueTokens& tokens, Pooling pooling);

/// A network from weights; the same architecture, whatever their numbers.
using NetworkMaker = std::function<std::unique_ptr<TokenNetwork>(WeightSource&, const Arithmetic&)>;

/// What fine-tuning needs of a backbone: its network again, from changed weights.
struct TunableNetwork {
  NetworkMaker make;
  std::shared_ptr<WeightSource> weights;
  std::string hash;  // of the weights
  Arithmetic arithmetic;
};

struct PackedSetup {
  std::unique_ptr<TokenNetwork> network;
  TunableNetwork tunable;
  ResidueTokenizer tokenize;  // called from one thread
  LongRule rule;
  Pooling pooling = Pooling::Mean;
  std::string identity;
};

class PackedBackbone final : public Backbone {
 public:
  explicit PackedBackbone(PackedSetup setup);

  [[nodiscard]] std::int64_t width() const override { return m_setup.network->width(); }
  [[nodiscard]] std::string identity() const override { return m_setup.identity; }
  [[nodiscard]] LengthLimit lengthLimit() const override;
  void embed(const EmbedWork& work) override;

  [[nodiscard]] const PackedSetup& setup() const { return m_setup; }

 private:
  struct Run;
  void embedBatches(const EmbedWork& work) const;

  PackedSetup m_setup;
};

}  // namespace twofold::models
