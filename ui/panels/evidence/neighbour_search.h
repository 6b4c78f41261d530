// Asks the worker for the neighbours of a pair's proteins and keeps what it found.
#pragma once

#include <QObject>
#include <QStringList>
#include <map>
#include <memory>
#include <utility>

#include "ui/bridge/background.h"
#include "ui/bridge/worker_bridge.h"
#include "ui/panels/evidence/neighbour_evidence.h"

namespace twofold::ui {

/// GUI thread. One search at a time; what was found of a protein under a run is kept until
/// forget(), so a pair is asked for once, and pairs that share a protein share its neighbours.
class NeighbourSearch : public QObject {
  Q_OBJECT
 public:
  explicit NeighbourSearch(QObject* parent = nullptr);
  ~NeighbourSearch() override;

  /// Looks for those of the proteins that are not known yet; stops an earlier search.
  void find(const QString& project, const QString& run, const QStringList& proteins);
  /// Reaches the worker; changed() follows when it has ended.
  void stop();
  /// Stops, and drops all that was found: another project is open.
  void forget();

  /// Null until it was found.
  [[nodiscard]] const NeighbourList* found(const QString& run, const QString& protein) const;
  [[nodiscard]] bool isBusy() const { return m_task.isRunning() || m_command != nullptr; }
  /// The proteins of the search at work, or of the last one.
  [[nodiscard]] const QStringList& subject() const { return m_subject; }
  [[nodiscard]] const QString& run() const { return m_run; }
  /// Stage, count and time left of the search at work.
  [[nodiscard]] const QString& words() const { return m_words; }
  /// Share done of the stage; below 0 while it is unknown.
  [[nodiscard]] double share() const { return m_share; }
  /// Why the last search found nothing; empty when it did or is at work.
  [[nodiscard]] const QString& problem() const { return m_problem; }
  [[nodiscard]] bool wasStopped() const { return m_wasStopped; }

 Q_SIGNALS:
  void progressed();
  /// A search began or ended.
  void changed();

 private:
  void startNext();
  void showProgress(const runs::ProgressEvent& progress);
  void take(const runs::ResultEvent& result);
  void end(const QString& problem, bool stopped);

  std::map<std::pair<QString, QString>, NeighbourList> m_found;  // by run and protein
  BackgroundTask m_task;
  std::unique_ptr<WorkerCommand> m_command;
  QList<QStringList> m_waiting;  // arguments
  QStringList m_subject;
  QString m_project;
  QString m_run;
  QString m_words;
  QString m_problem;
  double m_share = -1;
  bool m_wasStopped = false;
};

}  // namespace twofold::ui
