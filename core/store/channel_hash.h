// What a channel of the user's holds, as one hash: the same in every project with the same
// proteins.
#pragma once

#include <string>

#include "core/store/user_channel_repository.h"

namespace twofold::store {

/// SHA-256 of everything that reaches a model: the choices and, by ids and not by the project's own
/// keys, the numbers. 64 lower-case hexadecimal digits. Throws Error(BadInput) for a protein that
/// the project does not have.
[[nodiscard]] std::string channelHash(Database& database, const data::UserChannel& channel,
                                      const ChannelValues& values);

}  // namespace twofold::store
