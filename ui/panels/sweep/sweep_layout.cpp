// The widgets of the sweep panel and where they stand.
#include <QFormLayout>
#include <QHBoxLayout>

#include "ui/panels/sweep/sweep_panel.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

QSpinBox* numberBox(QWidget* parent, const char* name, int least, int most, int value) {
  auto* box = new QSpinBox(parent);
  box->setObjectName(QLatin1String(name));
  box->setRange(least, most);
  box->setValue(value);
  return box;
}

}  // namespace

void SweepPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  m_pane = new WorkerPane(
      m_session, m_theme,
      {QStringLiteral("Sweep"), tr("Run the sweep"), tr("The sweep failed. %1"),
       tr("Stopped. What is trained is kept: the same sweep goes on when it is started again.")},
      m_pages->content());
  m_view = new StudyView(m_session, m_theme, QStringLiteral("Sweep"), m_pages->content());
  m_pane->addToHeader(m_view->copyButton());
  placeSides(m_pages->content(), buildForm(), *m_pane, m_view);
}

QWidget* SweepPanel::buildForm() {
  m_form = new QWidget(this);
  m_split = pickerBox(m_form, "sweepSplit");
  m_backbones = new TickGrid(QStringLiteral("sweepBackbone"), m_form);
  m_channels = new ChannelSets(m_form);
  m_options = new VariedOptions(m_form);
  m_epochs = numberBox(m_form, "sweepEpochs", 1, 10000, 1);
  m_epochs->setToolTip(tr("Passes over the training pairs, at most, of every run."));
  m_seeds = numberBox(m_form, "sweepSeeds", 1, 10, 1);
  m_seeds->setToolTip(tr("Runs of each arm; a row shows their mean."));
  m_experiment = new QLineEdit(QStringLiteral("sweep"), m_form);
  m_experiment->setObjectName(QStringLiteral("sweepExperiment"));
  m_experiment->setToolTip(tr("Groups the sweep's runs in the list of runs."));
  auto* form = panelForm(m_form);
  form->addRow(tr("Pairs / split"), m_split);
  form->addRow(tr("Backbones"), m_backbones);
  form->addRow(tr("Channel sets"), m_channels);
  form->addRow(tr("Options"), m_options);
  form->addRow(tr("Arms"), buildSearch());
  form->addRow(tr("Epochs"), m_epochs);
  form->addRow(tr("Seeds"), m_seeds);
  form->addRow(tr("Early end"), buildHalving());
  form->addRow(tr("Experiment"), m_experiment);
  return m_form;
}

QWidget* SweepPanel::buildSearch() {
  auto* field = new QWidget(m_form);
  m_search = pickerBox(field, "sweepSearch");
  m_search->setAccessibleName(tr("Which arms are tried"));
  m_search->addItems({tr("Every combination"), tr("Drawn at random")});
  m_draws = numberBox(field, "sweepDraws", 1, 1000, 10);
  m_draws->setAccessibleName(tr("Arms to draw"));
  auto* layout = new QHBoxLayout(field);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_search, 1);
  layout->addWidget(m_draws);
  return field;
}

QWidget* SweepPanel::buildHalving() {
  auto* field = new QWidget(m_form);
  m_halves = new QCheckBox(tr("End hopeless arms; one goes on in"), field);
  m_halves->setObjectName(QStringLiteral("sweepHalving"));
  m_halves->setToolTip(
      tr("Successive halving: all arms train a little, the better ones more, few to the end. An "
         "arm that learns slowly may be ended though it would have won."));
  m_factor = numberBox(field, "sweepFactor", 2, 10, 3);
  m_factor->setAccessibleName(tr("One arm in so many goes on"));
  auto* layout = new QHBoxLayout(field);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_halves);
  layout->addWidget(m_factor);
  layout->addStretch(1);
  return field;
}

}  // namespace twofold::ui
