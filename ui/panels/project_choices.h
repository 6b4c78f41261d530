// What of the open project a form lets choose.
#pragma once

#include <QComboBox>
#include <vector>

#include "core/data/split.h"
#include "core/data/user_channel.h"
#include "ui/session/session.h"

namespace twofold::ui {

/// Fills `box` with the project's splits, "pairs / split", quietly, and keeps what was chosen;
/// returns them in its order. None without a project; errors are the session's messages.
[[nodiscard]] std::vector<data::SplitInfo> offerSplits(Session& session, QComboBox& box);

/// The project's channels of the user's. None without a project; errors as above.
[[nodiscard]] std::vector<data::UserChannel> ownChannels(Session& session);

}  // namespace twofold::ui
