// What a slot may do with the store: an error becomes the session's message and goes no further.
#pragma once

#include "core/base/error.h"
#include "ui/session/session.h"

namespace twofold::ui {

/// Runs `work`; false when it threw an Error. GUI thread.
template <class Work>
bool guarded(Session& session, Work&& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    Q_EMIT session.message(QString::fromStdString(error.what()), true);
    return false;
  }
}

}  // namespace twofold::ui
