// A channel of the user's in a test's project.
#pragma once

#include <string>

#include "core/store/user_channel_repository.h"

namespace twofold::ui {

/// "expression": three numbers of the protein `key`.
inline void addUserChannel(store::Project& project, data::ProteinKey key,
                           const std::string& name = "expression") {
  data::UserChannel channel;
  channel.name = name;
  channel.width = 3;
  channel.proteins = 1;
  channel.hash = std::string(64, 'a');
  channel.source = "expression.tsv";
  store::UserChannelRepository(project).store(channel, {{key}, {0, 1}, {1, 2, 3}});
}

}  // namespace twofold::ui
