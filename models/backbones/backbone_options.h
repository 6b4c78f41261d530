// Options that networks from a weights folder have in common, and what they come to.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/option_spec.h"
#include "models/backbones/packed_backbone.h"
#include "models/layers/linear.h"
#include "models/learning/backbone.h"

namespace twofold::models {

/// `whenEmpty` says what an empty folder means: "empty for random weights of the shape below".
[[nodiscard]] OptionSpec weightsOption(std::string_view whenEmpty);
[[nodiscard]] OptionSpec precisionOption();
[[nodiscard]] OptionSpec longOption();
/// `limit` as the network was trained.
[[nodiscard]] OptionSpec limitOption(std::int64_t limit);
/// Of mean, whole, first, last; the first of `choices` is the default.
[[nodiscard]] OptionSpec poolingOption(std::vector<std::string> choices);

/// The value of "weights". Throws Error(Usage) when it is empty: `network` has no random weights.
[[nodiscard]] std::filesystem::path requiredWeights(const Options& options,
                                                    std::string_view network);

/// Throws Error(Usage) when a stretch of rule.limit residues and `around` more tokens do not fit
/// into the network's positions.
void checkPositions(const LongRule& rule, std::int64_t around, std::int64_t positions);

/// From "precision" and the request's device. Throws Error: Usage, Device.
[[nodiscard]] Arithmetic arithmeticFrom(const BackboneRequest& request);
/// From "long" and "limit".
[[nodiscard]] LongRule longRuleFrom(const Options& options);
/// Throws Error(Usage) for windows with another pooling than the mean.
[[nodiscard]] Pooling poolingFrom(const Options& options, const LongRule& rule);

/// Options for fine-tuning by adapters, and for a folder with adapters made before.
[[nodiscard]] std::vector<OptionSpec> adapterOptions();

/// `options` and those behind them.
[[nodiscard]] std::vector<OptionSpec> withAdapters(std::vector<OptionSpec> options);

struct FinetuneOptions {
  std::int64_t rank = 0;  // 0: the weights stay as they are
  double alpha = 16;
  std::int64_t epochs = 3;
  double rate = 5e-4;
};
[[nodiscard]] FinetuneOptions finetuneOptions(const Options& options);

/// Makes setup.network from the tunable parts, with the adapters that the options name added to
/// the weights, and puts their hash into setup.identity. Throws Error(BadInput) when they belong to
/// other weights.
void makeNetwork(PackedSetup& setup, const Options& options);

/// The words of an identity that every network shares: precision and the rule for long proteins.
[[nodiscard]] std::string identitySuffix(const Options& options, const LongRule& rule);

}  // namespace twofold::models
