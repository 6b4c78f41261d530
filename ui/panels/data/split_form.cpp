#include "ui/panels/data/split_form.h"

#include <QHBoxLayout>
#include <QRegularExpressionValidator>

#include "core/data/splitters.h"
#include "core/imports/split_design.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

SplitForm::SplitForm(QWidget* parent)
    : QWidget(parent),
      m_pairSet(new QComboBox(this)),
      m_rule(new QComboBox(this)),
      m_options(new OptionForm(this)),
      m_ratio(new QLineEdit(QStringLiteral("8,1,1"), this)),
      m_seed(new QSpinBox(this)),
      m_negatives(new OptionForm(this)),
      m_name(new QLineEdit(this)),
      m_preview(new QPushButton(tr("Preview"), this)),
      m_make(new QPushButton(tr("Freeze split"), this)),
      m_copy(new QPushButton(tr("Copy as command"), this)) {
  buildEditors();
  addRules();
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(Tokens::kSpace3);
  form->setVerticalSpacing(Tokens::kSpace2);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Pairs"), m_pairSet);
  form->addRow(tr("Rule"), m_rule);
  form->addRow(m_options);
  form->addRow(tr("Ratio"), m_ratio);
  form->addRow(tr("Seed"), m_seed);
  form->addRow(m_negatives);
  form->addRow(tr("Name"), m_name);
  form->addRow(buildButtons());
  connect(m_rule, &QComboBox::currentIndexChanged, this, &SplitForm::showRule);
  showRule();
}

void SplitForm::buildEditors() {
  m_pairSet->setObjectName(QStringLiteral("splitPairs"));
  m_rule->setObjectName(QStringLiteral("splitRule"));
  m_options->setObjectName(QStringLiteral("splitOptions"));
  m_ratio->setObjectName(QStringLiteral("splitRatio"));
  m_ratio->setToolTip(tr("Train, validation and test, in any scale"));
  static const QRegularExpression kRatio(QStringLiteral("[0-9.]+,[0-9.]+,[0-9.]+"));
  m_ratio->setValidator(new QRegularExpressionValidator(kRatio, m_ratio));
  m_seed->setObjectName(QStringLiteral("splitSeed"));
  m_seed->setRange(0, 1'000'000'000);
  m_seed->setValue(1);
  m_negatives->setObjectName(QStringLiteral("splitNegatives"));
  m_negatives->setSpecs(imports::negativeOptions());
  m_name->setObjectName(QStringLiteral("splitName"));
}

QLayout* SplitForm::buildButtons() {
  m_preview->setObjectName(QStringLiteral("previewSplit"));
  m_preview->setToolTip(tr("Sizes, labels, shared proteins and degrees; nothing is stored"));
  m_make->setObjectName(QStringLiteral("makeSplit"));
  m_copy->setObjectName(QStringLiteral("copySplit"));
  m_copy->setProperty("role", "quiet");
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(Tokens::kSpace2);
  buttons->addWidget(m_preview);
  buttons->addWidget(m_make);
  buttons->addWidget(m_copy);
  buttons->addStretch(1);
  connect(m_preview, &QPushButton::clicked, this,
          [this] { Q_EMIT previewWanted(arguments() + QStringList{QStringLiteral("--preview")}); });
  connect(m_make, &QPushButton::clicked, this, [this] { Q_EMIT splitWanted(arguments()); });
  connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyWanted(arguments()); });
  return buttons;
}

void SplitForm::addRules() {
  for (const auto& entry : data::splitters().entries()) {
    m_rule->addItem(QString::fromStdString(entry.descriptor.name),
                    QString::fromStdString(entry.descriptor.id));
    m_rule->setItemData(m_rule->count() - 1, QString::fromStdString(entry.descriptor.help),
                        Qt::ToolTipRole);
  }
}

void SplitForm::showRule() {
  const QString rule = m_rule->currentData().toString();
  const auto& descriptor = data::splitters().find(rule.toStdString()).descriptor;
  m_rule->setToolTip(QString::fromStdString(descriptor.help));
  m_options->setSpecs(descriptor.options);
  m_options->setVisible(!m_options->isEmpty());
  if (m_name->text() == m_shownRule) {  // a name that was typed stays
    m_name->setText(rule);
  }
  m_shownRule = rule;
}

void SplitForm::setPairSets(const QStringList& names) {
  const QString before = m_pairSet->currentText();
  m_pairSet->clear();
  m_pairSet->addItems(names);
  m_pairSet->setCurrentIndex(std::max(0, m_pairSet->findText(before)));
  for (auto* button : {m_preview, m_make, m_copy}) {
    button->setEnabled(!names.isEmpty());
  }
}

QStringList SplitForm::arguments() const {
  QStringList arguments{
      QStringLiteral("split"),  QStringLiteral("--pairs"),        m_pairSet->currentText(),
      QStringLiteral("--rule"), m_rule->currentData().toString(), QStringLiteral("--ratio"),
      m_ratio->text(),          QStringLiteral("--seed"),         QString::number(m_seed->value()),
      QStringLiteral("--name"), m_name->text().trimmed()};
  for (const auto& [id, value] : m_options->values()) {
    arguments << QStringLiteral("--set") << QString::fromStdString(id + "=" + toText(value));
  }
  const auto negatives = m_negatives->values();  // those that differ from "given" and its defaults
  if (negatives.contains("negatives")) {
    arguments << QStringLiteral("--negatives")
              << QString::fromStdString(toText(negatives.at("negatives")));
    if (negatives.contains("per_positive")) {
      arguments << QStringLiteral("--per-positive")
                << QString::fromStdString(toText(negatives.at("per_positive")));
    }
    if (negatives.contains("other_compartments")) {
      arguments << QStringLiteral("--other-compartments");
    }
  }
  return arguments;
}

}  // namespace twofold::ui
