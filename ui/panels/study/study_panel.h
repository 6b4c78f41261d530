// A channel study: every subset of the ticked channels in several seeds, with controls, started
// here, as a table with its reading.
#pragma once

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QWidget>
#include <vector>

#include "core/data/split.h"
#include "ui/bridge/catalog_loader.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/study/study_view.h"
#include "ui/panels/tick_grid.h"
#include "ui/panels/worker_pane.h"
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
  [[nodiscard]] bool isRunning() const { return m_pane->isRunning(); }

 private:
  void buildLayout();
  QWidget* buildForm();
  void connectAll();
  void showProject();
  void fillBackbones();
  /// Those of the program, then the project's own; what is ticked stays ticked.
  void fillChannels();
  void fillSplits();
  void showPage();
  void summarise();
  void start();
  void hear(const QString& sentence);
  void succeed(const runs::ResultEvent& result);

  Session& m_session;
  const Theme& m_theme;
  CatalogLoader& m_catalog;
  std::vector<data::SplitInfo> m_splits;

  PanelPages* m_pages;
  WorkerPane* m_pane;
  StudyView* m_view;
  QWidget* m_form;
  QComboBox* m_split;
  QComboBox* m_backbone;
  TickGrid* m_channels;
  QSpinBox* m_seeds;
  QLineEdit* m_experiment;
};

}  // namespace twofold::ui
