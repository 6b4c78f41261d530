// What panels share that set up a command of the worker, start it and watch it.
#pragma once

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <vector>

#include "core/base/descriptor.h"
#include "core/runs/run_event.h"
#include "ui/session/session.h"

namespace twofold::ui {

/// A label that wraps.
[[nodiscard]] QLabel* wordsLabel(QWidget* parent, const char* name);
[[nodiscard]] QPushButton* namedButton(QWidget* parent, const QString& text, const char* name);

/// A list to pick from that does not grow with its longest entry.
[[nodiscard]] QComboBox* pickerBox(QWidget* parent, const char* name);
/// The layout of a panel's form, which it fills.
[[nodiscard]] QFormLayout* panelForm(QWidget* form);
/// Fills `box` with the parts and keeps what was chosen, at first `first`.
void offerParts(QComboBox& box, const std::vector<Descriptor>& parts, const QString& first);

/// Bar and words, "Finding relatives: 20 of 300 proteins, 5 s left"; without a total the bar only
/// moves.
void showWorkerProgress(QProgressBar& bar, QLabel& words, const runs::ProgressEvent& progress);

/// The command as a line for a terminal, with the open project; there must be one.
[[nodiscard]] QString commandOnProject(const Session& session, const QStringList& arguments);

}  // namespace twofold::ui
