#include "core/runs/user_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold::runs {

namespace {

const data::UserChannel* find(std::span<const data::UserChannel> channels, const std::string& id) {
  const auto found = std::find_if(
      channels.begin(), channels.end(),
      [&](const data::UserChannel& channel) { return data::userChannelId(channel.name) == id; });
  return found == channels.end() ? nullptr : &*found;
}

Error goneTable(const std::string& id, std::span<const data::UserChannel> channels) {
  std::vector<std::string> ids;
  for (const auto& channel : channels) {
    ids.push_back(data::userChannelId(channel.name));
  }
  return {ErrorKind::Usage,
          fmt::format("the project has no channel \"{}\"{}", id, didYouMean(id, ids))};
}

}  // namespace

Descriptor userChannelDescriptor(const data::UserChannel& channel) {
  const auto shape =
      channel.perResidue
          ? fmt::format("{} numbers a residue, pooled by {} to {} a protein", channel.width,
                        data::name(channel.pooling), channel.features())
          : fmt::format("{} numbers a protein", channel.width);
  auto table =
      choiceOption(data::kTableOption, "Table", {channel.hash},
                   "The table's SHA-256: a run records it, and a changed table is refused.");
  table.advanced = true;
  return {data::userChannelId(channel.name),
          channel.name,
          fmt::format("Your table {}: {}; {} proteins have a row. Normalisation: {}.",
                      channel.source, shape, channel.proteins, data::name(channel.normalisation)),
          {std::move(table)}};
}

ComponentCatalog withUserChannels(ComponentCatalog builtin,
                                  std::span<const data::UserChannel> channels) {
  for (const auto& channel : channels) {
    builtin.channels.push_back(userChannelDescriptor(channel));
  }
  return builtin;
}

RunSpec withTables(RunSpec spec, std::span<const data::UserChannel> channels) {
  for (auto& part : spec.channels) {
    if (const auto* channel = find(channels, part.id)) {
      part.options.try_emplace(data::kTableOption, channel->hash);
    }
  }
  return spec;
}

void requireSameTables(const RunSpec& spec, std::span<const data::UserChannel> channels) {
  for (const auto& part : spec.channels) {
    if (!data::isUserChannel(part.id)) {
      continue;
    }
    const auto* channel = find(channels, part.id);
    if (channel == nullptr) {
      throw goneTable(part.id, channels);
    }
    const auto recorded = part.options.find(data::kTableOption);
    const auto hash =
        recorded == part.options.end() ? std::string("none") : toText(recorded->second);
    if (hash != channel->hash) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("the table of channel {} has changed since the run was made (it was "
                      "{}, and {} is {}); import the former table again with the same "
                      "choices and --replace, or start a new run",
                      part.id, hash.substr(0, 12), channel->source, channel->hash.substr(0, 12)));
    }
  }
}

}  // namespace twofold::runs
