#include "ui/panels/study/study_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

#include "core/base/error.h"
#include "core/runs/user_tables.h"
#include "core/weights/weights_list.h"
#include "ui/panels/project_choices.h"
#include "ui/panels/worker_form.h"
#include "ui/session/guarded.h"
#include "ui/theme/channel_glyph.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr int kMostChannels = 6;  // as `ablate` takes: 63 sets
constexpr int kControls = 4;

}  // namespace

StudyPanel::StudyPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
                       QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_catalog(catalog), m_model(theme) {
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
  connect(m_seeds, &QSpinBox::valueChanged, this, &StudyPanel::summarise);
  connect(m_experiment, &QLineEdit::textChanged, this, &StudyPanel::summarise);
  connect(m_start, &QPushButton::clicked, this, &StudyPanel::start);
  connect(m_copyCommand, &QPushButton::clicked, this, &StudyPanel::copyCommand);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    if (m_command) {
      m_stop->setEnabled(false);
      m_step->setText(tr("Stops at the next checkpoint."));
      m_command->stop();
    }
  });
  connect(m_copyTable, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(studyTsv(*m_model.study()));
    Q_EMIT m_session.message(tr("Table copied"), false);
  });
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("data")); });
}

void StudyPanel::showProject() {
  m_command.reset();  // its rows are of the former project, which keeps them
  m_icon->hide();
  m_state->setText(
      tr("The table appears here. Runs of the same study that are done are not "
         "trained again."));
  showStudy({});
  showRunning();
  fillChannels();
  fillSplits();
}

void StudyPanel::fillBackbones() {
  if (const auto* catalog = m_catalog.catalog()) {
    const QString before =
        m_backbone->count() == 0
            ? QString::fromStdString(weights::defaultBackbone(weights::weightsPlaces()))
            : m_backbone->currentData().toString();
    m_backbone->clear();
    for (const auto& backbone : catalog->backbones) {
      m_backbone->addItem(QString::fromStdString(backbone.name),
                          QString::fromStdString(backbone.id));
      m_backbone->setItemData(m_backbone->count() - 1, QString::fromStdString(backbone.help),
                              Qt::ToolTipRole);
    }
    m_backbone->setCurrentIndex(std::max(0, m_backbone->findData(before)));
    fillChannels();
  }
  showPage();
}

void StudyPanel::fillChannels() {
  if (m_catalog.catalog() == nullptr) {
    return;
  }
  const auto own = ownChannels(m_session);
  const bool isFirst = m_channels.empty();
  const QStringList before = ticked();
  for (auto* box : m_channels) {
    delete box;
  }
  m_channels.clear();
  for (const auto& channel : runs::withUserChannels(*m_catalog.catalog(), own).channels) {
    const auto id = QString::fromStdString(channel.id);
    auto* box = new QCheckBox(QString::fromStdString(channel.name), m_channelGrid->parentWidget());
    box->setObjectName("studyChannel-" + id);
    box->setProperty("channel", id);
    box->setIcon(channelGlyph(id));
    box->setToolTip(QString::fromStdString(channel.help));
    box->setChecked(isFirst ? m_channels.empty() : before.contains(id));
    connect(box, &QCheckBox::toggled, this, &StudyPanel::summarise);
    const auto place = static_cast<int>(m_channels.size());
    m_channelGrid->addWidget(box, place / 2, place % 2);
    m_channels.push_back(box);
  }
  for (std::size_t i = 1; i < m_channels.size(); ++i) {
    setTabOrder(m_channels[i - 1], m_channels[i]);
  }
  summarise();
}

QStringList StudyPanel::ticked() const {
  QStringList ids;
  for (const auto* box : m_channels) {
    if (box->isChecked()) {
      ids << box->property("channel").toString();
    }
  }
  return ids;
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
    m_pages->showNote(
        m_catalog.problem().isEmpty()
            ? tr("Asking the worker for its backbones and channels.")
            : tr("The worker's catalog could not be read. %1").arg(m_catalog.problem()));
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
  const QStringList channels = ticked();
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
  QString problem = QString::fromStdString(m_session.project()->readOnlyReason());
  try {
    std::ignore = arguments();
    const QStringList channels = ticked();
    const int sets = (1 << channels.size()) - 1;
    m_summary->setText(tr("Sets of channels: %1, each in %2 seeds; with the controls at most %3 "
                          "runs. Every row stands beside %4 alone.")
                           .arg(sets)
                           .arg(m_seeds->value())
                           .arg(countText(sets * m_seeds->value() + kControls), channels.first()));
  } catch (const Error& error) {
    problem = QString::fromStdString(error.what());
    m_summary->clear();
  }
  m_summary->setVisible(!m_summary->text().isEmpty());
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
  m_start->setEnabled(problem.isEmpty());
}

void StudyPanel::start() {
  if (isRunning()) {
    return;
  }
  try {
    m_command = std::make_unique<WorkerCommand>(
        QString::fromStdString(m_session.project()->folder().string()), arguments());
  } catch (const Error& error) {
    m_problem->setText(QString::fromStdString(error.what()));
    m_problem->show();
    return;
  }
  connect(m_command.get(), &WorkerCommand::progressed, this, &StudyPanel::showProgress);
  connect(m_command.get(), &WorkerCommand::said, this, &StudyPanel::hear);
  connect(m_command.get(), &WorkerCommand::succeeded, this, &StudyPanel::succeed);
  connect(m_command.get(), &WorkerCommand::failed, this, [this](const QString& message) {
    end(Ending::Failed, tr("The study failed. %1").arg(message));
  });
  connect(m_command.get(), &WorkerCommand::stopped, this, [this] {
    end(Ending::Stopped,
        tr("Stopped. What is trained is kept: the same study goes on when it is started again."));
  });
  m_icon->setPixmap(m_theme.icon(QStringLiteral("play")).pixmap(16));
  m_icon->show();
  m_state->setText(tr("Starting the study."));
  m_step->clear();
  m_bar->setRange(0, 0);
  showStudy({});
  showRunning();
  m_stop->setFocus();
  m_command->start();
}

void StudyPanel::copyCommand() {
  guarded(m_session, [this] {
    QGuiApplication::clipboard()->setText(commandOnProject(m_session, arguments()));
    Q_EMIT m_session.message(tr("Command copied"), false);
  });
}

void StudyPanel::showProgress(const runs::ProgressEvent& progress) {
  if (!m_stop->isEnabled()) {
    return;  // it says that it stops
  }
  showWorkerProgress(*m_bar, *m_step, progress);
}

void StudyPanel::hear(const QString& sentence) {
  // What the runs say of themselves stands in their logs; here stands where the study is.
  if (sentence.startsWith(QStringLiteral("Row "))) {
    m_state->setText(sentence);
  }
}

void StudyPanel::succeed(const runs::ResultEvent& result) {
  try {
    auto study = studyResult(result.body);
    const QString experiment = study.experiment;
    showStudy(std::move(study));
    end(Ending::Done, tr("The study is done: experiment %1, %2, backbone %3.")
                          .arg(experiment, m_split->currentText(), m_backbone->currentText()));
  } catch (const Error& error) {
    end(Ending::Failed, tr("The study failed. %1").arg(error.what()));
  }
}

void StudyPanel::end(Ending ending, const QString& words) {
  const auto& colors = m_theme.colors();
  const QIcon icon = ending == Ending::Done     ? m_theme.icon("check", colors.good)
                     : ending == Ending::Failed ? m_theme.icon("cross", colors.bad)
                                                : m_theme.icon("triangle", colors.warn);
  m_icon->setPixmap(icon.pixmap(16));
  m_state->setText(words);
  const bool hadFocus = m_stop->hasFocus();
  m_command.release()->deleteLater();
  showRunning();
  if (hadFocus) {
    m_start->setFocus();
  }
}

void StudyPanel::showRunning() {
  m_form->setEnabled(!isRunning());
  m_start->setVisible(!isRunning());
  m_stop->setVisible(isRunning());
  m_stop->setEnabled(true);
  m_step->setVisible(isRunning());
  m_bar->setVisible(isRunning());
}

void StudyPanel::showStudy(std::optional<StudyResult> study) {
  QString html;
  if (study) {
    for (const auto& sentence : studyReading(*study)) {
      html += QStringLiteral("<p>%1</p>").arg(sentence.toHtmlEscaped());
    }
  }
  m_table->clearSpans();
  m_model.setStudy(std::move(study));
  if (m_model.headingRow() >= 0) {
    m_table->setSpan(m_model.headingRow(), 0, 1, StudyTableModel::Count);
  }
  m_reading->setHtml(html);
  for (QWidget* part : std::initializer_list<QWidget*>{m_table, m_reading, m_copyTable}) {
    part->setVisible(m_model.study().has_value());
  }
}

}  // namespace twofold::ui
