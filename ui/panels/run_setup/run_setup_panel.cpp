#include "ui/panels/run_setup/run_setup_panel.h"

#include <fmt/format.h>

#include <QApplication>
#include <QClipboard>
#include <QTimer>
#include <algorithm>

#include "core/base/error.h"
#include "core/runs/user_tables.h"
#include "core/weights/weights_list.h"
#include "ui/panels/catalog_words.h"
#include "ui/panels/project_choices.h"
#include "ui/panels/run_setup/train_command.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

/// Keeps what was chosen; before anything was, `first` or else the first part is.
void fill(QComboBox* box, const std::vector<Descriptor>& parts, const QString& first = {}) {
  const QString before = box->count() == 0 ? first : box->currentData().toString();
  const QSignalBlocker quiet(box);
  box->clear();
  for (const auto& part : parts) {
    box->addItem(QString::fromStdString(part.name), QString::fromStdString(part.id));
    box->setItemData(box->count() - 1, QString::fromStdString(part.help), Qt::ToolTipRole);
  }
  box->setCurrentIndex(std::max(0, box->findData(before)));
}

/// Leaves the form as it is when the part did not change, with what was typed into it.
void showOptionsOf(QComboBox* box, const std::vector<Descriptor>& parts, OptionForm* form) {
  const int row = box->currentIndex();
  if (row < 0 || form->property("part") == box->currentData()) {
    return;
  }
  const auto& part = parts[static_cast<std::size_t>(row)];
  form->setProperty("part", box->currentData());
  form->setSpecs(part.options);
  form->setVisible(!part.options.empty());
  box->setToolTip(QString::fromStdString(part.help));
}

}  // namespace

RunSetupPanel::RunSetupPanel(Session& session, const Theme& theme, RunQueue& queue,
                             CatalogLoader& catalog, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_queue(queue), m_catalog(catalog) {
  setObjectName(QStringLiteral("runSetupPanel"));
  buildLayout();
  connect(&m_catalog, &CatalogLoader::loaded, this, &RunSetupPanel::fillFromCatalog);
  connect(&m_catalog, &CatalogLoader::failed, this, &RunSetupPanel::showPage);
  for (auto signal : {&Session::projectChanged, &Session::dataChanged}) {
    connect(&m_session, signal, this, &RunSetupPanel::fillSplits);
    connect(&m_session, signal, this, &RunSetupPanel::fillChannels);
  }
  connect(m_split, &QComboBox::currentIndexChanged, this, &RunSetupPanel::summarise);
  for (auto* box : {m_backbone, m_fusion, m_head}) {
    connect(box, &QComboBox::currentIndexChanged, this, &RunSetupPanel::showOptions);
  }
  for (auto* form : {m_backboneOptions, m_fusionOptions, m_headOptions, m_training}) {
    connect(form, &OptionForm::edited, this, &RunSetupPanel::summarise);
  }
  connect(m_channels, &ChannelCards::edited, this, &RunSetupPanel::summarise);
  connect(m_seed, &QSpinBox::valueChanged, this, &RunSetupPanel::summarise);
  connect(m_experiment, &QLineEdit::textChanged, this, &RunSetupPanel::summarise);
  connect(m_start, &QPushButton::clicked, this, &RunSetupPanel::start);
  connect(m_copy, &QPushButton::clicked, this, &RunSetupPanel::copyCommand);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("data")); });
  fillFromCatalog();
  fillSplits();
}

void RunSetupPanel::fillFromCatalog() {
  const auto* catalog = m_catalog.catalog();
  if (catalog != nullptr) {
    fill(m_backbone, catalog->backbones,
         QString::fromStdString(weights::defaultBackbone(weights::weightsPlaces())));
    fill(m_fusion, catalog->fusions);
    fill(m_head, catalog->heads);
    m_training->setSpecs(catalog->training.options);
    fillChannels();
    showOptions();
  }
  showPage();
}

void RunSetupPanel::fillChannels() {
  if (m_catalog.catalog() == nullptr) {
    return;
  }
  m_own = ownChannels(m_session);
  m_channels->setChannels(runs::withUserChannels(*m_catalog.catalog(), m_own).channels);
  summarise();
}

void RunSetupPanel::showOptions() {
  if (const auto* catalog = m_catalog.catalog()) {
    showOptionsOf(m_backbone, catalog->backbones, m_backboneOptions);
    showOptionsOf(m_fusion, catalog->fusions, m_fusionOptions);
    showOptionsOf(m_head, catalog->heads, m_headOptions);
  }
  summarise();
}

void RunSetupPanel::fillSplits() {
  m_splits = offerSplits(m_session, *m_split);
  showPage();
}

void RunSetupPanel::showPage() {
  if (m_session.project() == nullptr) {
    m_pages->showNote(tr("Runs are set up here. Open a project first."));
  } else if (m_splits.empty()) {
    m_pages->showNote(tr("A run needs pairs that are split into train and validation. There is no "
                         "split in this project yet."),
                      tr("Make a split"));
  } else if (m_catalog.catalog() == nullptr) {
    m_pages->showNote(missingCatalogWords(m_catalog));
  } else {
    m_pages->showContent();
    summarise();
  }
}

runs::RunSpec RunSetupPanel::spec() const {
  const int row = m_split->currentIndex();
  if (row < 0 || row >= static_cast<int>(m_splits.size())) {
    throw Error(ErrorKind::Usage, "choose a split first");
  }
  const auto& split = m_splits[static_cast<std::size_t>(row)];
  runs::RunSpec spec;
  spec.experiment = m_experiment->text().trimmed().toStdString();
  spec.pairSet = split.pairSet;
  spec.split = split.name;
  spec.backbone = {m_backbone->currentData().toString().toStdString(), m_backboneOptions->values()};
  spec.channels = m_channels->selected();
  spec.fusion = {m_fusion->currentData().toString().toStdString(), m_fusionOptions->values()};
  spec.head = {m_head->currentData().toString().toStdString(), m_headOptions->values()};
  spec.training = m_training->values();
  spec.seed = static_cast<std::uint64_t>(m_seed->value());
  return spec;
}

void RunSetupPanel::useWeights(const QString& backbone, const QString& folder) {
  const auto* catalog = m_catalog.catalog();
  const int row = m_backbone->findData(backbone);
  if (catalog == nullptr || row < 0) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("the worker has no backbone \"{}\"; update twofold to use these weights",
                    backbone.toStdString()));
  }
  const auto& options = catalog->backbones[static_cast<std::size_t>(row)].options;
  const auto weights = std::find_if(options.begin(), options.end(), [](const OptionSpec& option) {
    return option.type == OptionType::Folder;
  });
  if (weights == options.end()) {
    throw Error(ErrorKind::Usage,
                fmt::format("the backbone \"{}\" takes no weights folder", backbone.toStdString()));
  }
  m_backbone->setCurrentIndex(row);
  auto values = m_backboneOptions->values();
  values[weights->id] = folder.toStdString();
  m_backboneOptions->setSpecs(options, values);
  summarise();
}

void RunSetupPanel::summarise() {
  const auto* catalog = m_catalog.catalog();
  if (catalog == nullptr || m_splits.empty() || m_split->currentIndex() < 0) {
    return;
  }
  QString problem;
  try {
    const auto current = spec();
    const auto& split = m_splits[static_cast<std::size_t>(m_split->currentIndex())];
    m_summary->setText(tr("%1. Trains on %2 pairs, chooses on %3, reports on %4 more.")
                           .arg(QString::fromStdString(runs::summary(current)),
                                countText(split.train), countText(split.validation),
                                countText(split.test)));
    if (current.channels.empty()) {
      problem = tr("Switch on at least one channel.");
    } else if (current.experiment.empty()) {
      problem = tr("Name the experiment.");
    } else if (!m_session.project()->readOnlyReason().empty()) {
      problem = QString::fromStdString(m_session.project()->readOnlyReason());
    } else {
      runs::checkAgainst(runs::withUserChannels(*catalog, m_own), current);
    }
  } catch (const Error& error) {
    problem = error.what();
  }
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
  m_start->setEnabled(problem.isEmpty());
}

void RunSetupPanel::start() {
  try {
    const QString id = m_queue.submit(spec());
    m_session.focusRun(id);
    Q_EMIT m_session.message(tr("Run %1 is in the queue").arg(id), false);
    // The second half of a double click is no wish for a second run.
    m_start->setEnabled(false);
    QTimer::singleShot(QApplication::doubleClickInterval(), this, &RunSetupPanel::summarise);
  } catch (const Error& error) {
    m_problem->setText(error.what());
    m_problem->setVisible(true);
  }
}

void RunSetupPanel::copyCommand() {
  try {
    QGuiApplication::clipboard()->setText(trainCommand(spec(), m_session.project()->folder()));
    Q_EMIT m_session.message(tr("Command copied"), false);
  } catch (const Error& error) {
    Q_EMIT m_session.message(error.what(), true);
  }
}

}  // namespace twofold::ui
