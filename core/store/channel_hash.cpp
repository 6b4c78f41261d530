#include "core/store/channel_hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/store/protein_repository.h"

namespace twofold::store {

std::string channelHash(Database& database, const data::UserChannel& channel,
                        const ChannelValues& values) {
  Sha256 sum;
  sum.add(fmt::format("channel 1 {} {} {} {} {}\n", channel.width, channel.perResidue,
                      data::name(channel.normalisation), data::name(channel.missing),
                      channel.perResidue ? data::name(channel.pooling) : ""));
  std::vector<std::pair<std::string, std::size_t>> order;
  const auto ids = ProteinRepository(database).ids();  // by key
  auto known = ids.begin();
  for (std::size_t i = 0; i < values.proteins.size(); ++i) {
    known = std::find_if(known, ids.end(),
                         [&](const auto& entry) { return entry.first == values.proteins[i]; });
    if (known == ids.end()) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("channel \"{}\" has numbers of a protein that the project does not "
                              "have; import the table again with --replace",
                              channel.name));
    }
    order.emplace_back(known->second, i);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [id, i] : order) {
    const auto begin = static_cast<std::size_t>(values.offsets[i] * channel.width);
    const auto end = static_cast<std::size_t>(values.offsets[i + 1] * channel.width);
    sum.add(fmt::format("{} {}\n", id, end - begin));
    sum.add(std::as_bytes(std::span(values.values).subspan(begin, end - begin)));
  }
  return sum.hex();
}

}  // namespace twofold::store
