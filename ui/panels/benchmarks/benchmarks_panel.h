// The field's benchmarks: what each is and where its files are had, what a folder holds of it,
// import, a run of one's own on its sets, and the table beside published rows.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTextBrowser>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/data/split.h"
#include "ui/bridge/background.h"
#include "ui/bridge/catalog_loader.h"
#include "ui/panels/benchmarks/benchmark_folder.h"
#include "ui/panels/benchmarks/benchmark_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/tick_grid.h"
#include "ui/panels/worker_pane.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Opens no address: it copies them. The worker ends with the panel.
class BenchmarksPanel : public QWidget {
  Q_OBJECT
 public:
  BenchmarksPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
                  QWidget* parent = nullptr);
  ~BenchmarksPanel() override;

  /// What "Run beside published" starts, without the project. Throws Error(Usage) with the cure.
  [[nodiscard]] QStringList arguments() const;
  /// The same of "Import".
  [[nodiscard]] QStringList importArguments() const;
  [[nodiscard]] bool isRunning() const { return m_pane->isRunning(); }
  /// True while it looks into the folder or asks for the table.
  [[nodiscard]] bool isLoading() const { return m_task.isRunning() || m_asking != nullptr; }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout();
  QWidget* buildForm();
  QWidget* buildFiles();
  QWidget* buildResult();
  void connectAll();
  void showProject();
  void fillParts();
  void showPage();
  [[nodiscard]] const benchmarks::Benchmark& benchmark() const;
  /// What the chosen benchmark is, and what of it is in the project and in the folder.
  void describeBenchmark();
  void lookIntoFolder();
  void summarise();
  [[nodiscard]] QString summary() const;
  /// The benchmark's sets in the project, each with its split.
  [[nodiscard]] std::vector<data::SplitInfo> ownSets() const;
  void start(const QStringList& arguments, const QString& words);
  void succeed(const runs::ResultEvent& result);
  /// Asks the worker for the table again, when the panel is seen.
  void askForTable();
  void showTable(std::optional<BenchmarkTable> table);
  void showRow(int row);

  Session& m_session;
  const Theme& m_theme;
  CatalogLoader& m_catalog;
  std::vector<SoughtSet> m_sought;
  BackgroundTask m_task;
  std::unique_ptr<WorkerCommand> m_asking;
  BenchmarkTableModel m_model;

  PanelPages* m_pages;
  WorkerPane* m_pane;
  QWidget* m_form;
  QComboBox* m_benchmark;
  QLabel* m_about;
  QLineEdit* m_link;  // to read and copy; an address has no place to break
  QPushButton* m_copyLink;
  QLineEdit* m_folder;
  QPushButton* m_choose;
  QLabel* m_found;
  QPushButton* m_import;
  QComboBox* m_backbone;
  TickGrid* m_channels;
  QSpinBox* m_seeds;
  QCheckBox* m_controls;
  QWidget* m_result;
  QTableView* m_table;
  QTextBrowser* m_sources;
  QPushButton* m_copyTable;
  QPushButton* m_copySource;
};

}  // namespace twofold::ui
