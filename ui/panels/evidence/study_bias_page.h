// How much each protein of the pair was studied, and what that means for the evidence.
#pragma once

#include <QLabel>
#include <QWidget>
#include <array>

#include "ui/panels/evidence/pair_evidence.h"
#include "ui/panels/evidence/protein_title.h"
#include "ui/panels/evidence/rank_bar.h"
#include "ui/panels/panel_pages.h"

namespace twofold::ui {

/// What the two ranks mean for the pair; the ranks are those of studyShare().
[[nodiscard]] QString studyBiasWords(const PairEvidence& evidence);

class StudyBiasPage : public QWidget {
  Q_OBJECT
 public:
  explicit StudyBiasPage(const Theme& theme, QWidget* parent = nullptr);

  void show(const PairEvidence& evidence);
  /// While the store is read.
  void clear();
  void fail(const QString& message);

 Q_SIGNALS:
  void importWanted();

 private:
  struct Side {
    ProteinTitle* title;
    RankBar* bar;
    QLabel* rank;
  };

  PanelPages* m_pages;
  QLabel* m_words;
  QLabel* m_legend;
  std::array<Side, 2> m_sides;
};

}  // namespace twofold::ui
