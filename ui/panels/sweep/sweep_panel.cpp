#include "ui/panels/sweep/sweep_panel.h"

#include <QSignalBlocker>
#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/runs/user_tables.h"
#include "core/weights/weights_list.h"
#include "ui/panels/catalog_words.h"
#include "ui/panels/project_choices.h"
#include "ui/session/guarded.h"

namespace twofold::ui {

SweepPanel::SweepPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
                       QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_catalog(catalog) {
  setObjectName(QStringLiteral("sweepPanel"));
  buildLayout();
  connectAll();
  fillParts();
  showProject();
}

void SweepPanel::connectAll() {
  connect(&m_catalog, &CatalogLoader::loaded, this, &SweepPanel::fillParts);
  connect(&m_catalog, &CatalogLoader::failed, this, &SweepPanel::showPage);
  connect(&m_session, &Session::projectChanged, this, &SweepPanel::showProject);
  connect(&m_session, &Session::dataChanged, this, [this] {
    fillParts();
    fillSplits();
  });
  connect(m_split, &QComboBox::currentIndexChanged, this, &SweepPanel::lookAtPace);
  connect(m_backbones, &TickGrid::changed, this, &SweepPanel::fillOptions);
  connect(m_channels, &ChannelSets::changed, this, &SweepPanel::fillOptions);
  connect(m_options, &VariedOptions::changed, this, &SweepPanel::summarise);
  connect(m_search, &QComboBox::currentIndexChanged, this, &SweepPanel::summarise);
  connect(m_halves, &QCheckBox::toggled, this, &SweepPanel::summarise);
  for (auto* box : {m_draws, m_epochs, m_seeds, m_factor}) {
    connect(box, &QSpinBox::valueChanged, this, &SweepPanel::summarise);
  }
  connect(m_experiment, &QLineEdit::textChanged, this, &SweepPanel::summarise);
  m_pane->setArguments([this] { return arguments(); });
  connect(m_pane, &WorkerPane::startWanted, this, &SweepPanel::start);
  connect(m_pane, &WorkerPane::runningChanged, this,
          [this] { m_form->setEnabled(!m_pane->isRunning()); });
  connect(m_pane, &WorkerPane::said, this, &SweepPanel::hear);
  connect(m_pane, &WorkerPane::succeeded, this, &SweepPanel::succeed);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("data")); });
}

void SweepPanel::showProject() {
  m_counting.stop();
  m_pane->reset(
      tr("The table appears here. Runs of the same sweep that are done are not trained again. A "
         "row of it puts its run in focus."));
  m_view->showStudy({});
  fillParts();
  fillSplits();
}

void SweepPanel::fillParts() {
  if (const auto* catalog = m_catalog.catalog()) {
    m_backbones->offer(catalog->backbones,
                       QString::fromStdString(weights::defaultBackbone(weights::weightsPlaces())));
    m_channels->offer(runs::withUserChannels(*catalog, ownChannels(m_session)).channels);
    for (const auto& option : catalog->training.options) {
      if (option.id == "epochs" && !std::exchange(m_hasDefaults, true)) {
        m_epochs->setValue(static_cast<int>(std::get<std::int64_t>(option.defaultValue)));
      }
    }
  }
  showPage();
}

void SweepPanel::fillOptions() {
  if (const auto* catalog = m_catalog.catalog()) {
    m_options->offer(optionsToVary(*catalog, m_backbones->ticked(), m_channels->sets()));
  }
  summarise();
}

void SweepPanel::fillSplits() {
  m_splits = offerSplits(m_session, *m_split);
  lookAtPace();
  showPage();
}

void SweepPanel::showPage() {
  if (m_session.project() == nullptr) {
    m_pages->showNote(
        tr("Backbones, channels and options are tried beside each other here. Open a project "
           "first."));
  } else if (m_splits.empty()) {
    m_pages->showNote(tr("A sweep needs pairs that are split into train and validation. There is "
                         "no split in this project yet."),
                      tr("Make a split"));
  } else if (m_catalog.catalog() == nullptr) {
    m_pages->showNote(missingCatalogWords(m_catalog));
  } else {
    m_pages->showContent();
    summarise();
  }
}

SweepRequest SweepPanel::request() const {
  SweepRequest request;
  const int row = m_split->currentIndex();
  if (row >= 0 && row < static_cast<int>(m_splits.size())) {
    const auto& split = m_splits[static_cast<std::size_t>(row)];
    request.pairSet = QString::fromStdString(split.pairSet);
    request.split = QString::fromStdString(split.name);
  }
  const bool isDrawn = m_search->currentIndex() == 1;
  request.backbones = m_backbones->ticked();
  request.channelSets = m_channels->sets();
  request.vary = m_options->variations(isDrawn);
  request.random = isDrawn ? m_draws->value() : 0;
  request.epochs = m_epochs->value();
  request.seeds = m_seeds->value();
  request.halving = m_halves->isChecked() ? m_factor->value() : 0;
  request.experiment = m_experiment->text().trimmed();
  return request;
}

QStringList SweepPanel::arguments() const {
  return sweepArguments(request());
}

void SweepPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  lookAtPace();  // runs may have ended meanwhile
}

void SweepPanel::lookAtPace() {
  m_pace.clear();
  const int row = m_split->currentIndex();
  if (m_session.project() == nullptr || row < 0 || row >= static_cast<int>(m_splits.size())) {
    m_task.stop();
    return;
  }
  const auto& split = m_splits[static_cast<std::size_t>(row)];
  m_task.start(
      [folder = m_session.project()->folder(), pairs = split.pairSet,
       name = split.name](const std::stop_token&) {
        auto project = store::Project::open(folder);
        return sweepPace(project, pairs, name);
      },
      [this](const Outcome<SweepPace>& outcome) {
        if (const auto* pace = std::get_if<SweepPace>(&outcome)) {
          m_pace = *pace;
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
        summarise();
      });
  summarise();
}

void SweepPanel::summarise() {
  m_draws->setEnabled(m_search->currentIndex() == 1);
  m_factor->setEnabled(m_halves->isChecked());
  if (m_session.project() == nullptr || m_catalog.catalog() == nullptr || m_splits.empty()) {
    return;
  }
  try {
    const auto wanted = request();
    if (isCountedAtOnce(wanted)) {
      m_counting.stop();
      showSize(wanted, sweepSize(*m_catalog.catalog(), wanted));
    } else {
      countBehind(wanted);
    }
  } catch (const Error& error) {
    m_counting.stop();
    m_pane->describe({}, QString::fromStdString(error.what()));
  }
}

void SweepPanel::countBehind(const SweepRequest& wanted) {
  m_pane->describe(tr("Counting the arms."),
                   QString::fromStdString(m_session.project()->readOnlyReason()));
  m_counting.start([wanted, catalog = *m_catalog.catalog()](
                       const std::stop_token&) { return sweepSize(catalog, wanted); },
                   [this, wanted](const Outcome<SweepSize>& outcome) {
                     if (const auto* size = std::get_if<SweepSize>(&outcome)) {
                       showSize(wanted, *size);
                     } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                       m_pane->describe({}, QString::fromStdString(failed->message));
                     }
                   });
}

void SweepPanel::showSize(const SweepRequest& wanted, const SweepSize& size) {
  QString summary = sizeWords(wanted, size);
  if (!m_task.isRunning()) {
    summary += ' ' + paceWords(m_pace, wanted, size);
  }
  m_pane->describe(summary, QString::fromStdString(m_session.project()->readOnlyReason()));
}

void SweepPanel::start() {
  guarded(m_session, [this] {
    const QStringList command = arguments();
    m_view->showStudy({});
    m_pane->start(command, tr("Starting the sweep."));
  });
}

void SweepPanel::hear(const QString& sentence) {
  // What the runs say of themselves stands in their logs; here stands where the sweep is.
  if (sentence.startsWith(QStringLiteral("Rung ")) ||
      sentence.startsWith(QStringLiteral("To the end")) ||
      sentence.contains(QStringLiteral(" is set aside: "))) {
    m_pane->say(sentence);
  }
}

void SweepPanel::succeed(const runs::ResultEvent& result) {
  try {
    auto sweep = studyResult(result.body);
    m_pane->say(
        tr("The sweep is done: experiment %1, %2.").arg(sweep.experiment, m_split->currentText()));
    m_view->showStudy(std::move(sweep));
    Q_EMIT m_session.runsChanged();
    lookAtPace();
  } catch (const Error& error) {
    m_pane->fail(QString::fromStdString(error.what()));
  }
}

}  // namespace twofold::ui
