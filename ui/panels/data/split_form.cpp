#include "ui/panels/data/split_form.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QRegularExpressionValidator>

#include "core/data/splitters.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

SplitForm::SplitForm(QWidget* parent)
    : QWidget(parent),
      m_pairSet(new QComboBox(this)),
      m_rule(new QComboBox(this)),
      m_ratio(new QLineEdit(QStringLiteral("8,1,1"), this)),
      m_seed(new QSpinBox(this)),
      m_name(new QLineEdit(QStringLiteral("random"), this)),
      m_make(new QPushButton(tr("Freeze split"), this)),
      m_copy(new QPushButton(tr("Copy as command"), this)) {
  m_pairSet->setObjectName(QStringLiteral("splitPairs"));
  m_rule->setObjectName(QStringLiteral("splitRule"));
  m_ratio->setObjectName(QStringLiteral("splitRatio"));
  m_ratio->setToolTip(tr("Train, validation and test, in any scale"));
  static const QRegularExpression kRatio(QStringLiteral("[0-9.]+,[0-9.]+,[0-9.]+"));
  m_ratio->setValidator(new QRegularExpressionValidator(kRatio, m_ratio));
  m_seed->setObjectName(QStringLiteral("splitSeed"));
  m_seed->setRange(0, 1'000'000'000);
  m_seed->setValue(1);
  m_name->setObjectName(QStringLiteral("splitName"));
  m_make->setObjectName(QStringLiteral("makeSplit"));
  m_copy->setObjectName(QStringLiteral("copySplit"));
  m_copy->setProperty("role", "quiet");
  addRules();
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_make);
  buttons->addWidget(m_copy);
  buttons->addStretch(1);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(Tokens::kSpace3);
  form->setVerticalSpacing(Tokens::kSpace2);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Pairs"), m_pairSet);
  form->addRow(tr("Rule"), m_rule);
  form->addRow(tr("Ratio"), m_ratio);
  form->addRow(tr("Seed"), m_seed);
  form->addRow(tr("Name"), m_name);
  form->addRow(buttons);
  connect(m_make, &QPushButton::clicked, this, [this] { Q_EMIT splitWanted(arguments()); });
  connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyWanted(arguments()); });
}

void SplitForm::addRules() {
  for (const auto& entry : data::splitters().entries()) {
    m_rule->addItem(QString::fromStdString(entry.descriptor.name),
                    QString::fromStdString(entry.descriptor.id));
    m_rule->setItemData(m_rule->count() - 1, QString::fromStdString(entry.descriptor.help),
                        Qt::ToolTipRole);
  }
}

void SplitForm::setPairSets(const QStringList& names) {
  const QString before = m_pairSet->currentText();
  m_pairSet->clear();
  m_pairSet->addItems(names);
  m_pairSet->setCurrentIndex(std::max(0, m_pairSet->findText(before)));
  m_make->setEnabled(!names.isEmpty());
  m_copy->setEnabled(!names.isEmpty());
}

QStringList SplitForm::arguments() const {
  return {
      QStringLiteral("split"),  QStringLiteral("--pairs"),        m_pairSet->currentText(),
      QStringLiteral("--rule"), m_rule->currentData().toString(), QStringLiteral("--ratio"),
      m_ratio->text(),          QStringLiteral("--seed"),         QString::number(m_seed->value()),
      QStringLiteral("--name"), m_name->text().trimmed()};
}

}  // namespace twofold::ui
