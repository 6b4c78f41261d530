#include "ui/panels/transfer/worker_dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <utility>

#include "core/base/error.h"
#include "ui/panels/transfer/file_field.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

constexpr int kWidth = 560;

}  // namespace

WorkerDialog::WorkerDialog(Session& session, const Theme& theme, Words words, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_theme(theme),
      m_words(std::move(words)),
      m_project(QString::fromStdString(session.project()->folder().string())),
      m_formSide(new QWidget(this)),
      m_form(new QFormLayout(m_formSide)),
      m_problem(wordsLabel(this, "dialogProblem")),
      m_box(new ImportBox(theme, this)),
      m_copy(namedButton(this, tr("Copy as command"), "dialogCopy")),
      m_close(namedButton(this, tr("Close"), "dialogClose")),
      m_start(namedButton(this, m_words.start, "dialogStart")) {
  setObjectName(m_words.name);
  setWindowTitle(m_words.title);
  buildLayout();
  connect(m_start, &QPushButton::clicked, this, &WorkerDialog::start);
  connect(m_close, &QPushButton::clicked, this, &WorkerDialog::reject);
  connect(m_copy, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(
        commandLine(arguments() + QStringList{QStringLiteral("--project"), m_project}));
    Q_EMIT m_session.message(tr("Command copied"), false);
  });
  connect(m_box, &ImportBox::reported, this, &WorkerDialog::succeeded);
  connect(m_box, &ImportBox::finished, this, &WorkerDialog::end);
}

void WorkerDialog::buildLayout() {
  auto* title = new QLabel(m_words.title, this);
  title->setFont(m_theme.font(Theme::Size::Title));
  auto* what = wordsLabel(this, "dialogWhat");
  what->setText(m_words.what);
  what->setProperty("role", "muted");
  m_form->setContentsMargins(0, 0, 0, 0);
  m_form->setHorizontalSpacing(Tokens::kSpace3);
  m_form->setVerticalSpacing(Tokens::kSpace2);
  m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_problem->setProperty("state", "bad");
  m_box->hideCopy();  // the dialog has one that is there before the command starts
  m_start->setProperty("role", "primary");
  m_start->setDefault(true);
  m_copy->setProperty("role", "quiet");
  m_copy->setAutoDefault(false);
  m_close->setAutoDefault(false);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(Tokens::kSpace2);
  buttons->addWidget(m_copy);
  buttons->addStretch(1);
  buttons->addWidget(m_close);
  buttons->addWidget(m_start);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace4, Tokens::kSpace4, Tokens::kSpace4, Tokens::kSpace4);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(title);
  layout->addWidget(what);
  layout->addWidget(m_formSide);
  layout->addWidget(m_problem);
  layout->addWidget(m_box);
  layout->addStretch(1);
  layout->addLayout(buttons);
  setMinimumWidth(kWidth);
}

void WorkerDialog::addRow(const QString& label, QWidget* field, const QString& help) {
  field->setToolTip(help);
  m_form->addRow(label, field);
  if (auto* file = qobject_cast<FileField*>(field)) {
    file->line()->setAccessibleName(QString(label).remove('&'));
  }
}

void WorkerDialog::check() {
  QString problem;
  if (m_words.changesProject && m_session.project() != nullptr) {
    problem = QString::fromStdString(m_session.project()->readOnlyReason());
  }
  if (problem.isEmpty()) {
    try {
      static_cast<void>(arguments());
    } catch (const Error& error) {
      problem = QString::fromStdString(error.what());
    }
  }
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
  m_copy->setEnabled(problem.isEmpty());
  m_start->setEnabled(problem.isEmpty() && !isBusy());
}

void WorkerDialog::start() {
  check();
  if (!m_start->isEnabled()) {
    return;
  }
  remember();
  m_box->run(m_project, arguments(), m_words.title, m_words.left);
  m_formSide->setEnabled(false);
  m_start->setEnabled(false);
}

void WorkerDialog::end(bool done) {
  m_formSide->setEnabled(true);
  // Once more the same would be a twin: what went well is started again only when the form changed.
  m_start->setEnabled(!done);
  if (done) {
    m_close->setFocus();
  }
}

void WorkerDialog::reject() {
  if (isBusy()) {
    m_box->stop();
  } else {
    QDialog::reject();
  }
}

}  // namespace twofold::ui
