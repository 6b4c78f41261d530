// What panels share that set up a command of the worker, start it and watch it.
#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "core/runs/run_event.h"
#include "ui/session/session.h"

namespace twofold::ui {

/// A label that wraps.
[[nodiscard]] QLabel* wordsLabel(QWidget* parent, const char* name);
[[nodiscard]] QPushButton* namedButton(QWidget* parent, const QString& text, const char* name);

/// Bar and words, "Finding relatives: 20 of 300 proteins, 5 s left"; without a total the bar only
/// moves.
void showWorkerProgress(QProgressBar& bar, QLabel& words, const runs::ProgressEvent& progress);

/// The command as a line for a terminal, with the open project; there must be one.
[[nodiscard]] QString commandOnProject(const Session& session, const QStringList& arguments);

}  // namespace twofold::ui
