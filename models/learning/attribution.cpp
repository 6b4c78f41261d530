#include "models/learning/attribution.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "models/learning/shapley.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kShortestWindow = 8;

/// One flag a channel of the model: there is evidence for the pair.
std::vector<bool> presence(const Scorer& scorer, const IndexedPair& pair) {
  std::vector<bool> present;
  for (const auto& channel : scorer.channels()) {
    present.push_back(scorer.isPresent(channel, pair));
  }
  return present;
}

/// Places of the model's channels that are on and know the pair.
std::vector<std::size_t> players(const Scorer& scorer, const std::vector<bool>& present,
                                 std::span<const std::string> on) {
  std::vector<std::size_t> places;
  const auto& channels = scorer.channels();
  for (std::size_t c = 0; c < channels.size(); ++c) {
    if (present[c] && std::find(on.begin(), on.end(), channels[c]) != on.end()) {
      places.push_back(c);
    }
  }
  return places;
}

/// The model's channels for a coalition of players.
std::uint32_t channelsOf(Coalition coalition, const std::vector<std::size_t>& places) {
  std::uint32_t channels = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    channels |= (coalition >> i & 1U) << places[i];
  }
  return channels;
}

/// The channels that are on, then with each of the model's switched the other way.
std::vector<std::uint32_t> withEachFlipped(const Scorer& scorer, std::span<const std::string> on) {
  const auto& all = scorer.channels();
  std::uint32_t bits = 0;
  for (const auto& channel : on) {
    const auto found = std::find(all.begin(), all.end(), channel);
    if (found == all.end()) {
      throw Error(ErrorKind::Usage, fmt::format("the model has no channel \"{}\"{}", channel,
                                                didYouMean(channel, all)));
    }
    bits |= 1U << (found - all.begin());
  }
  std::vector<std::uint32_t> sets = {bits};
  for (std::size_t c = 0; c < all.size(); ++c) {
    sets.push_back(bits ^ (1U << c));
  }
  return sets;
}

/// `sequence` once for each window that covers part of it, that part unknown.
ProteinInputs occluded(const ProteinInputs& proteins, std::size_t index,
                       const ResidueAttribution& plan) {
  const auto& sequence = proteins.sequences[index];
  const auto length = static_cast<std::int64_t>(sequence.size());
  ProteinInputs variants;
  for (std::int64_t begin = 0; begin < length; begin += plan.step) {
    const auto count = std::min(plan.window, length - begin);
    auto changed = sequence;
    changed.replace(static_cast<std::size_t>(begin), static_cast<std::size_t>(count),
                    static_cast<std::size_t>(count), 'X');
    variants.ids.push_back(proteins.ids[index]);
    variants.sequences.push_back(std::move(changed));
  }
  return variants;
}

/// Windows overlap by half.
ResidueAttribution planFor(std::int64_t length, std::int64_t windows) {
  const std::int64_t step =
      std::max(kShortestWindow / 2, (length + windows - 1) / std::max<std::int64_t>(windows, 1));
  return {2 * step, step, std::vector<float>(static_cast<std::size_t>(length), 0)};
}

/// Each residue gets the mean over its windows of the window's fall, shared out evenly.
void shareOut(ResidueAttribution& plan, double logit, const std::vector<float>& logits) {
  const auto length = static_cast<std::int64_t>(plan.values.size());
  std::vector<int> covers(plan.values.size(), 0);
  for (std::size_t w = 0; w < logits.size(); ++w) {
    const std::int64_t begin = static_cast<std::int64_t>(w) * plan.step;
    const std::int64_t end = std::min(begin + plan.window, length);
    for (std::int64_t i = begin; i < end; ++i) {
      plan.values[static_cast<std::size_t>(i)] +=
          static_cast<float>((logit - double{logits[w]}) / static_cast<double>(end - begin));
      ++covers[static_cast<std::size_t>(i)];
    }
  }
  for (std::size_t i = 0; i < covers.size(); ++i) {
    plan.values[i] /= static_cast<float>(covers[i]);
  }
}

}  // namespace

ChannelAttribution attributeChannels(Scorer& scorer, const IndexedPair& pair,
                                     std::span<const std::string> on) {
  const auto present = presence(scorer, pair);
  const auto places = players(scorer, present, on);
  const auto switches = withEachFlipped(scorer, on);
  std::vector<Scorer::Answer> switched;  // answers to `switches`
  // Asked along with the first coalitions, which mostly leave room in a batch.
  const auto worths = [&](std::span<const Coalition> coalitions) {
    std::vector<std::uint32_t> kept;
    for (const Coalition coalition : coalitions) {
      kept.push_back(channelsOf(coalition, places));
    }
    if (switched.empty()) {
      kept.insert(kept.end(), switches.begin(), switches.end());
    }
    const auto answers = scorer.answers(pair, kept);
    const auto count = static_cast<std::ptrdiff_t>(coalitions.size());
    if (switched.empty()) {
      switched.assign(answers.begin() + count, answers.end());
    }
    std::vector<double> logits;
    for (auto answer = answers.begin(); answer != answers.begin() + count; ++answer) {
      logits.push_back(double{answer->logit});
    }
    return logits;
  };
  const auto shares = shapleyShares(static_cast<int>(places.size()), worths);
  ChannelAttribution attribution{
      double{switched[0].logit}, shares.none, double{switched[0].probability}, {}};
  for (std::size_t c = 0; c < scorer.channels().size(); ++c) {
    attribution.channels.push_back(
        {scorer.channels()[c], present[c], 0, 0, 0, double{switched[c + 1].probability}});
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    ChannelShare& share = attribution.channels[places[i]];
    share.ablation = attribution.logit - double{switched[places[i] + 1].logit};
    share.shapley = shares.players[i].value;
    share.error = shares.players[i].error;
  }
  return attribution;
}

std::vector<ResidueAttribution> attributeResidues(Scorer& scorer, const ResidueWork& work) {
  std::vector<ResidueAttribution> result;
  for (std::size_t side = 0; side < 2; ++side) {
    const auto length = static_cast<std::int64_t>(work.proteins.sequences.at(side).size());
    auto plan = planFor(length, work.windows);
    Scorer::Variants variants{work.pair, side == 1, occluded(work.proteins, side, plan)};
    // The sequence as it is goes along, so that what is compared was made the same way.
    variants.proteins.ids.push_back(work.proteins.ids[side]);
    variants.proteins.sequences.push_back(work.proteins.sequences[side]);
    auto logits = scorer.logitsOf(variants, work.on, work.progress, work.stop);
    const double logit = double{logits.back()};
    logits.pop_back();
    shareOut(plan, logit, logits);
    result.push_back(std::move(plan));
  }
  return result;
}

}  // namespace twofold::models
