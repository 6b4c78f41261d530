// The widgets of the comparison panel and where they stand.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/panels/chart_export.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"
#include "ui/plots/curve_plot.h"

namespace twofold::ui {

namespace {

QComboBox* chooser(QWidget* parent, QBoxLayout* bar, const QString& title, const char* name) {
  auto* box = new QComboBox(parent);
  box->setObjectName(QLatin1String(name));
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  auto* label = new QLabel(title, parent);
  label->setBuddy(box);
  bar->addWidget(label);
  bar->addWidget(box);
  return box;
}

}  // namespace

void ComparePanel::buildLayout() {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  m_header = buildHeader();
  layout->addWidget(m_header);
  auto* below = new QWidget(this);
  layout->addWidget(below, 1);
  m_pages = new PanelPages(m_theme, below);
  m_tabs = new QTabWidget(m_pages->content());
  m_tabs->setObjectName(QStringLiteral("compareTabs"));
  m_tabs->setAccessibleName(tr("Views of the comparison"));
  m_tabs->addTab(buildAnswer(), tr("Difference"));
  m_tabs->addTab(buildTable(), tr("All metrics"));
  m_tabs->addTab(buildCurves(), tr("Curves"));
  m_disagreements = new DisagreementPage(m_session, m_tabs);
  m_tabs->addTab(m_disagreements, tr("Disagreeing pairs"));
  m_difference = new RunDifferenceView(m_session, {}, m_tabs);
  m_tabs->addTab(m_difference, tr("What was changed"));
  auto* content = new QVBoxLayout(m_pages->content());
  content->setContentsMargins(Tokens::kSpace2, 0, Tokens::kSpace2, Tokens::kSpace2);
  content->addWidget(m_tabs);
}

QWidget* ComparePanel::buildHeader() {
  auto* header = new QWidget(this);
  auto* bar = new QHBoxLayout;
  bar->setSpacing(Tokens::kSpace2);
  m_reference = chooser(header, bar, tr("&Reference"), "compareReference");
  m_part = chooser(header, bar, tr("&Part"), "comparePart");
  m_metric = chooser(header, bar, tr("&Metric"), "compareMetric");
  for (const auto& metric : metrics::metricCatalog()) {
    const auto id = QString::fromStdString(metric.id);
    m_metric->addItem(metricName(id), id);
  }
  m_metric->setCurrentIndex(m_metric->findData(QStringLiteral("auprc")));
  m_all = new QCheckBox(tr("&Every run against every other"), header);
  m_all->setObjectName(QStringLiteral("compareAll"));
  m_copy = namedButton(header, tr("Copy as command"), "copyCompareCommand");
  bar->addWidget(m_all);
  bar->addStretch(1);
  bar->addWidget(m_copy);
  auto* layout = new QVBoxLayout(header);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addLayout(bar);
  layout->addWidget(buildState());
  return header;
}

/// One line: on what was measured, or how far the measuring is. Bar and Stop keep their room.
QWidget* ComparePanel::buildState() {
  constexpr int kBarWidth = 160;
  auto* strip = new QWidget(this);
  m_state = wordsLabel(strip, "compareState");
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_bar = new QProgressBar(strip);
  m_bar->setAccessibleName(tr("Progress of the comparison"));
  m_bar->setTextVisible(false);
  m_bar->setFixedSize(kBarWidth, 6);
  m_stop = namedButton(strip, tr("Stop"), "stopCompare");
  for (QWidget* part : std::initializer_list<QWidget*>{m_bar, m_stop}) {
    auto policy = part->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    part->setSizePolicy(policy);
  }
  auto* layout = new QHBoxLayout(strip);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(m_state, 1);
  layout->addWidget(m_bar);
  layout->addWidget(m_stop);
  return strip;
}

QWidget* ComparePanel::buildChart(PlotView*& plot, const char* name) {
  auto* side = new QWidget(this);
  plot = new PlotView(m_theme, side);
  plot->setObjectName(QLatin1String(name));
  auto* button = exportButton(side, qPrintable(QStringLiteral("export-") + QLatin1String(name)));
  connect(button, &QPushButton::clicked, this, [this, view = plot] {
    exportChart(m_session, *view, runsInOrder().join('-') + '-' + view->objectName());
  });
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(plot, 1);
  layout->addWidget(button, 0, Qt::AlignRight);
  return side;
}

QWidget* ComparePanel::buildAnswer() {
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  m_words = new QTextBrowser(split);
  m_words->setObjectName(QStringLiteral("compareWords"));
  m_words->setAccessibleName(tr("What the comparison says"));
  m_words->setFrameShape(QFrame::NoFrame);
  split->addWidget(m_words);
  split->addWidget(buildChart(m_forest, "forestPlot"));
  split->setStretchFactor(0, 2);
  split->setStretchFactor(1, 3);
  split->setSizes({520, 780});
  return split;
}

QWidget* ComparePanel::buildTable() {
  auto* page = new QWidget(this);
  m_tableView = new QTableView(page);
  m_tableView->setObjectName(QStringLiteral("compareTable"));
  m_tableView->setAccessibleName(tr("All metrics and tests of the comparison"));
  m_tableView->setModel(&m_table);
  applyListLook(*m_tableView);
  m_tableView->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_tableView->horizontalHeader()->setStretchLastSection(true);
  auto* note = wordsLabel(page, "compareTableNote");
  note->setText(
      tr("Differences are second minus first, over 1,000 resamples of the proteins that all runs "
         "share. DeLong's and McNemar's tests take pairs as independent, which pairs that share "
         "proteins are not: where they are surer than the resamples, believe the resamples."));
  note->setProperty("role", "muted");
  m_copyTable = namedButton(page, tr("Copy as TSV"), "copyCompareTable");
  auto* below = new QHBoxLayout;
  below->setSpacing(Tokens::kSpace3);
  below->addWidget(note, 1);
  below->addWidget(m_copyTable, 0, Qt::AlignTop);
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, Tokens::kSpace2, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_tableView, 1);
  layout->addLayout(below);
  return page;
}

QWidget* ComparePanel::buildCurves() {
  auto* page = new QWidget(this);
  auto* layout = new QHBoxLayout(page);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(buildChart(m_precisionRecall, "comparePrecisionRecall"), 1);
  layout->addWidget(buildChart(m_roc, "compareRoc"), 1);
  return page;
}

}  // namespace twofold::ui
