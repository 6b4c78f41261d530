#include "ui/forms/option_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

QString text(const OptionValue& value) {
  return QString::fromStdString(toText(value));
}

double number(const OptionValue& value) {
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value);
}

/// One more than the default needs, so that it survives its editor and can be varied.
int decimalsOf(double value) {
  constexpr int kMost = 12;
  int digits = 1;
  while (digits < kMost && QString::number(value, 'f', digits).toDouble() != value) {
    ++digits;
  }
  return std::max(2, digits + (value < 0.1 ? 1 : 0));
}

}  // namespace

int formLabelWidth(const QWidget& form) {
  constexpr int kLetters = 18;
  return kLetters * form.fontMetrics().averageCharWidth();
}

OptionForm::OptionForm(QWidget* parent)
    : QWidget(parent),
      m_layout(new QFormLayout),
      m_advanced(new QPushButton(tr("More options"), this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setHorizontalSpacing(Tokens::kSpace3);
  m_layout->setVerticalSpacing(Tokens::kSpace2);
  m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_layout->setRowWrapPolicy(QFormLayout::DontWrapRows);
  m_advanced->setObjectName(QStringLiteral("moreOptions"));
  m_advanced->setProperty("role", "quiet");
  m_advanced->setCheckable(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(m_layout);
  layout->addWidget(m_advanced, 0, Qt::AlignLeft);
  connect(m_advanced, &QPushButton::toggled, this, &OptionForm::showAdvanced);
}

void OptionForm::setSpecs(const std::vector<OptionSpec>& specs, const OptionValues& values) {
  while (m_layout->rowCount() > 0) {
    m_layout->removeRow(0);
  }
  m_rows.clear();
  bool anyAdvanced = false;
  for (const auto& spec : specs) {
    if (spec.type == OptionType::Choice && spec.choices.size() == 1) {
      continue;  // one choice is none
    }
    const auto given = values.find(spec.id);
    m_rows.push_back(makeRow(spec, given == values.end() ? spec.defaultValue : given->second));
    auto* editor = m_rows.back().editor;
    editor->setObjectName(QString::fromStdString("option-" + spec.id));
    editor->setToolTip(QString::fromStdString(spec.help));
    editor->setAccessibleDescription(QString::fromStdString(spec.help));
    m_layout->addRow(QString::fromStdString(spec.label), editor);
    auto* label = m_layout->labelForField(editor);
    label->setToolTip(QString::fromStdString(spec.help));
    label->setMinimumWidth(formLabelWidth(*this));
    anyAdvanced = anyAdvanced || spec.advanced;
  }
  m_advanced->setVisible(anyAdvanced);
  showAdvanced(m_advanced->isChecked());
}

void OptionForm::showAdvanced(bool on) {
  for (int i = 0; i < m_layout->rowCount(); ++i) {
    m_layout->setRowVisible(i, on || !m_rows[static_cast<std::size_t>(i)].spec.advanced);
  }
  m_advanced->setText(on ? tr("Fewer options") : tr("More options"));
}

OptionForm::Row OptionForm::makeRow(const OptionSpec& spec, const OptionValue& value) {
  switch (spec.type) {
    case OptionType::Switch: {
      auto* box = new QCheckBox(this);
      box->setChecked(std::get<bool>(value));
      connect(box, &QCheckBox::toggled, this, &OptionForm::edited);
      return {spec, box, [box] { return OptionValue(box->isChecked()); }};
    }
    case OptionType::Integer:
    case OptionType::Real:
      return makeNumberRow(spec, value);
    case OptionType::Choice: {
      auto* box = new QComboBox(this);
      for (const auto& choice : spec.choices) {
        box->addItem(QString::fromStdString(choice));
      }
      box->setCurrentText(text(value));
      connect(box, &QComboBox::currentIndexChanged, this, &OptionForm::edited);
      return {spec, box, [box] { return OptionValue(box->currentText().toStdString()); }};
    }
    case OptionType::Folder:
      return makeFolderRow(spec, value);
    case OptionType::Text:
      break;
  }
  auto* line = new QLineEdit(text(value), this);
  connect(line, &QLineEdit::textChanged, this, &OptionForm::edited);
  return {spec, line, [line] { return OptionValue(line->text().toStdString()); }};
}

OptionForm::Row OptionForm::makeNumberRow(const OptionSpec& spec, const OptionValue& value) {
  const QString suffix = spec.unit.empty() ? QString() : ' ' + QString::fromStdString(spec.unit);
  if (spec.type == OptionType::Integer) {
    auto* box = new QSpinBox(this);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setRange(static_cast<int>(std::max(spec.minimum, -2.0e9)),
                  static_cast<int>(std::min(spec.maximum, 2.0e9)));
    box->setValue(static_cast<int>(number(value)));
    box->setSuffix(suffix);
    connect(box, &QSpinBox::valueChanged, this, &OptionForm::edited);
    return {spec, box, [box] { return OptionValue(std::int64_t{box->value()}); }};
  }
  auto* box = new QDoubleSpinBox(this);
  box->setDecimals(decimalsOf(number(spec.defaultValue)));
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setRange(spec.minimum, spec.maximum);
  box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  box->setValue(number(value));
  box->setSuffix(suffix);
  connect(box, &QDoubleSpinBox::valueChanged, this, &OptionForm::edited);
  return {spec, box, [box] { return OptionValue(box->value()); }};
}

OptionForm::Row OptionForm::makeFolderRow(const OptionSpec& spec, const OptionValue& value) {
  auto* field = new QWidget(this);
  auto* line = new QLineEdit(text(value), field);
  line->setPlaceholderText(tr("none chosen"));
  auto* pick = new QToolButton(field);
  pick->setText(tr("Choose"));
  auto* problem = new QLabel(tr("There is no such folder."), field);
  problem->setObjectName(QString::fromStdString("problem-" + spec.id));
  problem->setProperty("state", "bad");
  const auto check = [line, problem] {
    problem->setVisible(!line->text().isEmpty() && !QFileInfo(line->text()).isDir());
  };
  auto* layout = new QGridLayout(field);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setVerticalSpacing(Tokens::kSpace1);
  layout->addWidget(line, 0, 0);
  layout->addWidget(pick, 0, 1);
  layout->addWidget(problem, 1, 0, 1, 2);
  layout->setColumnStretch(0, 1);
  check();
  connect(line, &QLineEdit::textChanged, problem, check);
  connect(line, &QLineEdit::textChanged, this, &OptionForm::edited);
  connect(pick, &QToolButton::clicked, this, [this, line] {
    auto* dialog = new QFileDialog(this, tr("Choose a folder"), line->text());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
    dialog->open();
  });
  return {spec, field, [line] { return OptionValue(line->text().toStdString()); }};
}

OptionValues OptionForm::values() const {
  OptionValues changed;
  for (const auto& row : m_rows) {
    if (auto value = row.value(); value != row.spec.defaultValue) {
      changed[row.spec.id] = std::move(value);
    }
  }
  return changed;
}

}  // namespace twofold::ui
