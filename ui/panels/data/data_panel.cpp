#include "ui/panels/data/data_panel.h"

#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QSettings>

#include "core/store/user_channel_repository.h"
#include "ui/panels/data/channel_dialog.h"
#include "ui/panels/data/data_lists.h"
#include "ui/panels/data/import_kind.h"
#include "ui/panels/data/split_preview.h"
#include "ui/panels/worker_form.h"
#include "ui/session/guarded.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

struct ImportWords {
  QString title;
  QString filter;
};

ImportWords wordsOf(const QString& kind) {
  const QString all = DataPanel::tr("All files (*)");
  if (kind == "proteins") {
    return {DataPanel::tr("Import proteins"),
            DataPanel::tr("FASTA and UniProt (*.fasta *.fa *.faa *.dat *.xml *.fasta.gz *.fa.gz "
                          "*.faa.gz *.dat.gz *.xml.gz);;%1")
                .arg(all)};
  }
  if (kind == "pairs") {
    return {DataPanel::tr("Import pairs"),
            DataPanel::tr("Pair tables (*.tsv *.csv *.txt *.tsv.gz *.csv.gz);;%1").arg(all)};
  }
  if (kind == "annotations") {
    return {DataPanel::tr("Import annotations"),
            DataPanel::tr("UniProt, org.Hs.eg.sqlite, GO.sqlite (*.dat *.txt *.xml *.sqlite "
                          "*.dat.gz *.xml.gz);;%1")
                .arg(all)};
  }
  if (kind == "channel") {
    return {DataPanel::tr("Import channel"),
            DataPanel::tr("Tables of numbers (*.tsv *.csv *.txt *.tsv.gz *.csv.gz "
                          "*.safetensors);;%1")
                .arg(all)};
  }
  return {
      DataPanel::tr("Import structures"),
      DataPanel::tr("PDB and mmCIF (*.pdb *.ent *.cif *.pdb.gz *.ent.gz *.cif.gz);;%1").arg(all)};
}

}  // namespace

DataPanel::DataPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme) {
  setObjectName(QStringLiteral("dataPanel"));
  setAcceptDrops(true);
  buildLayout();
  connectParts();
  refresh();
}

void DataPanel::connectParts() {
  connect(&m_session, &Session::projectChanged, this, &DataPanel::showProject);
  connect(&m_session, &Session::dataChanged, this, &DataPanel::refresh);
  connect(m_sets, &DataView::actionWanted, this, [this] { chooseFiles(QStringLiteral("pairs")); });
  connect(m_proteins, &DataView::actionWanted, this,
          [this] { chooseFiles(QStringLiteral("proteins")); });
  connect(m_structures, &DataView::actionWanted, this,
          [this] { chooseFiles(QStringLiteral("structures")); });
  connect(m_structures, &DataView::chosen, this, [this](qint64 key) {
    m_session.focusStructure(key);
    Q_EMIT m_session.panelWanted(QStringLiteral("structure"));
  });
  connect(m_splitForm, &SplitForm::splitWanted, this,
          [this](const QStringList& arguments) { runCommand(arguments, tr("Split")); });
  connect(m_splitForm, &SplitForm::previewWanted, this, [this](const QStringList& arguments) {
    runCommand(arguments, tr("Preview of a split"));
  });
  connect(m_box, &ImportBox::reported, this, &DataPanel::showPreview);
  connect(m_splitForm, &SplitForm::copyWanted, this, &DataPanel::copyCommand);
  connect(m_channels, &DataView::actionWanted, this,
          [this] { chooseFiles(QStringLiteral("channel")); });
  connect(m_channels, &DataView::removeWanted, this, [this](const QString& name) {
    runCommand({QStringLiteral("channels"), QStringLiteral("remove"), name},
               tr("Remove channel %1").arg(name));
  });
  connect(m_box, &ImportBox::finished, this, [this](bool done) {
    if (done) {
      Q_EMIT m_session.dataChanged();
    }
  });
}

void DataPanel::showProject() {
  // Nothing of the former project stays in sight while this one is read.
  for (auto* view : {m_proteins, m_sets, m_structures, m_splits, m_channels}) {
    view->setRows({});
  }
  m_box->forget();
  refresh();
}

void DataPanel::showPreview(const formats::Json& result) {
  if (!result.value("preview", false)) {
    return;
  }
  guarded(m_session, [&] {
    auto* preview = new SplitPreview(m_theme, result, this);
    preview->setAttribute(Qt::WA_DeleteOnClose);
    preview->open();
  });
}

void DataPanel::refresh() {
  if (m_session.project() == nullptr) {
    return;
  }
  guarded(m_session, [this] {
    auto& database = m_session.project()->database();
    auto sets = pairSetRows(database);
    QStringList names;
    for (const auto& row : sets) {
      names << row.cells.first().toString();
    }
    m_splitForm->setPairSets(names);
    m_sets->setRows(std::move(sets));
    m_splits->setRows(splitRows(database));
    m_structures->setRows(structureRows(database));
    m_channels->setRows(channelRows(*m_session.project()));
  });
  showCounts();
  loadProteins();
}

void DataPanel::loadProteins() {
  const auto folder = m_session.project()->folder();
  m_task.start(
      [folder](const std::stop_token&) {
        auto project = store::Project::open(folder);
        return proteinRows(project.database());
      },
      [this](Outcome<std::vector<ValueTableModel::Row>> outcome) {
        if (auto* rows = std::get_if<std::vector<ValueTableModel::Row>>(&outcome)) {
          m_proteins->setRows(std::move(*rows));
          showCounts();
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
      });
}

void DataPanel::showCounts() {
  int tab = 0;
  for (const auto& [view, name] : {std::pair{m_sets, tr("Pair sets")},
                                   {m_proteins, tr("Proteins")},
                                   {m_structures, tr("Structures")},
                                   {m_splits, tr("Splits")},
                                   {m_channels, tr("Channels")}}) {
    m_tabs->setTabText(tab++, QStringLiteral("%1  %2").arg(name, countText(view->count())));
  }
}

void DataPanel::chooseFiles(const QString& kind) {
  const QString folder = QSettings().value("lastImportFolder").toString();
  const auto words = wordsOf(kind);
  auto* dialog = new QFileDialog(this, words.title, folder, words.filter);
  dialog->setFileMode(kind == "channel" ? QFileDialog::ExistingFile : QFileDialog::ExistingFiles);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::filesSelected, this, [this, kind](const QStringList& files) {
    QSettings().setValue("lastImportFolder", QFileInfo(files.first()).absolutePath());
    import(kind, files);
  });
  dialog->open();
}

void DataPanel::import(const QString& kind, const QStringList& files) {
  if (files.isEmpty()) {
    return;
  }
  if (kind == "channel" && files.size() > 1) {
    Q_EMIT m_session.message(
        tr("Each table becomes a channel of its own name: import them one by one."), true);
    return;
  }
  if (kind == "channel") {
    askForChannel(files.first());
    return;
  }
  QStringList arguments{QStringLiteral("import"), kind};
  arguments << files;
  const QString given = m_setName->text().trimmed();
  if (kind == "pairs" && files.size() > 1) {
    importParts(files, given);
    return;
  }
  if (kind == "pairs") {
    arguments << QStringLiteral("--name")
              << (given.isEmpty() ? QFileInfo(files.first()).baseName() : given);
  } else if (kind == "structures" && !given.isEmpty()) {
    arguments << QStringLiteral("--pairs") << given;
  }
  runCommand(arguments, wordsOf(kind).title);
}

void DataPanel::askForChannel(const QString& file) {
  if (m_session.project() == nullptr) {
    return;
  }
  QStringList existing;
  guarded(m_session, [&] {
    for (const auto& channel : store::UserChannelRepository(*m_session.project()).channels()) {
      existing << QString::fromStdString(channel.name);
    }
  });
  auto* dialog = new ChannelDialog(m_theme, file, existing, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ChannelDialog::copyWanted, this, &DataPanel::copyCommand);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    runCommand(dialog->arguments(), wordsOf(QStringLiteral("channel")).title);
  });
  dialog->open();
}

void DataPanel::copyCommand(const QStringList& arguments) {
  if (m_session.project() != nullptr) {
    QGuiApplication::clipboard()->setText(commandOnProject(m_session, arguments));
  }
}

void DataPanel::importParts(const QStringList& files, const QString& name) {
  const QString parts = splitParts(files);
  if (parts.isEmpty()) {
    Q_EMIT m_session.message(
        tr("Several pair tables at once are the parts of one split: their names "
           "must say train, val and perhaps test. Else import them one by one."),
        true);
    return;
  }
  const QString folder = QFileInfo(files.first()).absoluteDir().dirName();
  runCommand({QStringLiteral("split"), QStringLiteral("--parts"), parts, QStringLiteral("--name"),
              name.isEmpty() ? folder : name},
             tr("Import pairs with their split"));
}

void DataPanel::runCommand(const QStringList& arguments, const QString& name) {
  if (m_session.project() == nullptr) {
    return;
  }
  const auto folder = QString::fromStdString(m_session.project()->folder().string());
  if (!m_box->run(folder, arguments, name)) {
    Q_EMIT m_session.message(tr("Another import is at work. Wait for it, or stop it."), true);
  }
}

void DataPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) {
    event->acceptProposedAction();
  }
}

void DataPanel::dropEvent(QDropEvent* event) {
  QStringList files;
  for (const auto& url : event->mimeData()->urls()) {
    files << url.toLocalFile();
  }
  const QString kind = commonImportKind(files);
  if (kind.isEmpty()) {
    Q_EMIT m_session.message(tr("These files are of several kinds. Drop one kind at a time."),
                             true);
    return;
  }
  import(kind, files);
}

}  // namespace twofold::ui
