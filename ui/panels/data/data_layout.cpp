// Where the parts of the Data panel stand: actions at the left, lists at the right.
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QVBoxLayout>

#include "ui/panels/data/data_panel.h"

namespace twofold::ui {

namespace {
constexpr int kActionsWidth = 380;
}

void DataPanel::buildLayout() {
  buildViews();
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(buildActions());
  layout->addWidget(m_tabs, 1);
}

QLabel* DataPanel::title(const QString& text) {
  auto* label = new QLabel(text, this);
  label->setFont(m_theme.font(Theme::Size::Title));
  return label;
}

QWidget* DataPanel::buildActions() {
  auto* column = new QWidget(this);
  m_box = new ImportBox(m_theme, column);
  m_splitForm = new SplitForm(column);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, Tokens::kSpace3, 0);  // clear of the scroll bar
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(title(tr("Import")));
  layout->addWidget(buildImports());
  layout->addWidget(m_box);
  layout->addSpacing(Tokens::kSpace4);
  layout->addWidget(title(tr("Split a pair set")));
  layout->addWidget(m_splitForm);
  layout->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(column);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFixedWidth(kActionsWidth);
  return scroll;
}

QWidget* DataPanel::buildImports() {
  auto* block = new QWidget(this);
  auto* layout = new QVBoxLayout(block);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  m_setName = new QLineEdit(block);
  m_setName->setObjectName(QStringLiteral("pairSetName"));
  m_setName->setPlaceholderText(tr("Name of the new pair set"));
  m_setName->setToolTip(
      tr("Without a name, pairs take the file's, and structures make no pairs. With one, chains "
         "in contact become pairs."));
  for (const auto& [kind, text] : {std::pair{QStringLiteral("proteins"), tr("Import proteins")},
                                   {QStringLiteral("pairs"), tr("Import pairs")},
                                   {QStringLiteral("structures"), tr("Import structures")},
                                   {QStringLiteral("annotations"), tr("Import annotations")},
                                   {QStringLiteral("channel"), tr("Import channel…")}}) {
    auto* button = new QPushButton(text, block);
    button->setObjectName("import-" + kind);
    layout->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, kind = kind] { chooseFiles(kind); });
  }
  auto* hint = new QLabel(
      tr("Or drop files anywhere here. Pair tables named train, val and test come in together, "
         "with their split."),
      block);
  hint->setProperty("role", "muted");
  hint->setWordWrap(true);
  layout->addWidget(m_setName);
  layout->addWidget(hint);
  return block;
}

void DataPanel::buildViews() {
  m_tabs = new QTabWidget(this);
  m_tabs->setDocumentMode(true);
  m_tabs->tabBar()->setDrawBase(false);
  m_sets =
      new DataView(m_theme,
                   {QStringLiteral("pairSetTable"),
                    tr("Pair sets"),
                    {tr("Name"), tr("Pairs"), tr("Interact"), tr("Do not interact"), tr("Source")},
                    tr("Pair sets are listed here: tables of two protein ids and a label."),
                    tr("Import pairs")},
                   m_tabs);
  m_proteins =
      new DataView(m_theme,
                   {QStringLiteral("proteinTable"),
                    tr("Proteins"),
                    {tr("Id"), tr("Name"), tr("Organism"), tr("Residues"), tr("Structure")},
                    tr("Proteins are listed here: ids and sequences from FASTA files."),
                    tr("Import proteins")},
                   m_tabs);
  m_structures = new DataView(
      m_theme,
      {QStringLiteral("structureTable"),
       tr("Structures"),
       {tr("Id"), tr("Title"), tr("Chains"), tr("Residues"), tr("Origin")},
       tr("Structures are listed here: PDB and mmCIF files, their chains matched to proteins."),
       tr("Import structures")},
      m_tabs);
  m_splits = new DataView(
      m_theme,
      {QStringLiteral("splitTable"),
       tr("Splits"),
       {tr("Pairs"), tr("Split"), tr("Rule"), tr("Seed"), tr("Train"), tr("Validation"), tr("Test"),
        tr("Hash")},
       tr("Splits are listed here: which pairs train, which validate, which test. Make one at the "
          "left."),
       {}},
      m_tabs);
  m_channels = new DataView(
      m_theme,
      {QStringLiteral("channelTable"),
       tr("Channels"),
       {tr("Name"), tr("Numbers"), tr("Rows"), tr("Proteins"), tr("Coverage"), tr("Normalisation"),
        tr("Missing"), tr("Source")},
       tr("Your own channels are listed here: tables of numbers, a row a protein or a residue."),
       tr("Import channel…"),
       tr("Remove channel")},
      m_tabs);
  for (auto* view : {m_sets, m_proteins, m_structures, m_splits, m_channels}) {
    m_tabs->addTab(view, QString());
  }
}

}  // namespace twofold::ui
