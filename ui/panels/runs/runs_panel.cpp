#include "ui/panels/runs/runs_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "ui/panels/run_setup/train_command.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

RunsPanel::RunsPanel(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_queue(queue), m_model(theme) {
  setObjectName(QStringLiteral("runsPanel"));
  m_sorted.setRuns(m_model);
  buildLayout();
  connectSearch();
  connect(&m_queue, &RunQueue::runsChanged, this, &RunsPanel::refresh);
  connect(&m_session, &Session::projectChanged, this, [this] {
    take({}, {});  // the former project's runs are gone at once
    m_finder.reset();
    readViews();
    refresh();
  });
  connect(&m_session, &Session::runFocused, this, &RunsPanel::showFocusedRun);
  connect(m_part, &QComboBox::currentTextChanged, &m_model, &RunTableModel::setPart);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& row) {
            if (row.isValid()) {
              m_session.focusRun(row.data(RunTableModel::RunIdRole).toString());
            }
          });
  connect(m_copy, &QPushButton::clicked, this, &RunsPanel::copyCommand);
  connect(m_remove, &QPushButton::clicked, this, &RunsPanel::removeRun);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("run-setup")); });
  readViews();
  refresh();
}

namespace {

struct Listing {
  std::vector<RunRow> rows;
  FoundRuns found;
};

Listing listingOf(const std::filesystem::path& folder, RunFinder& finder,
                  const runs::RunQuery& query, const std::stop_token& stop) {
  auto project = store::Project::open(folder);
  Listing listing;
  for (auto& run : store::RunRepository(project.database()).runs()) {
    throwIfStopped(stop);
    listing.rows.push_back(runRow(std::move(run)));
  }
  listing.found = finder.find(query);
  return listing;
}

}  // namespace

void RunsPanel::refresh() {
  if (m_session.project() == nullptr) {
    m_task.stop();
    m_finder.reset();
    take({}, {});
    return;
  }
  if (m_finder == nullptr) {
    m_finder = std::make_shared<RunFinder>(m_session.project()->folder());
  }
  m_search.stop();  // its answer comes with the runs
  m_searched = query();
  m_task.start(
      [folder = m_session.project()->folder(), finder = m_finder, wanted = m_searched](
          const std::stop_token& stop) { return listingOf(folder, *finder, wanted, stop); },
      [this](Outcome<Listing> outcome) {
        if (auto* listing = std::get_if<Listing>(&outcome)) {
          take(std::move(listing->rows), std::move(listing->found));
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
      });
}

void RunsPanel::take(std::vector<RunRow> rows, FoundRuns found) {
  const bool first = m_model.rowCount() == 0;
  const auto selected = selectedRuns();
  {
    // A reset must not take the focus away from the run that has it.
    const QSignalBlocker quiet(m_table->selectionModel());
    m_model.setRuns(std::move(rows), std::move(found));
  }
  if (first) {
    m_table->resizeColumnsToContents();
  }
  if (m_model.rowCount() == 0) {
    m_pages->showNote(
        tr("Every run is listed here with its metrics and intervals. There is none yet. Runs and "
           "scores of other programs come in by the menu File, Runs."),
        tr("Set up a run"));
  } else {
    m_pages->showContent();
  }
  showFound();
  showFocusedRun();
  select(selected);
  followSelection();
}

void RunsPanel::showCount() {
  const int all = m_model.rowCount();
  const int shown = m_sorted.rowCount();
  const auto total = all == 1 ? tr("1 run") : tr("%1 runs").arg(countText(all));
  m_count->setText(shown == all ? total : tr("%1 of %2").arg(countText(shown), total));
}

void RunsPanel::selectFocusedRow() {
  const int row = m_model.rowOf(m_session.run());
  const auto index = m_sorted.mapFromSource(m_model.index(row, 0));
  if (row >= 0 && index.isValid() && m_table->currentIndex().row() != index.row()) {
    m_table->setCurrentIndex(index);
  }
}

void RunsPanel::showFocusedRun() {
  selectFocusedRow();
  const auto* row = m_model.row(m_model.rowOf(m_session.run()));
  m_metrics.setParts(row != nullptr ? row->record.parts
                                    : std::map<std::string, metrics::PartMetrics>{});
  m_metricTable->resizeColumnsToContents();
  m_copy->setEnabled(row != nullptr);
  m_remove->setEnabled(row != nullptr && row->record.status != store::RunStatus::Running);
  m_remove->setText(tr("Delete run"));
  m_remove->setProperty("armed", false);
  showMarks(row);
  m_record->showRun(row != nullptr ? QString::fromStdString(row->record.id) : QString());
  m_report->setExperiment(row != nullptr ? QString::fromStdString(row->record.experiment)
                                         : QString());
  if (row == nullptr) {
    m_title->setText(tr("Click a run to see all of it."));
    m_spec->clear();
    return;
  }
  m_title->setText(tr("Run %1: %2, %3")
                       .arg(QString::fromStdString(row->record.id), row->backbone,
                            row->channels.join(QStringLiteral(" + "))));
  try {
    const auto json = formats::parseJson(row->record.specJson, row->record.id);
    m_spec->setPlainText(QString::fromStdString(json.dump(2)));
  } catch (const Error& error) {
    m_spec->setPlainText(error.what());
  }
}

void RunsPanel::removeRun() {
  // A second click confirms: no dialog stands in the way of a run that is being watched.
  if (!m_remove->property("armed").toBool()) {
    m_remove->setProperty("armed", true);
    m_remove->setText(tr("Delete run %1 for good").arg(m_session.run()));
    return;
  }
  try {
    m_queue.remove(m_session.run());
    m_session.focusRun({});
  } catch (const Error& error) {
    Q_EMIT m_session.message(error.what(), true);
  }
}

void RunsPanel::copyCommand() {
  const auto* row = m_model.row(m_model.rowOf(m_session.run()));
  if (row == nullptr) {
    return;
  }
  try {
    const auto spec = runs::runSpecFromJson(
        formats::parseJson(row->record.specJson, row->record.id), row->record.id);
    if (spec.imported) {
      throw Error(ErrorKind::Usage, "Run " + row->record.id + " holds the scores of " +
                                        spec.imported->file + "; no command trains it.");
    }
    QGuiApplication::clipboard()->setText(trainCommand(spec, m_session.project()->folder()));
    Q_EMIT m_session.message(tr("Command copied"), false);
  } catch (const Error& error) {
    Q_EMIT m_session.message(error.what(), true);
  }
}

}  // namespace twofold::ui
