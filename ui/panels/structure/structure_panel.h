// The focused pair's structure in 3-D with its chains, interface and sequences.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QWidget>

#include "ui/bridge/background.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/structure/chain_list.h"
#include "ui/panels/structure/interface_view.h"
#include "ui/panels/structure/mapping_line.h"
#include "ui/panels/structure/sequence_strip.h"
#include "ui/panels/structure/structure_source.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"
#include "ui/viewport/viewport_widget.h"

namespace twofold::ui {

/// Follows the session's pair and structure, whichever was focused last. Files are read off the
/// GUI thread; a result that is no longer wanted is dropped.
class StructurePanel : public QWidget {
  Q_OBJECT
 public:
  StructurePanel(Session& session, const Theme& theme, QWidget* parent = nullptr);
  ~StructurePanel() override;

  /// Null where no 3-D view can be made; chains, contacts and sequences work without it.
  [[nodiscard]] ViewportWidget* viewport() const { return m_viewport; }
  [[nodiscard]] const StructureScene& scene() const { return m_scene; }
  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }
  void select(const QList<ResidueRef>& selection);

 private:
  void buildLayout();
  void connectViews();
  [[nodiscard]] QWidget* buildSide();
  [[nodiscard]] QWidget* buildStrips();
  [[nodiscard]] QWidget* buildTint(QWidget* parent);
  void followPair();
  void followStructure();
  void offer(const QList<StructureChoice>& choices);
  void load(const QList<StructureChoice>& candidates);
  /// Shows another choice of those that can be read, if there is one.
  void loadFailed(const StructureChoice& choice, const QString& reason);
  void showLoaded(LoadedStructure loaded);
  void showScene(ViewportWidget::View view);
  void showNothing(const QString& text, const QString& action = {});
  void chooseChains(int chainA, int chainB);
  void hover(const ResidueRef& residue);
  void clickStrip(int chain, int residue, bool toggle);
  void showSequences();
  void markSequences();
  void selectionText();
  void tintResidues();
  /// " (+0.012)" of a residue that has a value.
  [[nodiscard]] QString valueText(const ResidueRef& ref) const;

  Session& m_session;
  const Theme& m_theme;
  BackgroundTask m_task;
  QList<StructureChoice> m_choices;
  QList<std::filesystem::path> m_unreadable;  // files of m_choices
  StructureScene m_scene;
  ChainMappings m_mappings;  // one a chain of the scene
  std::vector<bio::Contact> m_widest;
  double m_largestValue = 0;  // of the residues, in logits; 0: none are shown
  QList<ResidueRef> m_selection;

  PanelPages* m_pages;
  ViewportWidget* m_viewport = nullptr;
  QComboBox* m_chooser;
  QLabel* m_title;
  QLabel* m_picked;
  QPushButton* m_reset;
  QWidget* m_tint;  // says what the colours mean, and takes them off
  QLabel* m_tintWords;
  ChainList* m_chains;
  InterfaceView* m_interface;
  QScrollArea* m_stripArea;
  MappingLine* m_mappingA;
  MappingLine* m_mappingB;
  SequenceStrip* m_stripA;
  SequenceStrip* m_stripB;
};

}  // namespace twofold::ui
