#include "ui/panels/study/study_panel.h"

#include <utility>

#include "core/base/error.h"
#include "core/runs/user_tables.h"
#include "core/weights/weights_list.h"
#include "ui/panels/catalog_words.h"
#include "ui/panels/project_choices.h"
#include "ui/panels/worker_form.h"
#include "ui/session/guarded.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr int kMostChannels = 6;  // as `ablate` takes: 63 sets
constexpr int kControls = 5;

}  // namespace

StudyPanel::StudyPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
                       QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_catalog(catalog) {
  setObjectName(QStringLiteral("studyPanel"));
  buildLayout();
  connectAll();
  fillBackbones();
  showProject();
}

void StudyPanel::connectAll() {
  connect(&m_catalog, &CatalogLoader::loaded, this, &StudyPanel::fillBackbones);
  connect(&m_catalog, &CatalogLoader::failed, this, &StudyPanel::showPage);
  connect(&m_session, &Session::projectChanged, this, &StudyPanel::showProject);
  connect(&m_session, &Session::dataChanged, this, [this] {
    fillChannels();
    fillSplits();
  });
  connect(m_split, &QComboBox::currentIndexChanged, this, &StudyPanel::summarise);
  connect(m_channels, &TickGrid::changed, this, &StudyPanel::summarise);
  connect(m_seeds, &QSpinBox::valueChanged, this, &StudyPanel::summarise);
  connect(m_experiment, &QLineEdit::textChanged, this, &StudyPanel::summarise);
  m_pane->setArguments([this] { return arguments(); });
  connect(m_pane, &WorkerPane::startWanted, this, &StudyPanel::start);
  connect(m_pane, &WorkerPane::runningChanged, this,
          [this] { m_form->setEnabled(!m_pane->isRunning()); });
  connect(m_pane, &WorkerPane::said, this, &StudyPanel::hear);
  connect(m_pane, &WorkerPane::succeeded, this, &StudyPanel::succeed);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("data")); });
}

void StudyPanel::showProject() {
  m_pane->reset(  // its rows are of the former project, which keeps them
      tr("The table appears here. Runs of the same study that are done are not "
         "trained again. A row of it puts its run in focus."));
  m_view->showStudy({});
  fillChannels();
  fillSplits();
}

void StudyPanel::fillBackbones() {
  if (const auto* catalog = m_catalog.catalog()) {
    offerParts(*m_backbone, catalog->backbones,
               QString::fromStdString(weights::defaultBackbone(weights::weightsPlaces())));
    fillChannels();
  }
  showPage();
}

void StudyPanel::fillChannels() {
  if (m_catalog.catalog() != nullptr) {
    m_channels->offer(
        runs::withUserChannels(*m_catalog.catalog(), ownChannels(m_session)).channels);
  }
}

void StudyPanel::fillSplits() {
  m_splits = offerSplits(m_session, *m_split);
  showPage();
}

void StudyPanel::showPage() {
  if (m_session.project() == nullptr) {
    m_pages->showNote(tr("Which channels help is studied here. Open a project first."));
  } else if (m_splits.empty()) {
    m_pages->showNote(tr("A study needs pairs that are split into train and validation. There is "
                         "no split in this project yet."),
                      tr("Make a split"));
  } else if (m_catalog.catalog() == nullptr) {
    m_pages->showNote(missingCatalogWords(m_catalog));
  } else {
    m_pages->showContent();
    summarise();
  }
}

QStringList StudyPanel::arguments() const {
  const int row = m_split->currentIndex();
  if (row < 0 || row >= static_cast<int>(m_splits.size())) {
    throw Error(ErrorKind::Usage, "Choose a split first.");
  }
  const QStringList channels = m_channels->ticked();
  if (channels.isEmpty()) {
    throw Error(ErrorKind::Usage, "Tick at least one channel.");
  }
  if (channels.size() > kMostChannels) {
    throw Error(ErrorKind::Usage, tr("A study takes at most %1 channels: untick %2.")
                                      .arg(kMostChannels)
                                      .arg(channels.size() - kMostChannels)
                                      .toStdString());
  }
  const QString experiment = m_experiment->text().trimmed();
  if (experiment.isEmpty()) {
    throw Error(ErrorKind::Usage, "Name the experiment.");
  }
  const auto& split = m_splits[static_cast<std::size_t>(row)];
  return {"ablate",
          "--pairs",
          QString::fromStdString(split.pairSet),
          "--split",
          QString::fromStdString(split.name),
          "--backbone",
          m_backbone->currentData().toString(),
          "--channels",
          channels.join(','),
          "--seeds",
          QString::number(m_seeds->value()),
          "--experiment",
          experiment};
}

void StudyPanel::summarise() {
  if (m_session.project() == nullptr || m_catalog.catalog() == nullptr || m_splits.empty()) {
    return;
  }
  QString summary;
  QString problem = QString::fromStdString(m_session.project()->readOnlyReason());
  try {
    std::ignore = arguments();
    const QStringList channels = m_channels->ticked();
    const int sets = (1 << channels.size()) - 1;
    summary = tr("Sets of channels: %1, each in %2 seeds; with the controls at most %3 runs. Every "
                 "row stands beside %4 alone.")
                  .arg(sets)
                  .arg(m_seeds->value())
                  .arg(countText(sets * m_seeds->value() + kControls), channels.first());
  } catch (const Error& error) {
    problem = QString::fromStdString(error.what());
  }
  m_pane->describe(summary, problem);
}

void StudyPanel::start() {
  guarded(m_session, [this] {
    const QStringList command = arguments();
    m_view->showStudy({});
    m_pane->start(command, tr("Starting the study."));
  });
}

void StudyPanel::hear(const QString& sentence) {
  // What the runs say of themselves stands in their logs; here stands where the study is.
  if (sentence.startsWith(QStringLiteral("Row "))) {
    m_pane->say(sentence);
  }
}

void StudyPanel::succeed(const runs::ResultEvent& result) {
  try {
    auto study = studyResult(result.body);
    m_pane->say(tr("The study is done: experiment %1, %2, backbone %3.")
                    .arg(study.experiment, m_split->currentText(), m_backbone->currentText()));
    m_view->showStudy(std::move(study));
  } catch (const Error& error) {
    m_pane->fail(QString::fromStdString(error.what()));
  }
}

}  // namespace twofold::ui
