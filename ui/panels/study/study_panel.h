// A channel study: every subset of the ticked channels in several seeds, with controls, started
// here, as a table with its reading.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTextBrowser>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/data/split.h"
#include "ui/bridge/catalog_loader.h"
#include "ui/bridge/worker_bridge.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/study/study_table_model.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// The study's runs are the project's: one that was stopped goes on when it is started again. The
/// worker ends with the panel.
class StudyPanel : public QWidget {
  Q_OBJECT
 public:
  StudyPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
             QWidget* parent = nullptr);

  /// What "Run the study" starts, without the project. Throws Error(Usage) with the cure.
  [[nodiscard]] QStringList arguments() const;
  [[nodiscard]] bool isRunning() const { return m_command != nullptr; }

 private:
  void buildLayout();
  QWidget* buildForm();
  QWidget* buildFooter();
  QWidget* buildResult();
  void connectAll();
  void showProject();
  void fillBackbones();
  /// Those of the program, then the project's own; what is ticked stays ticked.
  void fillChannels();
  void fillSplits();
  void showPage();
  void summarise();
  [[nodiscard]] QStringList ticked() const;

  void start();
  void copyCommand();
  void showProgress(const runs::ProgressEvent& progress);
  void hear(const QString& sentence);
  void succeed(const runs::ResultEvent& result);
  enum class Ending { Done, Stopped, Failed };
  void end(Ending ending, const QString& words);
  /// The buttons and the form as they are while a study runs, or does not.
  void showRunning();
  void showStudy(std::optional<StudyResult> study);

  Session& m_session;
  const Theme& m_theme;
  CatalogLoader& m_catalog;
  std::vector<data::SplitInfo> m_splits;
  std::vector<QCheckBox*> m_channels;
  std::unique_ptr<WorkerCommand> m_command;
  StudyTableModel m_model;

  PanelPages* m_pages;
  QWidget* m_form;
  QComboBox* m_split;
  QComboBox* m_backbone;
  QGridLayout* m_channelGrid;
  QSpinBox* m_seeds;
  QLineEdit* m_experiment;
  QLabel* m_summary;
  QLabel* m_problem;
  QPushButton* m_start;
  QPushButton* m_stop;
  QPushButton* m_copyCommand;
  QLabel* m_icon;
  QLabel* m_state;
  QLabel* m_step;
  QProgressBar* m_bar;
  QTableView* m_table;
  QTextBrowser* m_reading;
  QPushButton* m_copyTable;
};

}  // namespace twofold::ui
