#include "ui/panels/runs/run_marks_view.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/runs/tag_lines.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

QPushButton* button(QWidget* parent, const char* name) {
  auto* made = new QPushButton(parent);
  made->setObjectName(QLatin1String(name));
  return made;
}

QPlainTextEdit* editor(QWidget* parent, const char* name, const QString& hint) {
  auto* made = new QPlainTextEdit(parent);
  made->setObjectName(QLatin1String(name));
  made->setPlaceholderText(hint);
  made->setTabChangesFocus(true);
  return made;
}

}  // namespace

RunMarksView::RunMarksView(QWidget* parent) : QWidget(parent) {
  buildLayout();
  connect(m_favourite, &QPushButton::clicked, this, [this] {
    const std::array ids = {m_marks.id};
    const bool on = !m_marks.favourite;
    Q_EMIT changed([ids, on](store::RunTracking& runs) { runs.setFavourite(ids, on); });
  });
  connect(m_archive, &QPushButton::clicked, this, [this] {
    const std::array ids = {m_marks.id};
    const bool on = !m_marks.archived;
    Q_EMIT changed([ids, on](store::RunTracking& runs) { runs.setArchived(ids, on); });
  });
  connect(m_baseline, &QPushButton::clicked, this, [this] {
    Q_EMIT changed([marks = m_marks](store::RunTracking& runs) {
      if (marks.baseline) {
        runs.clearBaseline(marks.experiment);
      } else {
        runs.setBaseline(marks.id);
      }
    });
  });
  connect(m_save, &QPushButton::clicked, this, &RunMarksView::save);
  for (auto* text : {m_tags, m_note}) {
    connect(text, &QPlainTextEdit::textChanged, this, [this] { m_save->setEnabled(isEdited()); });
  }
  show({});
}

void RunMarksView::buildLayout() {
  m_favourite = button(this, "favouriteRun");
  m_archive = button(this, "archiveRun");
  m_baseline = button(this, "baselineRun");
  m_tags = editor(this, "runTags", tr("fold=3"));
  m_note = editor(this, "runNote", tr("Why this run was made, what it showed"));
  m_save = button(this, "saveMarks");
  m_save->setText(tr("Save tags and note"));
  auto* tagsLabel = new QLabel(tr("Tags, one a line"), this);
  tagsLabel->setBuddy(m_tags);
  auto* noteLabel = new QLabel(tr("Note"), this);
  noteLabel->setBuddy(m_note);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(Tokens::kSpace2);
  for (auto* each : {m_favourite, m_archive, m_baseline}) {
    buttons->addWidget(each);
  }
  buttons->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(buttons);
  layout->addWidget(tagsLabel);
  layout->addWidget(m_tags, 1);
  layout->addWidget(noteLabel);
  layout->addWidget(m_note, 2);
  layout->addWidget(m_save, 0, Qt::AlignLeft);
}

bool RunMarksView::isEdited() const {
  return m_tags->toPlainText().toStdString() != m_marks.tags ||
         m_note->toPlainText().toStdString() != m_marks.note;
}

void RunMarksView::keepDraft() {
  if (!m_marks.id.empty() && isEdited()) {
    m_drafts[m_marks.id] = {m_tags->toPlainText(), m_note->toPlainText()};
  }
}

void RunMarksView::show(const RunMarks& marks) {
  const bool isSame = marks.id == m_marks.id;
  const bool keep = isSame && isEdited();
  if (!isSame) {
    keepDraft();
  }
  m_marks = marks;
  if (const auto draft = m_drafts.find(marks.id); draft != m_drafts.end()) {
    const Draft typed = std::move(draft->second);
    m_drafts.erase(draft);
    m_tags->setPlainText(typed.tags);
    m_note->setPlainText(typed.note);
  } else if (!keep) {
    m_tags->setPlainText(QString::fromStdString(marks.tags));
    m_note->setPlainText(QString::fromStdString(marks.note));
  }
  m_favourite->setText(marks.favourite ? tr("No longer favourite") : tr("Mark as favourite"));
  m_archive->setText(marks.archived ? tr("Restore") : tr("Archive"));
  m_baseline->setText(marks.baseline ? tr("Clear baseline") : tr("Make baseline"));
  m_baseline->setToolTip(tr("Metrics of its experiment are shown with their difference from it."));
  setEnabled(!marks.id.empty());
  m_save->setEnabled(isEdited());
}

void RunMarksView::save() {
  try {
    const auto changes = runs::tagChanges(m_marks.tags, m_tags->toPlainText().toStdString());
    const auto note = m_note->toPlainText().toStdString();
    Q_EMIT changed([changes, note, id = m_marks.id](store::RunTracking& runs) {
      const auto present = runs.values(id);
      for (const auto& name : changes.removed) {
        if (present.contains("tags." + name)) {  // else another program took it away already
          runs.removeTag(id, name);
        }
      }
      runs.setTags(id, changes.set);
      runs.setNote(id, note);
    });
  } catch (const Error& error) {
    Q_EMIT mistake(QString::fromUtf8(error.what()));
  }
}

}  // namespace twofold::ui
