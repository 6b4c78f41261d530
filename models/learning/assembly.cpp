#include "models/learning/assembly.h"

#include <ATen/Context.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"
#include "models/backbones/cached.h"
#include "models/channels/user_table.h"
#include "models/learning/backbone_notes.h"
#include "models/learning/pair_model.h"

namespace twofold::models {

namespace {

constexpr std::uint64_t kInitialWeights = 3;  // purpose of a derived seed; the trainer has 1 and 2

/// Makes one part from its checked options, `make(entry, options)`, and sees that it read them all.
template <class Maker, class Make>
auto madePart(const Registry<Maker>& registry, std::string_view kind, const runs::PartSpec& spec,
              const Make& make) {
  const auto& entry = registry.find(spec.id);
  const Options options(fmt::format("{} \"{}\"", kind, spec.id), entry.descriptor.options,
                        spec.options);
  auto part = make(entry.make, options);
  options.requireAllRead();
  return part;
}

/// A channel of the user's is in no list of this program: its data names it.
std::unique_ptr<Channel> madeChannel(const FrozenPartsRequest& request,
                                     const runs::PartSpec& spec) {
  if (data::isUserChannel(spec.id)) {
    return makeUserTable(spec);
  }
  return madePart(request.lists.channels, "channel", spec,
                  [&](const ChannelMaker& make, const Options& options) {
                    return make({options, request.device, request.cacheFolder, request.watch});
                  });
}

bool usesBackbone(const FrozenParts& parts) {
  return std::any_of(parts.channels.begin(), parts.channels.end(),
                     [](const auto& channel) { return channel->usesBackbone(); });
}

/// A head that takes proteins sees each by itself, so nothing that is known of a pair reaches it: a
/// channel that knows nothing else cannot serve.
void checkHead(const Head& head, const runs::RunSpec& spec, const std::vector<std::string>& ids,
               const std::vector<ChannelShape>& shapes) {
  for (std::size_t c = 0; c < shapes.size(); ++c) {
    if (head.takesProteins() && shapes[c].rows == 0) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("channel {} tells of pairs alone, and head {} works on each protein by "
                      "itself; leave the channel out, or choose head mlp",
                      ids[c], spec.head.id));
    }
  }
}

}  // namespace

std::unique_ptr<Backbone> makeBackbone(const PartLists& lists, const runs::PartSpec& spec,
                                       const std::string& device, const LoadWatch& watch) {
  return madePart(lists.backbones, "backbone", spec,
                  [&](const BackboneMaker& make, const Options& options) {
                    return make(BackboneRequest{options, device, watch});
                  });
}

FrozenParts makeFrozenParts(const FrozenPartsRequest& request) {
  const runs::RunSpec& spec = request.spec;
  if (spec.channels.empty()) {
    throw Error(ErrorKind::Usage, "a pair model needs a channel; add one, such as sequence");
  }
  FrozenParts parts;
  for (const auto& channel : spec.channels) {
    if (std::find(parts.ids.begin(), parts.ids.end(), channel.id) != parts.ids.end()) {
      throw Error(ErrorKind::Usage, fmt::format("channel \"{}\" is named twice", channel.id));
    }
    parts.ids.push_back(channel.id);
    parts.channels.push_back(madeChannel(request, channel));
  }
  parts.backbone = cached(makeBackbone(request.lists, spec.backbone, request.device, request.watch),
                          request.cacheFolder);
  return parts;
}

namespace {

void requireLengths(const FrozenParts& parts, const ProteinInputs& proteins) {
  if (usesBackbone(parts)) {
    requireWithinLimit(parts.backbone->lengthLimit(), proteins.ids, proteins.sequences);
  }
}

}  // namespace

std::vector<ChannelInputs> makeInputs(FrozenParts& parts, const ProteinInputs& proteins,
                                      std::size_t known, const LoadWatch& watch) {
  requireLengths(parts, proteins);
  std::vector<ChannelInputs> inputs;
  for (const auto& channel : parts.channels) {
    inputs.push_back(
        channel->inputs({proteins, *parts.backbone, watch.progress, watch.stop, known}));
  }
  return inputs;
}

void fitChannels(FrozenParts& parts, const TrainingPart& part, const ProteinInputs& proteins,
                 const LoadWatch& watch) {
  requireLengths(parts, proteins);
  for (const auto& channel : parts.channels) {
    channel->fit(part, {proteins, *parts.backbone, watch.progress, watch.stop});
  }
}

std::vector<std::string> notesOn(const FrozenParts& parts, const ProteinInputs& proteins) {
  std::vector<std::string> notes;
  if (usesBackbone(parts)) {
    notes = notesOn(*parts.backbone, proteins.sequences);
  }
  for (const auto& channel : parts.channels) {
    for (auto& note : channel->notes(proteins)) {
      notes.push_back(std::move(note));
    }
  }
  return notes;
}

std::shared_ptr<PairModel> makePairModel(const PartLists& lists, const runs::RunSpec& spec,
                                         const FrozenParts& parts,
                                         const std::vector<ChannelShape>& shapes) {
  const TrainingOptions training = trainingOptions(spec.training);
  PairModelParts made;
  made.channels = parts.ids;
  made.width = training.width;
  const auto makeHead = [&] {
    return madePart(
        lists.heads, "head", spec.head, [&](const HeadMaker& make, const Options& options) {
          return make(HeadRequest{options, training.width, training.dropout, made.noise});
        });
  };
  // Asked of a head of its own: the one that stays draws its weights last.
  const bool seesPairs = !makeHead()->takesProteins();
  at::manual_seed(derivedSeed(spec.seed, kInitialWeights));
  std::int64_t tokens = 0;
  for (std::size_t c = 0; c < parts.channels.size(); ++c) {
    made.encoders.push_back(
        shapes[c].rows == 0 ? nullptr
                            : parts.channels[c]->makeEncoder({shapes[c].features, training.width,
                                                              training.dropout, made.noise}));
    made.tokens.push_back(shapes[c].rows == 0 ? 0 : made.encoders[c]->tokens(shapes[c].rows));
    made.pairFeatures.push_back(seesPairs ? shapes[c].pairFeatures : 0);
    tokens += made.tokens.back() + (made.pairFeatures.back() > 0 ? 1 : 0);
  }
  made.fusion = madePart(
      lists.fusions, "fusion", spec.fusion, [&](const FusionMaker& make, const Options& options) {
        return make(FusionRequest{options, tokens, training.width, training.dropout, made.noise});
      });
  made.head = makeHead();
  checkHead(*made.head, spec, parts.ids, shapes);
  return std::make_shared<PairModel>(std::move(made));
}

int pairModelThreads(const std::vector<ChannelShape>& shapes, std::int64_t width,
                     std::int64_t batch, int threads) {
  constexpr std::int64_t kSmall = 1'000'000'000;  // multiplications in a step: tens of milliseconds
  std::int64_t perPair = 0;
  for (const auto& shape : shapes) {
    perPair +=
        shape.rows * width * (2 * shape.features + 3 * width) + 2 * shape.pairFeatures * width;
  }
  return perPair * batch < kSmall ? 1 : threads;
}

}  // namespace twofold::models
