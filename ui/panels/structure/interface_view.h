// The interface of two chains: which chains, the radius, the counts and the list of contacts.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QSlider>
#include <QTableView>
#include <QWidget>
#include <vector>

#include "ui/panels/structure/contact_table_model.h"
#include "ui/theme/theme.h"
#include "ui/viewport/interface_highlight.h"

namespace twofold::ui {

class InterfaceView : public QWidget {
  Q_OBJECT
 public:
  explicit InterfaceView(const Theme& theme, QWidget* parent = nullptr);

  /// Keeps the radius; shows the contacts of the scene's focused pair.
  void setScene(const StructureScene& scene, const std::vector<bio::Contact>& widest);
  /// Angstrom.
  [[nodiscard]] float radius() const;
  [[nodiscard]] const InterfaceHighlight& highlight() const { return m_highlight; }
  /// Selects the contact's row when these two residues are one, else none. Emits nothing.
  void showSelection(const QList<ResidueRef>& selection);

 Q_SIGNALS:
  void highlightChanged();
  void chainsChosen(int chainA, int chainB);
  void contactChosen(const ResidueRef& a, const ResidueRef& b);

 private:
  void buildLayout();
  void fillChains();
  void recompute();
  void chooseChains();

  const Theme& m_theme;
  StructureScene m_scene;
  std::vector<bio::Contact> m_widest;
  InterfaceHighlight m_highlight;
  ContactTableModel* m_model;
  QComboBox* m_chainA;
  QComboBox* m_chainB;
  QSlider* m_slider;
  QLabel* m_radiusText;
  QLabel* m_counts;
  QTableView* m_table;
  bool m_following = false;  // the table follows a selection made elsewhere
};

}  // namespace twofold::ui
