#include "ui/panels/project_choices.h"

#include <QSignalBlocker>
#include <algorithm>

#include "core/store/pair_repository.h"
#include "core/store/user_channel_repository.h"
#include "ui/session/guarded.h"

namespace twofold::ui {

std::vector<data::SplitInfo> offerSplits(Session& session, QComboBox& box) {
  const QString before = box.currentText();
  std::vector<data::SplitInfo> splits;
  if (session.project() != nullptr) {
    guarded(session,
            [&] { splits = store::PairRepository(session.project()->database()).splits(); });
  }
  const QSignalBlocker quiet(box);
  box.clear();
  for (const auto& split : splits) {
    box.addItem(QString::fromStdString(split.pairSet + " / " + split.name));
  }
  box.setCurrentIndex(std::max(0, box.findText(before)));
  return splits;
}

std::vector<data::UserChannel> ownChannels(Session& session) {
  std::vector<data::UserChannel> own;
  if (session.project() != nullptr) {
    guarded(session, [&] { own = store::UserChannelRepository(*session.project()).channels(); });
  }
  return own;
}

}  // namespace twofold::ui
