// A run, chosen part by part: generated from the catalog, summed up in one sentence, then started.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QWidget>
#include <vector>

#include "core/data/split.h"
#include "core/data/user_channel.h"
#include "ui/bridge/catalog_loader.h"
#include "ui/bridge/run_queue.h"
#include "ui/forms/option_form.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/run_setup/channel_cards.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class RunSetupPanel : public QWidget {
  Q_OBJECT
 public:
  RunSetupPanel(Session& session, const Theme& theme, RunQueue& queue, CatalogLoader& catalog,
                QWidget* parent = nullptr);

  /// What "Start run" would submit. Throws Error(Usage) while no split is chosen.
  [[nodiscard]] runs::RunSpec spec() const;
  /// Picks the backbone and its weights folder; its other options stay when it was picked already.
  /// Throws Error(Usage) when the catalog has no such backbone, or none that takes a folder.
  void useWeights(const QString& backbone, const QString& folder);

 private:
  void buildLayout();
  QWidget* buildData();
  QWidget* buildModel();
  QWidget* buildFooter();
  void fillFromCatalog();
  /// Those of the program, then the project's own.
  void fillChannels();
  void fillSplits();
  /// The options of the backbone, fusion and head that are picked.
  void showOptions();
  void showPage();
  void summarise();
  void start();
  void copyCommand();

  Session& m_session;
  const Theme& m_theme;
  RunQueue& m_queue;
  CatalogLoader& m_catalog;
  std::vector<data::SplitInfo> m_splits;
  std::vector<data::UserChannel> m_own;

  PanelPages* m_pages;
  QComboBox* m_split;
  QLineEdit* m_experiment;
  QSpinBox* m_seed;
  QComboBox* m_backbone;
  OptionForm* m_backboneOptions;
  ChannelCards* m_channels;
  QComboBox* m_fusion;
  OptionForm* m_fusionOptions;
  QComboBox* m_head;
  OptionForm* m_headOptions;
  OptionForm* m_training;
  QLabel* m_summary;
  QLabel* m_problem;
  QPushButton* m_start;
  QPushButton* m_copy;
};

}  // namespace twofold::ui
