// The widgets of the study panel and where they stand.
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/panels/list_look.h"
#include "ui/panels/study/study_panel.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

QComboBox* picker(QWidget* parent, const char* name) {
  auto* box = new QComboBox(parent);
  box->setObjectName(QLatin1String(name));
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(12);
  return box;
}

}  // namespace

void StudyPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* side = new QWidget(m_pages->content());
  auto* scroll = new QScrollArea(side);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(buildForm());
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(scroll, 1);
  column->addWidget(buildFooter());
  auto* split = new QSplitter(Qt::Horizontal, m_pages->content());
  split->setChildrenCollapsible(false);
  split->addWidget(side);
  split->addWidget(buildResult());
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 1);
  split->setSizes({420, 900});
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(split);
}

QWidget* StudyPanel::buildForm() {
  m_form = new QWidget(this);
  m_split = picker(m_form, "studySplit");
  m_backbone = picker(m_form, "studyBackbone");
  m_seeds = new QSpinBox(m_form);
  m_seeds->setObjectName(QStringLiteral("studySeeds"));
  m_seeds->setRange(1, 10);
  m_seeds->setValue(3);
  m_seeds->setToolTip(tr("Runs of each set of channels; a row shows their mean."));
  m_experiment = new QLineEdit(QStringLiteral("study"), m_form);
  m_experiment->setObjectName(QStringLiteral("studyExperiment"));
  m_experiment->setToolTip(tr("Groups the study's runs in the list of runs."));
  auto* channels = new QWidget(m_form);
  m_channelGrid = new QGridLayout(channels);
  m_channelGrid->setContentsMargins(0, 0, 0, 0);
  m_channelGrid->setHorizontalSpacing(Tokens::kSpace3);
  m_channelGrid->setVerticalSpacing(Tokens::kSpace1);
  auto* form = new QFormLayout(m_form);
  form->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  form->setHorizontalSpacing(Tokens::kSpace3);
  form->setVerticalSpacing(Tokens::kSpace2);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Pairs / split"), m_split);
  form->addRow(tr("Backbone"), m_backbone);
  form->addRow(tr("Channels"), channels);
  form->addRow(tr("Seeds"), m_seeds);
  form->addRow(tr("Experiment"), m_experiment);
  return m_form;
}

QWidget* StudyPanel::buildFooter() {
  auto* footer = new QFrame(this);
  footer->setProperty("role", "card");
  m_summary = wordsLabel(footer, "studySummary");
  m_problem = wordsLabel(footer, "studyProblem");
  m_problem->setProperty("state", "bad");
  m_problem->hide();
  m_start = namedButton(footer, tr("Run the study"), "startStudy");
  m_start->setProperty("role", "primary");
  m_stop = namedButton(footer, tr("Stop"), "stopStudy");
  m_stop->setToolTip(tr("What is trained is kept; the study goes on when it is started again."));
  m_stop->hide();
  m_copyCommand = namedButton(footer, tr("Copy as command"), "copyStudyCommand");
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_start);
  buttons->addWidget(m_stop);
  buttons->addWidget(m_copyCommand);
  buttons->addStretch(1);
  auto* layout = new QVBoxLayout(footer);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_summary);
  layout->addWidget(m_problem);
  layout->addLayout(buttons);
  return footer;
}

QWidget* StudyPanel::buildResult() {
  auto* side = new QWidget(this);
  m_icon = new QLabel(side);
  m_icon->hide();
  m_state = wordsLabel(side, "studyState");
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_step = wordsLabel(side, "studyStep");
  m_step->setProperty("role", "muted");
  m_bar = new QProgressBar(side);
  m_bar->setAccessibleName(tr("Progress of the present run"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_table = new QTableView(side);
  m_table->setObjectName(QStringLiteral("studyTable"));
  m_table->setAccessibleName(tr("Channel study"));
  m_table->setModel(&m_model);
  applyListLook(*m_table);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  m_reading = new QTextBrowser(side);
  m_reading->setObjectName(QStringLiteral("studyReading"));
  m_reading->setAccessibleName(tr("What the table says"));
  m_copyTable = namedButton(side, tr("Copy as TSV"), "copyStudyTable");
  auto* top = new QHBoxLayout;
  top->setSpacing(Tokens::kSpace2);
  top->addWidget(m_icon);
  top->addWidget(m_state, 1);
  top->addWidget(m_copyTable);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(top);
  layout->addWidget(m_step);
  layout->addWidget(m_bar);
  layout->addWidget(m_table, 3);
  layout->addWidget(m_reading, 2);
  layout->addStretch(0);
  layout->setAlignment(Qt::AlignTop);
  return side;
}

}  // namespace twofold::ui
