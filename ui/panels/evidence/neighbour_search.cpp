#include "ui/panels/evidence/neighbour_search.h"

#include "core/base/error.h"
#include "ui/panels/evidence/evidence_run.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

NeighbourSearch::NeighbourSearch(QObject* parent) : QObject(parent) {}

NeighbourSearch::~NeighbourSearch() = default;

const NeighbourList* NeighbourSearch::found(const QString& run, const QString& protein) const {
  const auto at = m_found.find({run, protein});
  return at == m_found.end() ? nullptr : &at->second;
}

void NeighbourSearch::find(const QString& project, const QString& run,
                           const QStringList& proteins) {
  m_command.reset();  // its worker is stopped with it
  m_waiting.clear();
  m_project = project;
  m_run = run;
  m_subject = proteins;
  m_problem.clear();
  m_wasStopped = false;
  m_share = -1;
  m_words = tr("Reading the training part");
  QStringList missing;
  for (const auto& protein : proteins) {
    if (found(run, protein) == nullptr && !missing.contains(protein)) {
      missing << protein;
    }
  }
  m_task.start(
      [project, run, missing](const std::stop_token&) {
        auto opened = store::Project::open(project.toStdString());
        return neighbourPlan(opened, evidenceRun(opened, run.toStdString()), missing);
      },
      [this](Outcome<QList<QStringList>> outcome) {
        if (auto* plan = std::get_if<QList<QStringList>>(&outcome)) {
          m_waiting = std::move(*plan);
          startNext();
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          end(QString::fromStdString(failed->message), false);
        }
      });
  Q_EMIT changed();
}

void NeighbourSearch::startNext() {
  if (m_waiting.isEmpty()) {
    end({}, false);
    return;
  }
  m_command = std::make_unique<WorkerCommand>(m_project, m_waiting.takeFirst());
  connect(m_command.get(), &WorkerCommand::progressed, this, &NeighbourSearch::showProgress);
  connect(m_command.get(), &WorkerCommand::succeeded, this, &NeighbourSearch::take);
  connect(m_command.get(), &WorkerCommand::failed, this,
          [this](const QString& message) { end(message, false); });
  connect(m_command.get(), &WorkerCommand::stopped, this, [this] { end({}, true); });
  m_command->start();
}

void NeighbourSearch::showProgress(const runs::ProgressEvent& progress) {
  m_words = QString::fromStdString(progress.stage);
  m_share = -1;
  if (progress.total > 0) {
    m_share = static_cast<double>(progress.done) / static_cast<double>(progress.total);
    m_words += tr(", %1 of %2 %3")
                   .arg(countText(progress.done), countText(progress.total),
                        QString::fromStdString(progress.unit));
  }
  if (progress.secondsLeft >= 0) {
    m_words += tr(", %1 left").arg(durationText(progress.secondsLeft));
  }
  Q_EMIT progressed();
}

void NeighbourSearch::take(const runs::ResultEvent& result) {
  try {
    auto list = neighbourList(result.body);
    m_found.insert_or_assign({m_run, list.protein}, std::move(list));
  } catch (const Error& error) {
    end(error.what(), false);
    return;
  }
  m_command.release()->deleteLater();
  startNext();
}

void NeighbourSearch::end(const QString& problem, bool stopped) {
  if (m_command) {
    m_command.release()->deleteLater();
  }
  m_waiting.clear();
  m_problem = problem;
  m_wasStopped = stopped;
  Q_EMIT changed();
}

void NeighbourSearch::stop() {
  if (m_command) {
    m_command->stop();
  } else if (m_task.isRunning()) {
    m_task.stop();
    end({}, true);
  }
}

void NeighbourSearch::forget() {
  m_task.stop();
  m_command.reset();
  m_found.clear();
  m_subject.clear();
  end({}, false);
}

}  // namespace twofold::ui
