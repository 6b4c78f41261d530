// The widgets of the benchmarks panel and where they stand.
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/panels/benchmarks/benchmarks_panel.h"
#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

void BenchmarksPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  m_pane = new WorkerPane(
      m_session, m_theme,
      {QStringLiteral("Benchmark"), tr("Run beside published"), tr("The benchmark failed. %1"),
       tr("Stopped. What is there is kept: it goes on when it is started again.")},
      m_pages->content());
  m_import = namedButton(m_pages->content(), tr("Import"), "importBenchmark");
  m_import->setToolTip(
      tr("Brings the sets that were found into the project, each with its split."));
  m_pane->addToFooter(m_import);
  auto* result = buildResult();
  m_pane->addToHeader(m_copySource);
  m_pane->addToHeader(m_copyTable);
  placeSides(m_pages->content(), buildForm(), *m_pane, result);
}

QWidget* BenchmarksPanel::buildForm() {
  m_form = new QWidget(this);
  m_benchmark = pickerBox(m_form, "benchmark");
  for (const auto& one : benchmarks::benchmarks()) {
    m_benchmark->addItem(QString::fromStdString(one.title), QString::fromStdString(one.id));
  }
  m_about = wordsLabel(m_form, "benchmarkAbout");
  m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_backbone = pickerBox(m_form, "benchmarkBackbone");
  m_channels = new TickGrid(QStringLiteral("benchmarkChannel"), m_form);
  m_seeds = new QSpinBox(m_form);
  m_seeds->setObjectName(QStringLiteral("benchmarkSeeds"));
  m_seeds->setRange(1, 10);
  m_seeds->setValue(3);
  m_seeds->setToolTip(tr("Runs of each model; a row shows their mean."));
  m_controls = new QCheckBox(tr("With degree controls"), m_form);
  m_controls->setObjectName(QStringLiteral("benchmarkControls"));
  m_controls->setChecked(true);
  m_controls->setToolTip(
      tr("Two more models that know how often a protein stands in training pairs, one that knows "
         "nothing else."));
  auto* form = panelForm(m_form);
  form->addRow(tr("Benchmark"), m_benchmark);
  form->addRow(m_about);
  form->addRow(tr("Files"), buildFiles());
  form->addRow(tr("Backbone"), m_backbone);
  form->addRow(tr("Channels"), m_channels);
  form->addRow(tr("Seeds"), m_seeds);
  form->addRow(QString(), m_controls);
  return m_form;
}

QWidget* BenchmarksPanel::buildFiles() {
  auto* field = new QWidget(m_form);
  m_link = new QLineEdit(field);
  m_link->setObjectName(QStringLiteral("benchmarkLink"));
  m_link->setAccessibleName(tr("Where the files are had"));
  m_link->setReadOnly(true);
  m_copyLink = namedButton(field, tr("Copy address"), "copyBenchmarkLink");
  m_copyLink->setToolTip(tr("Twofold opens no page and loads nothing: the files are yours."));
  m_folder = new QLineEdit(field);
  m_folder->setObjectName(QStringLiteral("benchmarkFolder"));
  m_folder->setPlaceholderText(tr("folder with the files"));
  m_folder->setAccessibleName(tr("Folder with the files"));
  m_choose = namedButton(field, tr("Choose"), "chooseBenchmarkFolder");
  m_found = wordsLabel(field, "benchmarkFound");
  m_found->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* line = new QHBoxLayout;
  line->setSpacing(Tokens::kSpace2);
  line->addWidget(m_folder, 1);
  line->addWidget(m_choose);
  auto* layout = new QVBoxLayout(field);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(m_link);
  layout->addWidget(m_copyLink, 0, Qt::AlignLeft);
  layout->addLayout(line);
  layout->addWidget(m_found);
  return field;
}

QWidget* BenchmarksPanel::buildResult() {
  m_result = new QWidget(m_pages->content());
  m_table = new QTableView(m_result);
  m_table->setObjectName(QStringLiteral("benchmarkTable"));
  m_table->setAccessibleName(tr("Published rows beside yours"));
  m_table->setModel(&m_model);
  m_table->setTextElideMode(Qt::ElideMiddle);
  applyListLook(*m_table);
  auto* header = m_table->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::ResizeToContents);
  constexpr int kWidestLetters = 56;  // of a model's name
  header->setMaximumSectionSize(kWidestLetters * fontMetrics().averageCharWidth());
  m_table->setWordWrap(false);  // or it elides at words
  m_sources = new QTextBrowser(m_result);
  m_sources->setObjectName(QStringLiteral("benchmarkSources"));
  m_sources->setAccessibleName(tr("Sources of the published rows"));
  m_sources->setOpenLinks(false);
  m_copyTable = namedButton(m_result, tr("Copy as TSV"), "copyBenchmarkTable");
  m_copySource = namedButton(m_result, tr("Copy source"), "copyBenchmarkSource");
  m_copySource->setToolTip(tr("The source of the chosen row."));
  m_copySource->setEnabled(false);
  auto* layout = new QVBoxLayout(m_result);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_table, 3);
  layout->addWidget(m_sources, 1);
  return m_result;
}

}  // namespace twofold::ui
