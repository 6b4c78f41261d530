// A channel's colour and shape, so that it is never told by colour alone.
#pragma once

#include <QIcon>
#include <QString>

namespace twofold::ui {

/// sequence: bar; calpha: triangle; neighbours: ring; annotation: diamond; others: square.
[[nodiscard]] QIcon channelGlyph(const QString& channelId);

}  // namespace twofold::ui
