// Text over the 3-D view: legend of chains, notes, hovered and selected residues, hints.
#pragma once

#include <QColor>
#include <QList>
#include <QPoint>
#include <QString>
#include <QWidget>

#include "ui/theme/theme.h"

namespace twofold::ui {

struct LegendEntry {
  QColor color;
  QString name;    // "A"
  QString detail;  // "P69905, 141 residues"
};

/// "1 residue", "141 residues".
[[nodiscard]] QString residuesText(std::size_t count);

/// A child of the viewport that lets the mouse through.
class ViewportOverlay : public QWidget {
 public:
  ViewportOverlay(const Theme& theme, QWidget* parent);

  void setLegend(const QString& heading, const QList<LegendEntry>& entries);
  /// A line under the legend, such as a drop in quality; empty for none.
  void setNote(const QString& note);
  /// What is selected, bottom right; empty for none.
  void setSelectionText(const QString& text);
  /// Beside the pointer; empty for none.
  void setHover(const QPoint& at, const QString& text);
  /// In the middle, when there is nothing to see.
  void setMessage(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintLegend(QPainter& painter) const;
  void paintPlate(QPainter& painter, const QRect& box, const QString& text) const;

  const Theme& m_theme;
  QString m_heading, m_note, m_selection, m_hover, m_message;
  QList<LegendEntry> m_legend;
  QPoint m_hoverAt;
};

}  // namespace twofold::ui
