#include "ui/panels/models/models_panel.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QSettings>
#include <QTime>
#include <QUrl>

#include "core/base/error.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

/// Deletes a command from inside its own signal.
void letGo(std::unique_ptr<WorkerCommand>& command) {
  if (command) {
    command.release()->deleteLater();
  }
}

}  // namespace

ModelsPanel::ModelsPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
                         QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_catalog(catalog), m_model(theme) {
  setObjectName(QStringLiteral("modelsPanel"));
  setAcceptDrops(true);
  m_sorted.setSourceModel(&m_model);
  m_sorted.setSortRole(WeightsTableModel::SortRole);
  m_sorted.setSortCaseSensitivity(Qt::CaseInsensitive);
  buildLayout();
  connectParts();
  m_pages->showNote(tr("Reading the weights on this machine."));
  showSelected();
}

ModelsPanel::~ModelsPanel() = default;

void ModelsPanel::connectParts() {
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &ModelsPanel::showSelected);
  connect(m_table, &QTableView::activated, this, &ModelsPanel::use);
  connect(m_use, &QPushButton::clicked, this, &ModelsPanel::use);
  connect(m_add, &QPushButton::clicked, this, &ModelsPanel::chooseFolder);
  connect(m_pages, &PanelPages::actionWanted, this, &ModelsPanel::chooseFolder);
  connect(m_verifyButton, &QPushButton::clicked, this, &ModelsPanel::verify);
  connect(m_reveal, &QPushButton::clicked, this, &ModelsPanel::reveal);
  connect(m_remove, &QPushButton::clicked, this, [this] {
    ask({QStringLiteral("remove"), selectedPath()}, {});
  });
  connect(m_refresh, &QPushButton::clicked, this,
          [this] { ask({QStringLiteral("list")}, selectedPath()); });
  connect(m_details, &WeightsDetails::stopWanted, this, [this] {
    if (m_verify) {
      m_verify->stop();
    }
  });
  connect(m_details, &WeightsDetails::copyWanted, this, [this](const QString& command) {
    QGuiApplication::clipboard()->setText(command);
    Q_EMIT m_session.message(tr("Command copied"), false);
  });
  connect(&m_catalog, &CatalogLoader::loaded, this, &ModelsPanel::showSelected);
  connect(&m_session, &Session::projectChanged, this, &ModelsPanel::showSelected);
  connect(&m_theme, &Theme::changed, this, &ModelsPanel::showSelected);
}

void ModelsPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!m_isRead) {
    m_isRead = true;
    ask({QStringLiteral("list")}, {});
  }
}

void ModelsPanel::ask(const QStringList& arguments, const QString& selectAfter) {
  if (m_list) {
    Q_EMIT m_session.message(tr("The list of models is being read. Try again in a moment."), true);
    return;
  }
  m_list = std::make_unique<WorkerCommand>(QString(), QStringList{"weights"} + arguments);
  connect(m_list.get(), &WorkerCommand::succeeded, this,
          [this, selectAfter](const runs::ResultEvent& result) { takeList(result, selectAfter); });
  connect(m_list.get(), &WorkerCommand::failed, this, &ModelsPanel::endList);
  connect(m_list.get(), &WorkerCommand::stopped, this, [this] { endList(tr("It was stopped.")); });
  m_list->start();
}

void ModelsPanel::takeList(const runs::ResultEvent& result, const QString& selectAfter) {
  std::vector<weights::WeightsFolder> folders;
  QString problem;
  try {
    for (const auto& folder : result.body.at("folders")) {
      folders.push_back(weights::weightsFromJson(folder));
    }
    m_available = result.body.at("available").get<std::int64_t>();
  } catch (const std::exception& error) {
    problem = QString::fromUtf8(error.what());
  }
  if (!problem.isEmpty()) {
    endList(problem);
    return;
  }
  const auto count = static_cast<qint64>(folders.size());
  m_model.setFolders(std::move(folders));
  m_count->setText(
      (count == 1 ? tr("1 model") : tr("%1 models").arg(countText(count))) +
      (m_available > 0 ? tr(", %1 of memory available").arg(bytesText(m_available)) : QString()));
  m_table->resizeColumnsToContents();
  const int row = std::max(0, m_model.rowOf(selectAfter));
  m_table->setCurrentIndex(m_sorted.mapFromSource(m_model.index(row, 0)));
  endList({});
}

void ModelsPanel::endList(const QString& problem) {
  letGo(m_list);
  if (m_model.rowCount() > 0) {
    m_pages->showContent();
    if (!problem.isEmpty()) {
      Q_EMIT m_session.message(problem, true);
    }
  } else {
    m_pages->showNote(
        (problem.isEmpty() ? tr("The backbones' weights are listed here, with their size, licence "
                                "and whether they fit into memory. There are none yet.")
                           : problem) +
            tr("\n\nAdd a Hugging Face folder of ESM-2, ProtBert, BERT or Llama 3 (config.json "
               "and model.safetensors), or drop it here."),
        tr("Add folder…"));
  }
  showSelected();
}

void ModelsPanel::chooseFolder() {
  auto* dialog =
      new QFileDialog(this, tr("Choose a folder of weights"),
                      QSettings().value("lastWeightsFolder", QDir::homePath()).toString());
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    QSettings().setValue("lastWeightsFolder", QFileInfo(folder).absolutePath());
    add(folder);
  });
  dialog->open();
}

void ModelsPanel::add(const QString& folder) {
  ask({QStringLiteral("add"), folder}, QFileInfo(folder).canonicalFilePath());
}

void ModelsPanel::verify() {
  if (m_verify || selected() == nullptr) {
    return;
  }
  m_verifying = selectedPath();
  m_checks[m_verifying] = {WeightsDetails::Check::Running, tr("Reading every byte")};
  m_verify =
      std::make_unique<WorkerCommand>(QString(), QStringList{"weights", "verify", m_verifying});
  connect(m_verify.get(), &WorkerCommand::progressed, this,
          [this](const runs::ProgressEvent& progress) {
            if (selectedPath() == m_verifying) {
              m_details->showProgress(progress);
            }
          });
  connect(m_verify.get(), &WorkerCommand::succeeded, this, [this](const runs::ResultEvent& result) {
    const auto tensors = result.body.value("tensors", std::int64_t{0});
    const QString when = QLocale().toString(QTime::currentTime(), QLocale::ShortFormat);
    endVerify(WeightsDetails::Check::Sound,
              tr("Sound at %1: %2 tensors, every number finite, of the shapes that belong together")
                  .arg(when, countText(tensors)));
  });
  connect(m_verify.get(), &WorkerCommand::failed, this,
          [this](const QString& message) { endVerify(WeightsDetails::Check::Unsound, message); });
  connect(m_verify.get(), &WorkerCommand::stopped, this,
          [this] { endVerify(WeightsDetails::Check::Stopped, tr("The check was stopped")); });
  m_verify->start();
  showSelected();
}

void ModelsPanel::endVerify(WeightsDetails::Check check, const QString& words) {
  letGo(m_verify);
  m_checks[m_verifying] = {check, words};
  showSelected();
}

QString ModelsPanel::selectedPath() const {
  return m_table->currentIndex().data(WeightsTableModel::PathRole).toString();
}

const weights::WeightsFolder* ModelsPanel::selected() const {
  return m_model.folder(selectedPath());
}

void ModelsPanel::showSelected() {
  const auto* folder = selected();
  const bool isUsable = folder != nullptr && folder->problem.empty();
  m_details->describe(folder, m_available);
  if (const auto found = m_checks.find(selectedPath()); found != m_checks.end()) {
    m_details->setCheck(found->second.check, found->second.words);
  }
  QStringList arguments;
  if (isUsable) {
    arguments = {"embed", "--backbone", QString::fromStdString(folder->backbone), "--weights",
                 selectedPath()};
    if (m_session.project() != nullptr) {
      arguments << "--project" << QString::fromStdString(m_session.project()->folder().string());
    }
  }
  m_details->setCommand(isUsable ? commandLine(arguments) : QString());
  m_use->setEnabled(isUsable);
  m_reveal->setEnabled(folder != nullptr);
  m_verifyButton->setEnabled(folder != nullptr && m_verify == nullptr);
  m_remove->setEnabled(folder != nullptr &&
                       folder->origin == weights::WeightsFolder::Origin::Added);
}

void ModelsPanel::use() {
  if (m_use->isEnabled()) {
    Q_EMIT useWanted(QString::fromStdString(selected()->backbone), selectedPath());
  }
}

void ModelsPanel::reveal() {
  QDesktopServices::openUrl(QUrl::fromLocalFile(selectedPath()));
}

void ModelsPanel::dragEnterEvent(QDragEnterEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.size() == 1 && QFileInfo(urls.first().toLocalFile()).isDir()) {
    event->acceptProposedAction();
  }
}

void ModelsPanel::dropEvent(QDropEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.size() == 1) {
    add(urls.first().toLocalFile());
  }
}

}  // namespace twofold::ui
