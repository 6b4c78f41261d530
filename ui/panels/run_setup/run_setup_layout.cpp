// The widgets of the set-up panel and where they stand.
#include <QFormLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/panels/run_setup/run_setup_panel.h"

namespace twofold::ui {

namespace {

QLabel* heading(const Theme& theme, const QString& text) {
  auto* label = new QLabel(text);
  QFont font = theme.font(Theme::Size::Body);
  font.setWeight(QFont::DemiBold);
  label->setFont(font);
  return label;
}

QFormLayout* formLayout() {
  auto* form = new QFormLayout;
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(Tokens::kSpace3);
  form->setVerticalSpacing(Tokens::kSpace2);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return form;
}

void addRow(QFormLayout* form, const QString& text, QWidget* editor) {
  form->addRow(text, editor);
  form->labelForField(editor)->setMinimumWidth(formLabelWidth(*editor));
}

QComboBox* picker(QWidget* parent, const QString& name) {
  auto* box = new QComboBox(parent);
  box->setObjectName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(12);
  return box;
}

}  // namespace

void RunSetupPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* inner = new QWidget(m_pages->content());
  auto* column = new QVBoxLayout(inner);
  column->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  column->setSpacing(Tokens::kSpace4);
  column->addWidget(buildData());
  column->addWidget(buildModel());
  auto* training = new QVBoxLayout;
  training->setSpacing(Tokens::kSpace2);
  training->addWidget(heading(m_theme, tr("Training")));
  m_training = new OptionForm(inner);
  training->addWidget(m_training);
  column->addLayout(training);
  column->addStretch(1);
  auto* scroll = new QScrollArea(m_pages->content());
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(inner);
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(scroll, 1);
  layout->addWidget(buildFooter());
}

QWidget* RunSetupPanel::buildData() {
  auto* group = new QWidget(this);
  m_split = picker(group, QStringLiteral("splitPicker"));
  m_experiment = new QLineEdit(QStringLiteral("first"), group);
  m_experiment->setObjectName(QStringLiteral("experimentName"));
  m_experiment->setToolTip(tr("Runs that ask the same question share an experiment."));
  m_seed = new QSpinBox(group);
  m_seed->setObjectName(QStringLiteral("seed"));
  m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_seed->setRange(0, 1'000'000'000);
  m_seed->setValue(1);
  auto* form = formLayout();
  addRow(form, tr("Pairs / split"), m_split);
  addRow(form, tr("Experiment"), m_experiment);
  addRow(form, tr("Seed"), m_seed);
  auto* layout = new QVBoxLayout(group);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(heading(m_theme, tr("Data")));
  layout->addLayout(form);
  return group;
}

QWidget* RunSetupPanel::buildModel() {
  auto* group = new QWidget(this);
  m_backbone = picker(group, QStringLiteral("backbonePicker"));
  m_backbone->setAccessibleName(tr("Backbone"));
  m_backboneOptions = new OptionForm(group);
  m_channels = new ChannelCards(m_theme, group);
  m_fusion = picker(group, QStringLiteral("fusionPicker"));
  m_head = picker(group, QStringLiteral("headPicker"));
  m_fusion->setAccessibleName(tr("Fusion"));
  m_head->setAccessibleName(tr("Head"));
  m_fusionOptions = new OptionForm(group);
  m_headOptions = new OptionForm(group);
  auto* layout = new QVBoxLayout(group);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(heading(m_theme, tr("Backbone")));
  layout->addWidget(m_backbone);
  layout->addWidget(m_backboneOptions);
  layout->addSpacing(Tokens::kSpace2);
  layout->addWidget(heading(m_theme, tr("Channels")));
  layout->addWidget(m_channels);
  layout->addSpacing(Tokens::kSpace2);
  layout->addWidget(heading(m_theme, tr("Fusion")));
  layout->addWidget(m_fusion);
  layout->addWidget(m_fusionOptions);
  layout->addSpacing(Tokens::kSpace2);
  layout->addWidget(heading(m_theme, tr("Head")));
  layout->addWidget(m_head);
  layout->addWidget(m_headOptions);
  return group;
}

QWidget* RunSetupPanel::buildFooter() {
  auto* footer = new QFrame(m_pages->content());
  footer->setProperty("role", "card");
  m_summary = new QLabel(footer);
  m_summary->setObjectName(QStringLiteral("runSummary"));
  m_summary->setWordWrap(true);
  m_problem = new QLabel(footer);
  m_problem->setObjectName(QStringLiteral("runProblem"));
  m_problem->setWordWrap(true);
  m_problem->setProperty("state", "bad");
  m_problem->hide();
  m_start = new QPushButton(tr("Start run"), footer);
  m_start->setObjectName(QStringLiteral("startRun"));
  m_start->setProperty("role", "primary");
  m_copy = new QPushButton(tr("Copy as command"), footer);
  m_copy->setObjectName(QStringLiteral("copyTrainCommand"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_start);
  buttons->addWidget(m_copy);
  buttons->addStretch(1);
  auto* layout = new QVBoxLayout(footer);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_summary);
  layout->addWidget(m_problem);
  layout->addLayout(buttons);
  return footer;
}

}  // namespace twofold::ui
