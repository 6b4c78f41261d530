// The widgets of the runs panel and where they stand.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <tuple>

#include "ui/panels/list_look.h"
#include "ui/panels/runs/metric_delegate.h"
#include "ui/panels/runs/runs_panel.h"

namespace twofold::ui {

void RunsPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* split = new QSplitter(Qt::Horizontal, m_pages->content());
  split->setChildrenCollapsible(false);
  split->addWidget(buildTable());
  split->addWidget(buildDetail());
  split->setStretchFactor(0, 2);
  split->setStretchFactor(1, 1);
  split->setSizes({1000, 540});
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->addWidget(split);
}

QWidget* RunsPanel::buildTable() {
  auto* side = new QWidget(m_pages->content());
  auto* bar = buildBar(side);
  m_mistake = new QLabel(side);
  m_mistake->setObjectName(QStringLiteral("filterMistake"));
  m_mistake->setProperty("state", "bad");
  m_mistake->setTextFormat(Qt::PlainText);
  m_mistake->setWordWrap(true);
  m_mistake->hide();
  m_table = new QTableView(side);
  m_table->setObjectName(QStringLiteral("runTable"));
  m_table->setAccessibleName(tr("Runs"));
  m_table->setModel(&m_sorted);
  m_table->setSortingEnabled(true);
  m_table->sortByColumn(RunTableModel::Run, Qt::DescendingOrder);
  applyListLook(*m_table);
  m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);  // several are compared
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->setItemDelegate(new MetricDelegate(m_theme, RunTableModel::IntervalRole, m_table));
  // A look at some rows is enough for widths: all of thousands would take a second.
  m_table->horizontalHeader()->setResizeContentsPrecision(Tokens::kRow);
  m_report = new ReportButton(m_session, side);
  buildCompare(side);
  bar->addWidget(m_views);
  bar->addWidget(buildColumnChooser());
  auto* first = new QHBoxLayout;
  first->setSpacing(Tokens::kSpace3);
  first->addWidget(m_filter, 1);  // a line nearly of its own: filters are long
  first->addWidget(m_compare);
  first->addWidget(m_report);
  buildTransfer(side, first);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(first);
  layout->addWidget(m_mistake);
  layout->addLayout(bar);
  layout->addWidget(m_table, 1);
  return side;
}

void RunsPanel::buildCompare(QWidget* side) {
  m_compare = new QPushButton(tr("Compare"), side);
  m_compare->setObjectName(QStringLiteral("compareRuns"));
  m_compare->setToolTip(
      tr("Two runs or more that are selected (Ctrl+click), on the pairs they share: which is "
         "better, and is the difference real?"));
  m_compareAction = new QAction(tr("Compare the selected runs"), this);
  m_table->addAction(m_compareAction);
  m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(m_compare, &QPushButton::clicked, this, &RunsPanel::compareSelected);
  connect(m_compareAction, &QAction::triggered, this, &RunsPanel::compareSelected);
}

void RunsPanel::buildTransfer(QWidget* side, QBoxLayout* bar) {
  m_transfer = new RunTransfer(
      m_session, m_theme, [this] { return atHand(); }, this);
  for (const auto& [text, name, actions] :
       {std::tuple{tr("Import"), "importMenu", m_transfer->imports()},
        std::tuple{tr("Export"), "exportMenu", m_transfer->exports()}}) {
    auto* button = new QToolButton(side);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    menu->addActions(actions);
    button->setMenu(menu);
    bar->addWidget(button);
  }
}

QBoxLayout* RunsPanel::buildBar(QWidget* side) {
  m_filter = new QLineEdit(side);
  m_filter->setObjectName(QStringLiteral("runFilter"));
  m_filter->setPlaceholderText(tr("Words, or a filter: metrics.auprc > 0.6 and status = 'done'"));
  m_filter->setAccessibleName(tr("Filter runs"));
  m_filter->setClearButtonEnabled(true);
  m_archived = new QToolButton(side);
  m_archived->setObjectName(QStringLiteral("archivedToo"));
  m_archived->setText(tr("Archived too"));
  m_archived->setCheckable(true);
  m_views = new ViewMenu(side);
  m_part = new QComboBox(side);
  m_part->setObjectName(QStringLiteral("partPicker"));
  m_part->addItems({QStringLiteral("validation"), QStringLiteral("test")});
  m_part->setToolTip(tr("The threshold is chosen on validation, so test is the harder number."));
  m_count = new QLabel(side);
  m_count->setProperty("role", "muted");
  auto* bar = new QHBoxLayout;
  bar->setSpacing(Tokens::kSpace3);
  bar->addWidget(new QLabel(tr("Metrics on"), side));
  bar->addWidget(m_part);
  bar->addWidget(m_count);
  bar->addStretch(1);
  bar->addWidget(m_archived);
  return bar;
}

QWidget* RunsPanel::buildColumnChooser() {
  auto* button = new QToolButton(m_pages->content());
  button->setObjectName(QStringLiteral("columnChooser"));
  button->setText(tr("Columns"));
  button->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(button);
  for (int column = RunTableModel::Run + 1; column < m_model.columnCount(); ++column) {
    auto* action =
        menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    action->setCheckable(true);
    action->setChecked(true);
    connect(action, &QAction::toggled, m_table,
            [this, column](bool on) { m_table->setColumnHidden(column, !on); });
  }
  menu->addSeparator();
  m_formulas = new QLineEdit(menu);
  m_formulas->setObjectName(QStringLiteral("formulaColumns"));
  m_formulas->setPlaceholderText(tr("More columns: tags.fold, metrics.test.auprc - metrics.auprc"));
  m_formulas->setMinimumWidth(360);
  m_formulas->setClearButtonEnabled(true);
  auto* formulas = new QWidgetAction(menu);
  formulas->setDefaultWidget(m_formulas);
  menu->addAction(formulas);
  button->setMenu(menu);
  return button;
}

QWidget* RunsPanel::buildDetail() {
  auto* side = new QWidget(m_pages->content());
  side->setMinimumWidth(280);
  m_title = new QLabel(side);
  m_title->setObjectName(QStringLiteral("runTitle"));
  m_title->setWordWrap(true);
  m_copy = new QPushButton(tr("Copy as command"), side);
  m_copy->setObjectName(QStringLiteral("copyRunCommand"));
  m_remove = new QPushButton(tr("Delete run"), side);
  m_remove->setObjectName(QStringLiteral("deleteRun"));
  m_remove->setProperty("role", "quiet");
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_copy);
  buttons->addStretch(1);
  buttons->addWidget(m_remove);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(Tokens::kSpace2, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_title);
  layout->addWidget(buildTabs(side), 1);
  layout->addLayout(buttons);
  return side;
}

QWidget* RunsPanel::buildTabs(QWidget* side) {
  m_metricTable = new QTableView(side);
  m_metricTable->setObjectName(QStringLiteral("metricTable"));
  m_metricTable->setAccessibleName(tr("Metrics of the run in focus"));
  m_metricTable->setModel(&m_metrics);
  m_metricTable->setShowGrid(false);
  m_metricTable->setAlternatingRowColors(true);
  m_metricTable->setSelectionMode(QAbstractItemView::ContiguousSelection);
  m_metricTable->verticalHeader()->setDefaultSectionSize(Tokens::kRow);
  m_spec = new QPlainTextEdit(side);
  m_spec->setObjectName(QStringLiteral("runSpec"));
  m_spec->setReadOnly(true);
  m_spec->setFont(m_theme.monospace(Theme::Size::Small));
  m_marks = new RunMarksView(side);
  m_tabs = new QTabWidget(side);
  m_tabs->setObjectName(QStringLiteral("runTabs"));
  m_tabs->addTab(m_metricTable, tr("Metrics"));
  auto* marks = new QScrollArea(side);  // small windows have no room for all of it
  marks->setFrameShape(QFrame::NoFrame);
  marks->setWidgetResizable(true);
  marks->setWidget(m_marks);
  m_tabs->addTab(marks, tr("Tags and note"));
  m_difference = new RunDifferenceView(
      m_session, tr("Select two runs or more (Ctrl+click) to see what differs."), side);
  m_tabs->addTab(m_difference, tr("Differences"));
  m_tabs->addTab(m_spec, tr("Spec"));
  m_record = new RunRecordView(m_session, side);
  m_tabs->addTab(m_record, tr("Record"));
  return m_tabs;
}

}  // namespace twofold::ui
