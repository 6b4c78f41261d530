#include "ui/panels/runs/run_record_view.h"

#include <QDateTime>
#include <QLocale>
#include <QVBoxLayout>

#include "core/store/run_tracking.h"
#include "ui/panels/list_look.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

using Rows = std::vector<ValueTableModel::Row>;

QString timeText(std::int64_t seconds) {
  return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::ShortFormat);
}

void add(Rows& rows, const QString& what, const QString& value) {
  rows.push_back({{what, value}, static_cast<qint64>(rows.size())});
}

void addValues(Rows& rows, const store::RunValueMap& values, const std::string& family) {
  for (const auto& [name, value] : values) {
    if (name.starts_with(family)) {
      const auto text = QString::fromStdString(toText(value));
      const bool isMemory = name == "system.memory";
      add(rows, QString::fromStdString(name), isMemory ? bytesText(text.toLongLong()) : text);
    }
  }
}

Rows recordOf(const std::filesystem::path& folder, const std::string& id) {
  auto project = store::Project::open(folder);
  store::RunTracking tracking(project.database());
  Rows rows;
  for (const auto& change : tracking.history(id)) {
    const auto status = QString::fromStdString(change.status);
    add(rows, RunRecordView::tr("history, %1").arg(timeText(change.at)),
        change.message.empty()
            ? status
            : status + QStringLiteral(": ") + QString::fromStdString(change.message));
  }
  const auto values = tracking.values(id);
  addValues(rows, values, "system.");
  addValues(rows, values, "hashes.");
  for (const auto& file : tracking.artifacts(id)) {
    add(rows, QString::fromStdString(file.name),
        RunRecordView::tr("%1, SHA-256 %2")
            .arg(bytesText(file.bytes), QString::fromStdString(file.hash)));
  }
  return rows;
}

}  // namespace

RunRecordView::RunRecordView(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_model({tr("Recorded"), tr("Value")}),
      m_table(new QTableView(this)) {
  m_table->setObjectName(QStringLiteral("runRecord"));
  m_table->setAccessibleName(tr("Machine, hashes, files and history of the run in focus"));
  m_table->setModel(&m_model);
  applyListLook(*m_table);
  m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_table);
}

void RunRecordView::showRun(const QString& id) {
  if (id.isEmpty() || m_session.project() == nullptr) {
    m_task.stop();
    m_model.setRows({});
    return;
  }
  m_task.start(
      [folder = m_session.project()->folder(), run = id.toStdString()](const std::stop_token&) {
        return recordOf(folder, run);
      },
      [this](Outcome<Rows> outcome) {
        if (auto* rows = std::get_if<Rows>(&outcome)) {
          m_model.setRows(std::move(*rows));
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          m_model.setRows({{{tr("cannot be read"), QString::fromStdString(failed->message)}}});
        }
        m_table->resizeColumnsToContents();
      });
}

}  // namespace twofold::ui
