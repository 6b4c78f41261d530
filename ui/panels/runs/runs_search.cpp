// The runs panel's filter line, formula columns and saved views.
#include "core/base/error.h"
#include "core/runs/run_search.h"
#include "ui/panels/runs/runs_panel.h"

namespace twofold::ui {

void RunsPanel::connectSearch() {
  connect(m_filter, &QLineEdit::textChanged, this, &RunsPanel::search);
  connect(m_formulas, &QLineEdit::editingFinished, this, &RunsPanel::search);
  connect(m_archived, &QToolButton::toggled, this, &RunsPanel::search);
  connect(&m_sorted, &QAbstractItemModel::rowsInserted, this, &RunsPanel::showCount);
  connect(&m_sorted, &QAbstractItemModel::rowsRemoved, this, &RunsPanel::showCount);
  connect(m_views, &ViewMenu::chosen, this, &RunsPanel::applyView);
  connect(m_views, &ViewMenu::saveWanted, this, &RunsPanel::saveView);
  connect(m_views, &ViewMenu::removeWanted, this, &RunsPanel::removeView);
  connect(m_marks, &RunMarksView::changed, this, &RunsPanel::mark);
  connect(m_marks, &RunMarksView::mistake, this,
          [this](const QString& text) { Q_EMIT m_session.message(text, true); });
  connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunsPanel::followSelection);
  followSelection();
}

runs::RunQuery RunsPanel::query() const {
  return {runs::searchFrom(m_filter->text().toStdString()).filter,
          m_formulas->text().trimmed().toStdString(),
          {},
          m_archived->isChecked(),
          0};
}

void RunsPanel::search() {
  m_sorted.setFilterFixedString(
      QString::fromStdString(runs::searchFrom(m_filter->text().toStdString()).words));
  const auto wanted = query();
  if (m_finder == nullptr || wanted == m_searched) {
    return;
  }
  if (m_task.isRunning()) {
    refresh();  // the runs on their way were asked for with another query
    return;
  }
  m_searched = wanted;
  m_search.start(
      [finder = m_finder, wanted](const std::stop_token&) { return finder->find(wanted); },
      [this](Outcome<FoundRuns> outcome) {
        if (auto* found = std::get_if<FoundRuns>(&outcome)) {
          m_model.setFound(std::move(*found));
          showFound();
          selectFocusedRow();
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
      });
}

void RunsPanel::showFound() {
  const QString& mistake = m_model.found().mistake;
  m_mistake->setText(mistake);
  m_mistake->setVisible(!mistake.isEmpty());
  applySort();
  showCount();
}

void RunsPanel::applySort() {
  constexpr const char* kDescending = " desc";
  if (m_wantedSort.isEmpty()) {
    return;
  }
  const bool descending = m_wantedSort.endsWith(kDescending);
  const auto by = descending ? m_wantedSort.chopped(5) : m_wantedSort;
  for (int column = 0; column < m_model.columnCount(); ++column) {
    if (m_model.expression(column) == by) {
      m_table->sortByColumn(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
      m_wantedSort.clear();
      return;
    }
  }
}

void RunsPanel::readViews() {
  m_saved.clear();
  QStringList names;
  if (m_session.project() != nullptr) {
    try {
      m_saved = store::SavedViews(m_session.project()->database()).views();
    } catch (const Error& error) {
      Q_EMIT m_session.message(QString::fromUtf8(error.what()), true);
    }
  }
  for (const auto& view : m_saved) {
    names << QString::fromStdString(view.name);
  }
  m_views->setViews(names);
}

void RunsPanel::applyView(const QString& name) {
  for (const auto& view : m_saved) {
    if (QString::fromStdString(view.name) == name) {
      m_wantedSort = QString::fromStdString(view.sort);
      const QSignalBlocker filter(m_filter);
      const QSignalBlocker archived(m_archived);
      m_filter->setText(QString::fromStdString(view.filter));
      m_formulas->setText(QString::fromStdString(view.columns));
      m_archived->setChecked(view.archived);
      break;
    }
  }
  search();
  applySort();
}

void RunsPanel::saveView(const QString& name) {
  const auto wanted = query();
  const int column = m_sorted.sortColumn();
  auto sort = column < 0 ? std::string() : m_model.expression(column).toStdString();
  if (!sort.empty() && m_sorted.sortOrder() == Qt::DescendingOrder) {
    sort += " desc";
  }
  // Words in the line are no part of a view: they say nothing without this table's columns.
  const store::SavedView view{name.toStdString(), wanted.filter, wanted.columns, sort,
                              wanted.archived};
  changeView([view](store::SavedViews& views) { views.save(view); });
}

void RunsPanel::removeView(const QString& name) {
  changeView([name](store::SavedViews& views) { views.remove(name.toStdString()); });
}

void RunsPanel::changeView(const std::function<void(store::SavedViews&)>& change) {
  if (m_session.project() == nullptr) {
    return;
  }
  m_viewing.start(
      [folder = m_session.project()->folder(), change] {
        auto project = store::Project::open(folder);
        store::SavedViews views(project.database());
        change(views);
        return true;
      },
      [this](const Outcome<bool>& outcome) {
        if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
        readViews();
      });
}

}  // namespace twofold::ui
