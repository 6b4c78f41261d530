// The widgets of the errors panel and where they stand.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

#include "ui/panels/errors/errors_panel.h"
#include "ui/panels/form_scroll.h"
#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

QTableView* tableOf(QWidget* parent, QAbstractItemModel& model, const char* name,
                    const QString& words) {
  auto* table = new QTableView(parent);
  table->setObjectName(QLatin1String(name));
  table->setAccessibleName(words);
  table->setModel(&model);
  applyListLook(*table);
  table->setWordWrap(false);
  table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  return table;
}

/// As wide as their titles and what stands in them, without a look at every row.
void fitColumns(QTableView& table, const QStringList& widest) {
  const QFontMetrics letters(table.font());
  constexpr int kPadding = 3 * Tokens::kSpace2;
  for (int column = 0; column < widest.size(); ++column) {
    const auto title = table.model()->headerData(column, Qt::Horizontal).toString();
    table.setColumnWidth(column, kPadding + std::max(letters.horizontalAdvance(title),
                                                     letters.horizontalAdvance(widest[column])));
  }
}

}  // namespace

void ErrorsPanel::buildLayout(const Theme& theme) {
  m_pages = new PanelPages(theme, this);
  auto* split = new QSplitter(Qt::Horizontal, m_pages->content());
  split->setObjectName(QStringLiteral("errorsColumns"));
  split->setChildrenCollapsible(false);
  split->addWidget(buildPoint(theme));
  split->addWidget(buildTabs(theme));
  split->addWidget(buildPairs());
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 3);
  split->setStretchFactor(2, 2);
  split->setSizes({410, 600, 430});
  auto* layout = new QHBoxLayout(m_pages->content());
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(split);
}

QWidget* ErrorsPanel::buildPoint(const Theme& theme) {
  auto* side = new QWidget(m_pages->content());
  m_part = new QComboBox(side);
  m_part->setObjectName(QStringLiteral("errorsPart"));
  auto* label = new QLabel(tr("P&art"), side);
  label->setBuddy(m_part);
  m_copyCommand = namedButton(side, tr("Copy as command"), "copyErrorsCommand");
  m_point = new OperatingPointBox(theme, side);
  auto* top = new QHBoxLayout;
  top->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, 0);
  top->setSpacing(Tokens::kSpace2);
  top->addWidget(label);
  top->addWidget(m_part);
  top->addStretch(1);
  top->addWidget(m_copyCommand);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(top);
  layout->addWidget(new FormScroll(m_point, side), 1);
  return side;
}

QWidget* ErrorsPanel::buildTabs(const Theme& theme) {
  auto* side = new QWidget(m_pages->content());
  m_tabs = new QTabWidget(side);
  m_tabs->setObjectName(QStringLiteral("errorTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->tabBar()->setDrawBase(false);
  m_tabs->setAccessibleName(tr("Views of the errors"));
  m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
  auto* proteins = new QWidget(m_tabs);
  m_proteinWords = wordsLabel(proteins, "proteinWords");
  m_proteinWords->setProperty("role", "muted");
  m_proteins = tableOf(proteins, m_proteinModel, "proteinErrors", tr("Proteins by their errors"));
  m_proteins->horizontalHeader()->setSortIndicator(ProteinErrorModel::ErrorRate,
                                                   Qt::DescendingOrder);
  m_proteins->setSortingEnabled(true);
  fitColumns(*m_proteins, {"A0A024RBG1", "0.500 [0.400, 0.600]", "1 000", "1 000", "100.0",
                           "−0.500", "1 000", "34 350", "in training"});
  auto* column = new QVBoxLayout(proteins);
  column->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, 0);
  column->setSpacing(Tokens::kSpace2);
  column->addWidget(m_proteinWords);
  column->addWidget(m_proteins, 1);
  m_strata = new StrataView(theme, m_tabs);
  m_coverage = new CoverageView(theme, m_tabs);
  m_tabs->addTab(proteins, tr("Proteins"));
  m_tabs->addTab(m_strata, tr("Kinds of pairs"));
  m_tabs->addTab(m_coverage, tr("Coverage"));
  auto* copy = namedButton(side, tr("Copy table"), "copyErrorTable");
  auto* save = namedButton(side, tr("Save…"), "saveErrorTable");
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(Tokens::kSpace2, 0, Tokens::kSpace2, Tokens::kSpace2);
  buttons->setSpacing(Tokens::kSpace2);
  buttons->addStretch(1);
  buttons->addWidget(copy);
  buttons->addWidget(save);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_tabs, 1);
  layout->addLayout(buttons);
  connect(copy, &QPushButton::clicked, this, [this] { copyTable(tabTsv()); });
  connect(save, &QPushButton::clicked, this, [this] { saveTable(tabTsv()); });
  return side;
}

QWidget* ErrorsPanel::buildPairs() {
  auto* side = new QWidget(m_pages->content());
  m_pairWords = wordsLabel(side, "pairWords");
  m_showAll = namedButton(side, tr("Show all"), "showAllPairs");
  m_pairs = tableOf(side, m_pairModel, "errorPairs", tr("Called pairs"));
  m_pairs->horizontalHeader()->setSortIndicator(ErrorPairModel::Call, Qt::DescendingOrder);
  m_pairs->setSortingEnabled(true);
  fitColumns(*m_pairs, {"Q9UBM1", "Q9UBM1", tr("interacts"), "0.500", tr("FP wrong")});
  // Ids take what is left, and never less than an accession needs.
  m_pairs->setMinimumWidth(m_pairs->horizontalHeader()->length() + Tokens::kSpace4);
  for (const int id : {ErrorPairModel::ProteinA, ErrorPairModel::ProteinB}) {
    m_pairs->horizontalHeader()->setSectionResizeMode(id, QHeaderView::Stretch);
  }
  auto* copy = namedButton(side, tr("Copy pairs"), "copyErrorPairs");
  auto* save = namedButton(side, tr("Save…"), "saveErrorPairs");
  auto* top = new QHBoxLayout;
  top->setSpacing(Tokens::kSpace2);
  top->addWidget(m_pairWords, 1);
  top->addWidget(m_showAll);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(Tokens::kSpace2);
  buttons->addStretch(1);
  buttons->addWidget(copy);
  buttons->addWidget(save);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(top);
  layout->addWidget(m_pairs, 1);
  layout->addLayout(buttons);
  connect(copy, &QPushButton::clicked, this, [this] { copyTable(pairsTsv()); });
  connect(save, &QPushButton::clicked, this, [this] { saveTable(pairsTsv()); });
  return side;
}

}  // namespace twofold::ui
