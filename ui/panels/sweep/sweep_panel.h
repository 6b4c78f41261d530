// A sweep: backbones, sets of channels and options varied as one experiment, started here, as a
// table beside one of them. What ends in a table is shared with the panel Study.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QWidget>
#include <vector>

#include "core/data/split.h"
#include "ui/bridge/background.h"
#include "ui/bridge/catalog_loader.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/study/study_view.h"
#include "ui/panels/sweep/channel_sets.h"
#include "ui/panels/sweep/sweep_pace.h"
#include "ui/panels/sweep/sweep_request.h"
#include "ui/panels/sweep/varied_options.h"
#include "ui/panels/tick_grid.h"
#include "ui/panels/worker_pane.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// The sweep's runs are the project's: one that was stopped goes on when it is started again. The
/// worker ends with the panel.
class SweepPanel : public QWidget {
  Q_OBJECT
 public:
  SweepPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
             QWidget* parent = nullptr);

  /// What "Run the sweep" starts, without the project. Throws Error(Usage) with the cure.
  [[nodiscard]] QStringList arguments() const;
  [[nodiscard]] bool isRunning() const { return m_pane->isRunning(); }
  /// True while it looks how long runs took, or counts many arms.
  [[nodiscard]] bool isLoading() const { return m_task.isRunning() || m_counting.isRunning(); }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout();
  QWidget* buildForm();
  QWidget* buildSearch();
  QWidget* buildHalving();
  void connectAll();
  void showProject();
  void fillParts();
  void fillOptions();
  void fillSplits();
  void showPage();
  [[nodiscard]] SweepRequest request() const;
  void lookAtPace();
  void summarise();
  /// Many arms are made off the GUI thread to be counted.
  void countBehind(const SweepRequest& wanted);
  void showSize(const SweepRequest& wanted, const SweepSize& size);
  void start();
  void hear(const QString& sentence);
  void succeed(const runs::ResultEvent& result);

  Session& m_session;
  const Theme& m_theme;
  CatalogLoader& m_catalog;
  std::vector<data::SplitInfo> m_splits;
  SweepPace m_pace;
  BackgroundTask m_task;
  BackgroundTask m_counting;
  bool m_hasDefaults = false;  // of the catalog; what stands there since is the user's

  PanelPages* m_pages;
  WorkerPane* m_pane;
  StudyView* m_view;
  QWidget* m_form;
  QComboBox* m_split;
  TickGrid* m_backbones;
  ChannelSets* m_channels;
  VariedOptions* m_options;
  QComboBox* m_search;
  QSpinBox* m_draws;
  QSpinBox* m_epochs;
  QSpinBox* m_seeds;
  QCheckBox* m_halves;
  QSpinBox* m_factor;
  QLineEdit* m_experiment;
};

}  // namespace twofold::ui
