// Asks the worker which residues the answer rests on, and hands them to the session for the
// structure and the sequences.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <memory>

#include "ui/bridge/worker_bridge.h"
#include "ui/session/session.h"

namespace twofold::ui {

/// GUI thread. The work belongs to the pair, run and channels it was started for: a change of any
/// of them stops it.
class ResidueExplainer : public QWidget {
  Q_OBJECT
 public:
  explicit ResidueExplainer(Session& session, QWidget* parent = nullptr);
  ~ResidueExplainer() override;

  /// Those that are switched on.
  void setChannels(const QStringList& channels);
  /// Stops, and takes off what is shown: the answer is no longer this one's.
  void forget();
  [[nodiscard]] bool isBusy() const { return m_command != nullptr; }

 private:
  void start();
  void succeed(const runs::ResultEvent& result);
  void end(const QString& words, bool isBad = false);

  Session& m_session;
  QStringList m_channels;
  std::unique_ptr<WorkerCommand> m_command;
  QPushButton* m_button;
  QLabel* m_words;
};

}  // namespace twofold::ui
