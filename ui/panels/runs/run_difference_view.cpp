#include "ui/panels/runs/run_difference_view.h"

#include <QVBoxLayout>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_difference.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "ui/panels/list_look.h"
#include "ui/theme/number_text.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

constexpr qsizetype kMostRuns = 50;  // a column each

struct Difference {
  QStringList ids;
  QStringList reasons;
  std::vector<ValueTableModel::Row> rows;
};

/// Of the runs that hold another program's scores.
QStringList importedSentences(store::Database& database, const QStringList& ids) {
  store::RunRepository repository(database);
  QStringList sentences;
  for (const auto& id : ids) {
    const auto record = repository.run(id.toStdString());
    try {
      const auto spec =
          runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
      if (spec.imported && !spec.imported->scale.empty()) {  // of MLflow's runs params are recorded
        sentences << RunDifferenceView::tr(
                         "Run %1 holds the scores of %2 (%3); how they were made "
                         "is not recorded.")
                         .arg(id, QString::fromStdString(spec.imported->name),
                              QString::fromStdString(spec.imported->file));
      }
    } catch (const Error& error) {  // what is recorded is shown all the same
      sentences << QString::fromStdString(error.what());
    }
  }
  return sentences;
}

Difference differenceOf(const std::filesystem::path& folder, const QStringList& ids,
                        const std::stop_token& stop) {
  auto project = store::Project::open(folder);
  store::RunTracking tracking(project.database());
  std::vector<store::RunValueMap> values;
  for (const auto& id : ids) {
    throwIfStopped(stop);
    values.push_back(tracking.values(id.toStdString()));
  }
  const auto found = runs::differenceOf(values);
  Difference difference{ids, {}, {}};
  for (const auto& reason : found.reasons) {
    difference.reasons << QString::fromStdString(reason);
  }
  const auto imported = importedSentences(project.database(), ids);
  if (found.rows.empty() && !imported.isEmpty()) {
    difference.reasons.clear();  // where nothing is recorded, nothing can be said to be the same
  }
  difference.reasons << imported;
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

RunDifferenceView::RunDifferenceView(Session& session, const QString& hint, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_hint(hint),
      m_reasons(new QLabel(this)),
      m_table(new QTableView(this)) {
  m_reasons->setObjectName(QStringLiteral("differenceReasons"));
  m_reasons->setTextFormat(Qt::PlainText);
  m_reasons->setWordWrap(true);
  m_table->setObjectName(QStringLiteral("differenceTable"));
  m_table->setAccessibleName(tr("What differs between the selected runs"));
  applyListLook(*m_table);
  m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_reasons);
  layout->addWidget(m_table, 1);
  layout->addStretch(0);
  showRuns({});
}

void RunDifferenceView::showRuns(const QStringList& all) {
  const QStringList ids = all.mid(0, kMostRuns);
  const QString left = all.size() == ids.size()
                           ? QString()
                           : tr("Of the %1 selected runs the first %2 are shown.")
                                 .arg(countText(all.size()), countText(ids.size()));
  if (ids.size() < 2 || m_session.project() == nullptr) {
    m_task.stop();
    showDifference({}, {m_hint}, {});
    return;
  }
  m_task.start([folder = m_session.project()->folder(),
                ids](const std::stop_token& stop) { return differenceOf(folder, ids, stop); },
               [this, left](Outcome<Difference> outcome) {
                 if (auto* difference = std::get_if<Difference>(&outcome)) {
                   if (!left.isEmpty()) {
                     difference->reasons.prepend(left);
                   }
                   showDifference(difference->ids, difference->reasons,
                                  std::move(difference->rows));
                 } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                   showDifference({}, {QString::fromStdString(failed->message)}, {});
                 }
               });
}

void RunDifferenceView::showDifference(const QStringList& ids, const QStringList& reasons,
                                       std::vector<ValueTableModel::Row> rows) {
  m_reasons->setText(reasons.join('\n'));
  auto model = std::make_unique<ValueTableModel>(QStringList{tr("What differs")} + ids);
  model->setRows(std::move(rows));
  m_table->setModel(model.get());
  m_model = std::move(model);
  m_table->setVisible(m_model->rowCount() > 0);
  m_table->resizeColumnsToContents();
}

}  // namespace twofold::ui
