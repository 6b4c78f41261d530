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

/// `whenEmpty` says what an empty folder means: "empty for those that come with the program".
[[nodiscard]] OptionSpec weightsOption(std::string_view whenEmpty);
/// Of networks that pass each token once.
inline constexpr std::string_view kInt8Drift = "keeps it above 0.995";
/// `drift` says how far int8 goes from fp32.
[[nodiscard]] OptionSpec precisionOption(std::string_view drift);
[[nodiscard]] OptionSpec longOption();
/// `limit` as the network was trained.
[[nodiscard]] OptionSpec limitOption(std::int64_t limit);
/// Of mean, whole, first, last; the first of `choices` is the default.
[[nodiscard]] OptionSpec poolingOption(std::vector<std::string> choices);

/// The value of "weights". Throws Error(Usage) when it is empty: no weights of `network` come
/// with the program.
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

/// `options`, and behind them those for fine-tuning by adapters and for a folder of adapters.
[[nodiscard]] std::vector<OptionSpec> withAdapters(std::vector<OptionSpec> options);

struct FinetuneOptions {
  std::int64_t rank = 0;  // 0: the weights stay as they are
  double alpha = 16;
  std::int64_t epochs = 3;
  double rate = 5e-4;
};
[[nodiscard]] FinetuneOptions finetuneOptions(const Options& options);

}  // namespace twofold::models
