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

/// The words of an identity that every network shares: precision and the rule for long proteins.
[[nodiscard]] std::string identitySuffix(const Options& options, const LongRule& rule);

}  // namespace twofold::models
