#include "ui/panels/data/channel_dialog.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "core/data/user_channel.h"

namespace twofold::ui {

namespace {

constexpr int kWidth = 520;

void addItem(QComboBox* box, const QString& text, const char* value, const QString& help) {
  box->addItem(text, QString::fromLatin1(value));
  box->setItemData(box->count() - 1, help, Qt::ToolTipRole);
}

}  // namespace

QString channelNameFrom(const QString& file) {
  static const QRegularExpression kOther(QStringLiteral("[^A-Za-z0-9]+"));
  static const QRegularExpression kEnds(QStringLiteral("^[^A-Za-z]+|_+$"));
  constexpr int kLongest = 40;
  return QFileInfo(file)
      .baseName()
      .replace(kOther, QStringLiteral("_"))
      .remove(kEnds)
      .left(kLongest);
}

ChannelDialog::ChannelDialog(const Theme& theme, const QString& file, const QStringList& existing,
                             QWidget* parent)
    : QDialog(parent),
      m_file(file),
      m_existing(existing),
      m_name(new QLineEdit(channelNameFrom(file), this)),
      m_problem(new QLabel(this)),
      m_replace(new QCheckBox(tr("Replace the channel of this name"), this)) {
  setObjectName(QStringLiteral("channelDialog"));
  setWindowTitle(tr("Import channel"));
  auto* title = new QLabel(tr("Your table as a channel"), this);
  title->setFont(theme.font(Theme::Size::Title));
  auto* source = new QLabel(QFileInfo(file).fileName(), this);
  source->setTextFormat(Qt::PlainText);
  source->setProperty("role", "muted");
  source->setToolTip(file);
  m_name->setObjectName(QStringLiteral("channelName"));
  m_name->setToolTip(tr("Letters, digits and underscores; runs call it user:NAME"));
  m_problem->setObjectName(QStringLiteral("channelProblem"));
  m_problem->setProperty("state", "bad");
  m_problem->setWordWrap(true);
  m_replace->setObjectName(QStringLiteral("channelReplace"));
  m_replace->setToolTip(tr("Runs that used the former table keep its hash and are refused."));
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(Tokens::kSpace3);
  form->setVerticalSpacing(Tokens::kSpace2);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Name"), m_name);
  form->addRow(QString(), m_replace);
  addChoices(form);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace4, Tokens::kSpace4, Tokens::kSpace4, Tokens::kSpace4);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(title);
  layout->addWidget(source);
  layout->addLayout(form);
  layout->addWidget(m_problem);
  layout->addStretch(1);
  layout->addWidget(buildButtons());
  setMinimumWidth(kWidth);
  connect(m_name, &QLineEdit::textChanged, this, &ChannelDialog::check);
  connect(m_replace, &QCheckBox::toggled, this, &ChannelDialog::check);
  connect(m_rows, &QComboBox::currentIndexChanged, this, &ChannelDialog::check);
  check();
  m_name->selectAll();
  m_name->setFocus();
}

QComboBox* ChannelDialog::addChoice(QFormLayout* form, const QString& label, const QString& name) {
  auto* box = new QComboBox(this);
  box->setObjectName(name);
  form->addRow(label, box);
  return box;
}

void ChannelDialog::addChoices(QFormLayout* form) {
  m_rows = addChoice(form, tr("&Rows"), QStringLiteral("channelRows"));
  addItem(m_rows, tr("One a protein"), "protein", tr("An id, then numbers"));
  addItem(m_rows, tr("One a residue"), "residue", tr("An id, a position from 1, then numbers"));
  m_pooling = addChoice(form, tr("&Pooling"), QStringLiteral("channelPooling"));
  addItem(m_pooling, tr("Mean over residues"), "mean", tr("One row a protein of the same width"));
  addItem(m_pooling, tr("Mean and largest"), "mean-max", tr("One row of twice the width"));
  m_normalisation = addChoice(form, tr("N&ormalisation"), QStringLiteral("channelNormalisation"));
  addItem(m_normalisation, tr("Standard"), "standard",
          tr("Columns to mean 0 and deviation 1 over the training proteins"));
  addItem(m_normalisation, tr("Unit length, then standard"), "unit",
          tr("Only a row's direction counts"));
  addItem(m_normalisation, tr("Logarithm, then standard"), "log",
          tr("sign(x) log(1 + |x|), for counts and intensities"));
  addItem(m_normalisation, tr("None"), "none", tr("As they are"));
  m_missing = addChoice(form, tr("&Without a row"), QStringLiteral("channelMissing"));
  addItem(m_missing, tr("Masked: no evidence"), "mask",
          tr("As a protein without a structure is for the structure channel"));
  addItem(m_missing, tr("Mean of the training proteins"), "mean", tr("Counts as evidence"));
  addItem(m_missing, tr("Refuse the table"), "refuse", tr("Every protein must have a row"));
  m_nonFinite = addChoice(form, tr("N&aN, infinity, empty"), QStringLiteral("channelNonFinite"));
  addItem(m_nonFinite, tr("Leave the protein's row out"), "mask",
          tr("The protein then counts as without a row"));
  addItem(m_nonFinite, tr("Refuse the table"), "refuse", tr("The import ends with the line"));
  m_constant = addChoice(form, tr("Cons&tant columns"), QStringLiteral("channelConstant"));
  addItem(m_constant, tr("Keep"), "keep", tr("They are named in the report"));
  addItem(m_constant, tr("Drop"), "drop", tr("They are named in the report"));
}

QWidget* ChannelDialog::buildButtons() {
  auto* row = new QWidget(this);
  m_import = new QPushButton(tr("Import"), row);
  m_import->setObjectName(QStringLiteral("channelImport"));
  m_import->setProperty("role", "primary");
  m_import->setDefault(true);
  auto* copy = new QPushButton(tr("Copy as command"), row);
  copy->setObjectName(QStringLiteral("channelCopy"));
  copy->setProperty("role", "quiet");
  copy->setAutoDefault(false);
  auto* cancel = new QPushButton(tr("Cancel"), row);
  cancel->setObjectName(QStringLiteral("channelCancel"));
  cancel->setAutoDefault(false);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(copy);
  layout->addStretch(1);
  layout->addWidget(cancel);
  layout->addWidget(m_import);
  connect(m_import, &QPushButton::clicked, this, &QDialog::accept);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(copy, &QPushButton::clicked, this, [this] { Q_EMIT copyWanted(arguments()); });
  return row;
}

void ChannelDialog::check() {
  const QString name = m_name->text();
  const bool exists = m_existing.contains(name);
  QString problem;
  try {
    data::requireUserChannelName(name.toStdString(), {});
    if (exists && !m_replace->isChecked()) {
      problem = tr("There is a channel of this name; replace it, or give another name.");
    } else if (!exists && m_existing.contains(name, Qt::CaseInsensitive)) {
      problem = tr("There is a channel of this name in other letters; give another name.");
    }
  } catch (const Error& error) {
    problem = QString::fromUtf8(error.what());
  }
  m_replace->setVisible(exists);
  m_pooling->setEnabled(m_rows->currentData() == "residue");
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
  m_import->setEnabled(problem.isEmpty());
}

QStringList ChannelDialog::arguments() const {
  const auto choice = [](const QComboBox* box) { return box->currentData().toString(); };
  QStringList arguments{QStringLiteral("import"),
                        QStringLiteral("channel"),
                        m_file,
                        QStringLiteral("--name"),
                        m_name->text(),
                        QStringLiteral("--normalisation"),
                        choice(m_normalisation),
                        QStringLiteral("--missing"),
                        choice(m_missing),
                        QStringLiteral("--non-finite"),
                        choice(m_nonFinite),
                        QStringLiteral("--constant"),
                        choice(m_constant)};
  if (choice(m_rows) == "residue") {
    arguments << QStringLiteral("--per-residue") << QStringLiteral("--pooling")
              << choice(m_pooling);
  }
  if (m_replace->isVisibleTo(this) && m_replace->isChecked()) {
    arguments << QStringLiteral("--replace");
  }
  return arguments;
}

}  // namespace twofold::ui
