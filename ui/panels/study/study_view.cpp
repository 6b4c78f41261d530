#include "ui/panels/study/study_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QVBoxLayout>

#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

StudyView::StudyView(Session& session, const Theme& theme, const QString& stem, QWidget* parent)
    : QWidget(parent), m_session(session), m_model(theme) {
  const QString lower = stem.left(1).toLower() + stem.mid(1);
  m_table = new QTableView(this);
  m_table->setObjectName(lower + QStringLiteral("Table"));
  m_table->setAccessibleName(tr("Rows beside the first"));
  m_table->setModel(&m_model);
  m_table->setTextElideMode(Qt::ElideMiddle);
  m_table->setWordWrap(false);  // or it elides at words, where names are still alike
  applyListLook(*m_table);
  auto* header = m_table->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::ResizeToContents);
  header->setSectionResizeMode(StudyTableModel::Channels, QHeaderView::Stretch);
  m_reading = new QTextBrowser(this);
  m_reading->setObjectName(lower + QStringLiteral("Reading"));
  m_reading->setAccessibleName(tr("What the table says"));
  m_copy = namedButton(this, tr("Copy as TSV"),
                       QStringLiteral("copy%1Table").arg(stem).toLatin1().constData());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_table, 3);
  layout->addWidget(m_reading, 2);
  layout->addStretch(0);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) { focusRun(current.row()); });
  connect(m_copy, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(studyTsv(*m_model.study()));
    Q_EMIT m_session.message(tr("Table copied"), false);
  });
  showStudy({});
}

void StudyView::focusRun(int row) {
  const auto* line = row < 0 ? nullptr : m_model.line(row);
  if (line != nullptr && !line->runs.isEmpty()) {
    m_session.focusRun(line->runs.front());
  }
}

void StudyView::showStudy(std::optional<StudyResult> study) {
  QString html;
  if (study) {
    for (const auto& sentence : study->isSweep ? sweepReading(*study) : studyReading(*study)) {
      html += QStringLiteral("<p>%1</p>").arg(sentence.toHtmlEscaped());
    }
  }
  m_table->clearSpans();
  m_model.setStudy(std::move(study));
  if (m_model.headingRow() >= 0) {
    m_table->setSpan(m_model.headingRow(), 0, 1, StudyTableModel::Count);
  }
  m_reading->setHtml(html);
  for (QWidget* part : std::initializer_list<QWidget*>{m_table, m_reading, m_copy}) {
    part->setVisible(m_model.study().has_value());
  }
}

}  // namespace twofold::ui
