// The widgets of the study panel and where they stand.
#include <QFormLayout>

#include "ui/panels/study/study_panel.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

void StudyPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  m_pane = new WorkerPane(
      m_session, m_theme,
      {QStringLiteral("Study"), tr("Run the study"), tr("The study failed. %1"),
       tr("Stopped. What is trained is kept: the same study goes on when it is started again.")},
      m_pages->content());
  m_view = new StudyView(m_session, m_theme, QStringLiteral("Study"), m_pages->content());
  m_pane->addToHeader(m_view->copyButton());
  placeSides(m_pages->content(), buildForm(), *m_pane, m_view);
}

QWidget* StudyPanel::buildForm() {
  m_form = new QWidget(this);
  m_split = pickerBox(m_form, "studySplit");
  m_backbone = pickerBox(m_form, "studyBackbone");
  m_channels = new TickGrid(QStringLiteral("studyChannel"), m_form);
  m_seeds = new QSpinBox(m_form);
  m_seeds->setObjectName(QStringLiteral("studySeeds"));
  m_seeds->setRange(1, 10);
  m_seeds->setValue(3);
  m_seeds->setToolTip(tr("Runs of each set of channels; a row shows their mean."));
  m_experiment = new QLineEdit(QStringLiteral("study"), m_form);
  m_experiment->setObjectName(QStringLiteral("studyExperiment"));
  m_experiment->setToolTip(tr("Groups the study's runs in the list of runs."));
  auto* form = panelForm(m_form);
  form->addRow(tr("Pairs / split"), m_split);
  form->addRow(tr("Backbone"), m_backbone);
  form->addRow(tr("Channels"), m_channels);
  form->addRow(tr("Seeds"), m_seeds);
  form->addRow(tr("Experiment"), m_experiment);
  return m_form;
}

}  // namespace twofold::ui
