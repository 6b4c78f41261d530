// What the runs panel shows of marks, and of what differs between selected runs.
#include "core/base/error.h"
#include "core/runs/run_difference.h"
#include "core/runs/tag_lines.h"
#include "ui/panels/runs/runs_panel.h"

namespace twofold::ui {

namespace {

struct Difference {
  QStringList ids;
  QStringList reasons;
  std::vector<ValueTableModel::Row> rows;
};

Difference differenceOf(const std::filesystem::path& folder, const QStringList& ids) {
  auto project = store::Project::open(folder);
  store::RunTracking tracking(project.database());
  std::vector<store::RunValueMap> values;
  for (const auto& id : ids) {
    values.push_back(tracking.values(id.toStdString()));
  }
  const auto found = runs::differenceOf(values);
  Difference difference{ids, {}, {}};
  for (const auto& reason : found.reasons) {
    difference.reasons << QString::fromStdString(reason);
  }
  for (const auto& row : found.rows) {
    QVariantList cells = {QString::fromStdString(row.name)};
    for (const auto& text : row.texts) {
      cells << (text.empty() ? QStringLiteral("–") : QString::fromStdString(text));
    }
    difference.rows.push_back({cells, 0});
  }
  return difference;
}

}  // namespace

void RunsPanel::mark(const RunMarksView::Change& change) {
  if (m_session.project() == nullptr) {
    return;
  }
  m_marking.start(
      [folder = m_session.project()->folder(), change] {
        auto project = store::Project::open(folder);
        store::RunTracking tracking(project.database());
        change(tracking);
        return true;
      },
      [this](const Outcome<bool>& outcome) {
        if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
        refresh();
      });
}

void RunsPanel::showMarks(const RunRow* row) {
  if (row == nullptr) {
    m_marks->show({});
    return;
  }
  RunMarks marks{row->record.id,          row->record.experiment, {},
                 row->record.note,        row->record.favourite,  row->record.archived,
                 m_model.isBaseline(*row)};
  try {
    store::RunTracking tracking(m_session.project()->database());
    marks.tags = runs::tagLines(tracking.values(marks.id));
  } catch (const Error& error) {
    // It was just deleted; the list will soon say so.
    Q_EMIT m_session.message(QString::fromUtf8(error.what()), true);
  }
  m_marks->show(marks);
}

void RunsPanel::compareSelected() {
  QStringList ids;
  for (const auto& index : m_table->selectionModel()->selectedRows()) {
    ids << index.data(RunTableModel::RunIdRole).toString();
  }
  if (ids.size() < 2 || m_session.project() == nullptr) {
    m_comparison.stop();
    showDifference({}, {tr("Select two runs or more (Ctrl+click) to see what differs.")}, {});
    return;
  }
  m_comparison.start([folder = m_session.project()->folder(),
                      ids](const std::stop_token&) { return differenceOf(folder, ids); },
                     [this](Outcome<Difference> outcome) {
                       if (auto* difference = std::get_if<Difference>(&outcome)) {
                         showDifference(difference->ids, difference->reasons,
                                        std::move(difference->rows));
                       } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                         showDifference({}, {QString::fromStdString(failed->message)}, {});
                       }
                     });
}

void RunsPanel::showDifference(const QStringList& ids, const QStringList& reasons,
                               std::vector<ValueTableModel::Row> rows) {
  m_reasons->setText(reasons.join('\n'));
  auto model = std::make_unique<ValueTableModel>(QStringList{tr("What differs")} + ids);
  model->setRows(std::move(rows));
  m_differenceTable->setModel(model.get());
  m_difference = std::move(model);
  m_differenceTable->setVisible(m_difference->rowCount() > 0);
  m_differenceTable->resizeColumnsToContents();
}

}  // namespace twofold::ui
