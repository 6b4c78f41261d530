#include "ui/panels/benchmarks/benchmarks_panel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/runs/user_tables.h"
#include "core/store/pair_repository.h"
#include "core/weights/weights_list.h"
#include "ui/panels/catalog_words.h"
#include "ui/panels/project_choices.h"
#include "ui/panels/worker_form.h"
#include "ui/session/guarded.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

QString idleWords() {
  return BenchmarksPanel::tr(
      "Published rows, and yours beside them, on the same pairs. A row of yours puts its run in "
      "focus.");
}

QString paragraph(const QString& text) {
  return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

}  // namespace

BenchmarksPanel::BenchmarksPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
                                 QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_catalog(catalog), m_model(theme) {
  setObjectName(QStringLiteral("benchmarksPanel"));
  buildLayout();
  connectAll();
  fillParts();
  showProject();
}

BenchmarksPanel::~BenchmarksPanel() = default;

void BenchmarksPanel::connectAll() {
  connect(&m_catalog, &CatalogLoader::loaded, this, &BenchmarksPanel::fillParts);
  connect(&m_catalog, &CatalogLoader::failed, this, &BenchmarksPanel::showPage);
  connect(&m_session, &Session::projectChanged, this, &BenchmarksPanel::showProject);
  connect(&m_session, &Session::dataChanged, this, [this] {
    fillParts();
    summarise();
  });
  connect(m_benchmark, &QComboBox::currentIndexChanged, this, [this] {
    showTable({});  // another benchmark's rows must not stand under this one
    if (!isRunning()) {
      m_pane->reset(idleWords());
    }
    describeBenchmark();
    askForTable();
  });
  connect(m_folder, &QLineEdit::textChanged, this, &BenchmarksPanel::lookIntoFolder);
  connect(m_choose, &QPushButton::clicked, this, [this] {
    auto* dialog = new QFileDialog(this, tr("Choose the folder with the files"), m_folder->text());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
  });
  connect(m_copyLink, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(m_link->text());
    Q_EMIT m_session.message(tr("Address copied"), false);
  });
  connect(m_channels, &TickGrid::changed, this, &BenchmarksPanel::summarise);
  connect(m_seeds, &QSpinBox::valueChanged, this, &BenchmarksPanel::summarise);
  connect(m_controls, &QCheckBox::toggled, this, &BenchmarksPanel::summarise);
  m_pane->setArguments([this] { return arguments(); });
  connect(m_pane, &WorkerPane::startWanted, this, [this] {
    guarded(m_session, [this] { start(arguments(), tr("Starting the benchmark.")); });
  });
  connect(m_import, &QPushButton::clicked, this,
          [this] { guarded(m_session, [this] { start(importArguments(), tr("Importing.")); }); });
  connect(m_pane, &WorkerPane::runningChanged, this, [this] {
    m_form->setEnabled(!m_pane->isRunning());
    summarise();
  });
  connect(m_pane, &WorkerPane::said, this, [this](const QString& sentence) {
    // What the runs say of themselves stands in their logs.
    if (sentence.startsWith(QStringLiteral("Row ")) ||
        sentence.contains(QStringLiteral(" pairs read, "))) {
      m_pane->say(sentence);
    }
  });
  connect(m_pane, &WorkerPane::succeeded, this, &BenchmarksPanel::succeed);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) { showRow(current.row()); });
  connect(m_copyTable, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(benchmarkTsv(*m_model.table()));
    Q_EMIT m_session.message(tr("Table copied"), false);
  });
  connect(m_copySource, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(m_model.line(m_table->currentIndex().row()).source);
    Q_EMIT m_session.message(tr("Source copied"), false);
  });
}

const benchmarks::Benchmark& BenchmarksPanel::benchmark() const {
  return benchmarks::benchmark(m_benchmark->currentData().toString().toStdString());
}

void BenchmarksPanel::showProject() {
  m_asking.reset();
  m_pane->reset(idleWords());
  showTable({});
  fillParts();
  describeBenchmark();
  showPage();
  if (isVisible()) {
    askForTable();
  }
}

void BenchmarksPanel::fillParts() {
  if (const auto* catalog = m_catalog.catalog()) {
    offerParts(*m_backbone, catalog->backbones,
               QString::fromStdString(weights::defaultBackbone(weights::weightsPlaces())));
    m_channels->offer(runs::withUserChannels(*catalog, ownChannels(m_session)).channels);
  }
  showPage();
}

void BenchmarksPanel::showPage() {
  if (m_session.project() == nullptr) {
    m_pages->showNote(
        tr("The field's benchmarks, with published rows beside yours, are here. Open a project "
           "first."));
  } else if (m_catalog.catalog() == nullptr) {
    m_pages->showNote(missingCatalogWords(m_catalog));
  } else {
    m_pages->showContent();
    summarise();
  }
}

void BenchmarksPanel::describeBenchmark() {
  const auto& chosen = benchmark();
  QString sets;
  for (const auto& set : chosen.sets) {
    sets += QStringLiteral("\n%1: %2")
                .arg(QString::fromStdString(set.name), QString::fromStdString(set.about));
  }
  m_about->setText(QString::fromStdString(chosen.citation) + sets + '\n' +
                   tr("Licence: %1").arg(QString::fromStdString(chosen.licence)));
  m_link->setText(QString::fromStdString(chosen.link));
  m_link->setCursorPosition(0);
  lookIntoFolder();
}

void BenchmarksPanel::lookIntoFolder() {
  const auto folder = m_folder->text().trimmed().toStdString();
  m_sought.clear();
  m_task.start(
      [&chosen = benchmark(), folder](const std::stop_token&) {  // the list lives for ever
        return soughtIn(chosen, folder);
      },
      [this](const Outcome<std::vector<SoughtSet>>& outcome) {
        if (const auto* found = std::get_if<std::vector<SoughtSet>>(&outcome)) {
          m_sought = *found;
        }
        summarise();
      });
  summarise();
}

std::vector<data::SplitInfo> BenchmarksPanel::ownSets() const {
  std::vector<data::SplitInfo> own;
  if (m_session.project() == nullptr) {
    return own;
  }
  guarded(m_session, [&] {
    for (auto& split : store::PairRepository(m_session.project()->database()).splits()) {
      const auto& sets = benchmark().sets;
      if (split.name == split.pairSet && std::any_of(sets.begin(), sets.end(), [&](const auto& s) {
            return s.name == split.name;
          })) {
        own.push_back(std::move(split));
      }
    }
  });
  return own;
}

QStringList BenchmarksPanel::importArguments() const {
  const QString folder = m_folder->text().trimmed();
  if (folder.isEmpty()) {
    throw Error(ErrorKind::Usage, "Choose the folder with the benchmark's files first.");
  }
  const auto own = ownSets();
  const bool isAnyNew = std::any_of(m_sought.begin(), m_sought.end(), [&](const SoughtSet& set) {
    return !set.origin.isEmpty() && std::none_of(own.begin(), own.end(), [&](const auto& split) {
      return split.name == set.name.toStdString();
    });
  });
  if (!isAnyNew) {
    throw Error(ErrorKind::Usage, own.empty() ? "The folder holds no set of this benchmark whole."
                                              : "What the folder holds is in the project already.");
  }
  return {"bench", "import", m_benchmark->currentData().toString(), "--data", folder};
}

QStringList BenchmarksPanel::arguments() const {
  const auto own = ownSets();
  const bool isThere =
      std::any_of(own.begin(), own.end(), [](const auto& split) { return split.train > 0; });
  const bool isFound = std::any_of(m_sought.begin(), m_sought.end(),
                                   [](const SoughtSet& set) { return set.hasTraining; });
  const bool isAnyFound = std::any_of(m_sought.begin(), m_sought.end(),
                                      [](const SoughtSet& set) { return !set.origin.isEmpty(); });
  if (!isThere && !isFound) {
    throw Error(ErrorKind::Usage,
                !own.empty() ? "The sets in the project have no training pairs: score them with a "
                               "run of yours, or choose a folder with the training files."
                : isAnyFound ? "What the folder holds has no training pairs: import it, and score "
                               "it with a run of yours."
                : m_folder->text().trimmed().isEmpty()
                    ? "Choose the folder with the benchmark's files first."
                : m_task.isRunning() ? "Looking into the folder."
                                     : "The folder holds no set with training pairs.");
  }
  const QStringList channels = m_channels->ticked();
  if (channels.isEmpty()) {
    throw Error(ErrorKind::Usage, "Tick at least one channel.");
  }
  QStringList arguments = {"bench", "run", m_benchmark->currentData().toString()};
  if (isFound) {
    arguments << "--data" << m_folder->text().trimmed();
  }
  arguments << "--backbone" << m_backbone->currentData().toString() << "--channels"
            << channels.join(',') << "--seeds" << QString::number(m_seeds->value());
  if (!m_controls->isChecked()) {
    arguments << "--no-controls";
  }
  return arguments;
}

QString BenchmarksPanel::summary() const {
  QStringList sets;
  for (const auto& split : ownSets()) {
    sets << tr("%1 (%2 train, %3 validation, %4 test)")
                .arg(QString::fromStdString(split.name), countText(split.train),
                     countText(split.validation), countText(split.test));
  }
  const QString models = m_controls->isChecked()
                             ? tr("On each set with training pairs: 3 models, seeds of each: %1.")
                             : tr("On each set with training pairs: 1 model, seeds: %1.");
  return (sets.isEmpty() ? tr("No set of this benchmark is in the project yet.")
                         : tr("In the project: %1.").arg(sets.join(QStringLiteral("; ")))) +
         ' ' + models.arg(countText(m_seeds->value()));
}

void BenchmarksPanel::summarise() {
  if (m_session.project() == nullptr) {
    return;
  }
  m_found->setText(m_folder->text().trimmed().isEmpty()
                       ? tr("Wanted:\n%1").arg(wantedWords(benchmark()).join('\n'))
                       : soughtWords(m_sought).join('\n'));
  QString problem = QString::fromStdString(m_session.project()->readOnlyReason());
  const auto canDo = [](const auto& made, QString& reason) {
    try {
      std::ignore = made();
      return true;
    } catch (const Error& error) {
      reason = QString::fromStdString(error.what());
      return false;
    }
  };
  QString whyNot;
  const bool canImport =
      canDo([this] { return importArguments(); }, whyNot) && problem.isEmpty() && !isRunning();
  m_import->setEnabled(canImport);
  m_import->setToolTip(canImport ? tr("Brings the sets that were found into the project, each with "
                                      "its split.")
                                 : whyNot);
  if (problem.isEmpty()) {
    std::ignore = canDo([this] { return arguments(); }, problem);
  }
  m_pane->describe(summary(), problem);
}

void BenchmarksPanel::start(const QStringList& arguments, const QString& words) {
  m_pane->start(arguments, words);
}

void BenchmarksPanel::succeed(const runs::ResultEvent& result) {
  try {
    const auto command = result.body.value("command", std::string());
    if (command == "bench import") {
      m_pane->say(tr("Imported: sets of %1 in the project: %2.")
                      .arg(m_benchmark->currentText())
                      .arg(result.body.value("sets", formats::Json::array()).size()));
    } else {
      showTable(benchmarkTable(result.body));
      m_pane->say(tr("Done: your rows stand first in each set."));
      Q_EMIT m_session.runsChanged();
    }
    Q_EMIT m_session.dataChanged();
    if (command == "bench import") {
      askForTable();
    }
  } catch (const Error& error) {
    m_pane->fail(QString::fromStdString(error.what()));
  }
}

void BenchmarksPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  askForTable();
}

void BenchmarksPanel::askForTable() {
  m_asking.reset();
  if (m_session.project() == nullptr || isRunning()) {
    return;
  }
  m_asking = std::make_unique<WorkerCommand>(
      QString::fromStdString(m_session.project()->folder().string()),
      QStringList{"bench", "table", m_benchmark->currentData().toString()});
  auto* command = m_asking.get();
  const auto over = [this] { m_asking.release()->deleteLater(); };
  connect(command, &WorkerCommand::succeeded, this, [this, over](const runs::ResultEvent& result) {
    over();
    guarded(m_session, [&] { showTable(benchmarkTable(result.body)); });
  });
  connect(command, &WorkerCommand::failed, this, [this, over](const QString& message) {
    over();
    Q_EMIT m_session.message(message, true);
  });
  connect(command, &WorkerCommand::stopped, this, over);
  command->start();
}

void BenchmarksPanel::showTable(std::optional<BenchmarkTable> table) {
  QString html;
  if (table) {
    html += paragraph(
        tr("In brackets: 95 % intervals of yours by bootstrap over proteins, mean of their ends "
           "over the seeds. %1")
            .arg(table->caution));
    for (qsizetype i = 0; i < table->sources.size(); ++i) {
      html += paragraph(QStringLiteral("[%1] %2").arg(i + 1).arg(table->sources[i]));
    }
  }
  m_model.setTable(std::move(table));
  m_sources->setHtml(html);
  m_result->setVisible(m_model.table().has_value());
  m_copyTable->setVisible(m_model.table().has_value());
  m_copySource->setVisible(m_model.table().has_value());
  showRow(-1);
}

void BenchmarksPanel::showRow(int row) {
  const auto* line = row < 0 || row >= m_model.rowCount() ? nullptr : &m_model.line(row);
  m_copySource->setEnabled(line != nullptr && line->isPublished);
  if (line != nullptr && !line->runs.isEmpty()) {
    m_session.focusRun(line->runs.front());
  }
}

}  // namespace twofold::ui
