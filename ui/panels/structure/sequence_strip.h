// One chain's residues as wrapped letters; interface residues are filled with the chain's colour.
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "ui/theme/theme.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

/// Linked with the 3-D view through residue indices. With the keyboard: arrows move, Space or
/// Enter selects, Esc clears.
class SequenceStrip : public QWidget {
  Q_OBJECT
 public:
  explicit SequenceStrip(const Theme& theme, QWidget* parent = nullptr);

  void setChain(const SceneChain& chain);
  /// One for each residue, or none.
  void setMarks(const std::vector<bool>& marks);
  void setSelected(const QList<int>& residues);
  /// -1 for none; emits nothing.
  void setHovered(int residue);

  [[nodiscard]] QRect cellOf(int residue) const;
  /// -1 beside the letters.
  [[nodiscard]] int residueAt(const QPoint& at) const;

  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void hovered(int residue);  // -1 when the pointer left the letters
  void clicked(int residue, bool toggle);
  void cleared();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Layout {
    int cell = 1;     // width of a letter
    int row = 1;      // height of a line
    int left = 0;     // width of the number before each line
    int top = 0;      // height of the heading
    int columns = 1;  // letters in a line
  };

  [[nodiscard]] Layout layoutFor(int width) const;
  [[nodiscard]] int count() const { return static_cast<int>(m_chain.chain.residues.size()); }
  void applyTheme();
  void paintCell(QPainter& painter, int residue) const;
  void moveTo(int residue);

  const Theme& m_theme;
  SceneChain m_chain;
  std::vector<bool> m_marks;
  QList<int> m_selected;
  int m_hovered = -1;
  int m_current = 0;  // of the keyboard
};

}  // namespace twofold::ui
