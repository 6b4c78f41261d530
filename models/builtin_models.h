// The one readable list of backbones, channels, fusions and heads. This header is torch-free.
#pragma once

#include <functional>
#include <memory>

#include "core/base/registry.h"
#include "core/runs/component_catalog.h"
#include "models/learning/backbone.h"

namespace twofold::models {

class Channel;
class Fusion;
class Head;
struct ChannelRequest;
struct FusionRequest;
struct HeadRequest;

using ChannelMaker = std::function<std::unique_ptr<Channel>(const ChannelRequest&)>;
using FusionMaker = std::function<std::shared_ptr<Fusion>(const FusionRequest&)>;
using HeadMaker = std::function<std::shared_ptr<Head>(const HeadRequest&)>;

/// What a spec's ids are looked up in. Tests pass lists of their own.
struct PartLists {
  Registry<BackboneMaker> backbones{"backbone"};
  Registry<ChannelMaker> channels{"channel"};
  Registry<FusionMaker> fusions{"fusion"};
  Registry<HeadMaker> heads{"head"};
};

/// Every part of this program, in the order they are offered.
[[nodiscard]] const PartLists& builtinParts();

/// Every part of this program with its options, as the worker's `catalog` prints it.
[[nodiscard]] runs::ComponentCatalog builtinCatalog();

}  // namespace twofold::models
