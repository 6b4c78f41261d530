// The training proteins near each protein of the pair, and which of them speak for it.
#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QWidget>
#include <array>

#include "ui/panels/evidence/neighbour_search.h"
#include "ui/panels/evidence/neighbour_table_model.h"
#include "ui/panels/evidence/protein_title.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"

namespace twofold::ui {

class NeighboursPage : public QWidget {
  Q_OBJECT
 public:
  NeighboursPage(Session& session, const Theme& theme, QWidget* parent = nullptr);

  /// Shows what is known of the pair and the run in focus.
  void refresh();
  /// Another project is open.
  void forget() { m_search.forget(); }
  [[nodiscard]] bool isBusy() const { return m_search.isBusy(); }

 private:
  struct Side {
    QWidget* block;
    ProteinTitle* title;
    NeighbourTableModel* model;
    QTableView* table;
  };

  QWidget* buildStrip(const Theme& theme);
  Side buildSide(const Theme& theme, bool first);
  void find();
  void showStrip();
  void showProgress();
  void showLists();
  /// The proteins of the pair, one where both are the same.
  [[nodiscard]] QStringList proteins() const;

  Session& m_session;
  NeighbourSearch m_search;
  QWidget* m_strip;
  QLabel* m_state;
  QProgressBar* m_bar;
  QPushButton* m_stop;
  QWidget* m_below;
  PanelPages* m_pages;
  QLabel* m_summary;
  std::array<Side, 2> m_sides;
};

/// "3 of 10 neighbours of P1 and 2 of 10 of P2 …", the answer of the page in one sentence.
[[nodiscard]] QString interologSummary(const NeighbourList& a, const NeighbourList& b);

}  // namespace twofold::ui
