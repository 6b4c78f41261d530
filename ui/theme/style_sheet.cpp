#include "ui/theme/style_sheet.h"

#include <QHash>

namespace twofold::ui {

namespace {

/// `%name%` stands for a token. Widgets opt into a look by the dynamic properties "role"
/// (primary, quiet, muted, card,
/// segments, segment) and "state" (bad). Good and warn are too pale for words: they
/// colour the shape beside the word.
constexpr const char* kTemplate = R"(
QToolTip { color: %text%; background: %raised%; border: 1px solid %border%; padding: 4px; }
QMainWindow::separator { background: %border%; width: 1px; height: 1px; }
QDockWidget { font-weight: 600; }
QDockWidget::title { background: %surface%; padding: 6px 8px; border-bottom: 1px solid %border%; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: %muted%; }
QLabel[state="bad"] { color: %bad%; }
QFrame[role="card"] { background: %raised%; border: 1px solid %border%; border-radius: 4px; }
QPushButton, QToolButton { background: %raised%; border: 1px solid %border%; border-radius: 4px; padding: 4px 12px; }
QToolButton { padding: 4px 8px; }
QToolButton[popupMode="2"] { padding-right: 22px; }
QToolButton::menu-indicator { image: url(:/icons/style/down-%mode%.svg); width: 10px; height: 10px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
QPushButton:hover, QToolButton:hover { border-color: %faint%; }
QPushButton:pressed, QToolButton:pressed { background: %sunken%; }
QPushButton:focus, QToolButton:focus { border-color: %accent%; }
QPushButton:disabled, QToolButton:disabled { color: %faint%; background: %surface%; }
QPushButton[role="primary"] { background: %accent%; border-color: %accent%; color: %onaccent%; font-weight: 600; }
QPushButton[role="primary"]:disabled { background: %sunken%; border-color: %border%; color: %faint%; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { border-color: %border%; }
QPushButton:checked, QToolButton:checked { background: %sunken%; border-color: %accent%; }
QFrame[role="segments"] { background: %sunken%; border: none; border-radius: 6px; }
QPushButton[role="segment"] { background: transparent; border: 1px solid transparent; padding: 4px 14px; color: %muted%; }
QPushButton[role="segment"]:hover { color: %text%; }
QPushButton[role="segment"]:focus { border-color: %accent%; }
QPushButton[role="segment"]:checked { background: %raised%; border-color: %border%; color: %text%; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
  background: %raised%; border: 1px solid %border%; border-radius: 4px; padding: 3px 6px;
  selection-background-color: %accent%; selection-color: %onaccent%; }
QTextBrowser { background: %raised%; border: 1px solid %border%; border-radius: 4px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: %accent%; }
QLineEdit[state="bad"], QSpinBox[state="bad"] { border-color: %bad%; }
QComboBox { padding-right: 20px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/style/down-%mode%.svg); width: 12px; height: 12px; }
QComboBox:disabled, QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled { color: %faint%; background: %surface%; }
QSpinBox, QDoubleSpinBox { padding-right: 18px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 18px; }
QAbstractSpinBox::up-arrow { image: url(:/icons/style/up-%mode%.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/style/down-%mode%.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: %raised%; border: 1px solid %border%; selection-background-color: %accent%; selection-color: %onaccent%; }
QCheckBox, QRadioButton { background: transparent; spacing: 6px; }
QCheckBox::indicator, QAbstractItemView::indicator, QMenu::indicator {
  background: %raised%; border: 1px solid %muted%; border-radius: 3px; width: 14px; height: 14px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QMenu::indicator:checked {
  background: %text%; border-color: %text%; image: url(:/icons/style/check-%mode%.svg); }
QCheckBox::indicator:disabled { border-color: %border%; background: %surface%; }
QCheckBox::indicator:checked:disabled { border-color: %faint%; background: %faint%; }
QCheckBox::indicator:focus, QCheckBox:focus::indicator { border-color: %accent%; }
QAbstractItemView { background: %raised%; alternate-background-color: %sunken%; border: 1px solid %border%; border-radius: 4px;
  gridline-color: %border%; selection-background-color: %selection%; selection-color: %text%; outline: none; }
QTableView::item, QTreeView::item { padding: 0 5px; border: none; }
QTableView::item:selected, QTreeView::item:selected { background: %selection%; color: %text%; }
QListView::item { padding: 4px 8px; border: none; }
QListView::item:selected { background: %selection%; color: %text%; }
QHeaderView { background: %surface%; border: none; }
QHeaderView::section { background: %surface%; color: %muted%; border: none; border-bottom: 1px solid %border%; padding: 4px 8px; }
QHeaderView::section:vertical { border: none; }
QTableView QTableCornerButton::section { background: %surface%; border: none; }
QProgressBar { background: %sunken%; border: 1px solid %border%; border-radius: 4px; text-align: center; height: 14px; }
QProgressBar::chunk { background: %muted%; border-radius: 3px; }
QSlider::groove:horizontal { background: %border%; height: 3px; border-radius: 1px; }
QSlider::handle:horizontal { background: %raised%; border: 1px solid %muted%; width: 12px; margin: -6px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { border-color: %accent%; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; } QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: %border%; border-radius: 4px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: %faint%; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QStackedWidget { border: none; }
QSplitter::handle { background: %border%; } QSplitter::handle:horizontal { width: 1px; } QSplitter::handle:vertical { height: 1px; }
QTabBar::tab { background: %surface%; color: %muted%; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %text%; border-bottom-color: %accent%; }
QTabWidget::pane { border: none; }
QMenuBar { background: %surface%; } QMenuBar::item:selected { background: %sunken%; }
QMenu { background: %raised%; border: 1px solid %border%; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 28px; } QMenu::indicator { left: 6px; } QMenu::item:selected { background: %selection%; }
QMenu::separator { height: 1px; background: %border%; margin: 4px 8px; }
QStatusBar { background: %surface%; border-top: 1px solid %border%; } QStatusBar::item { border: none; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; } QGroupBox::title { subcontrol-origin: margin; left: 0; }
)";

}  // namespace

QString styleSheet(const Tokens& tokens) {
  QColor selection = tokens.accent;
  selection.setAlphaF(0.16F);
  const bool lightAccent = contrastRatio(tokens.accent, QColor(Qt::white)) < 4.5;
  const QHash<QString, QString> names = {
      {"surface", tokens.surface.name()},
      {"raised", tokens.raised.name()},
      {"sunken", tokens.sunken.name()},
      {"text", tokens.text.name()},
      {"muted", tokens.muted.name()},
      {"faint", tokens.faint.name()},
      {"accent", tokens.accent.name()},
      {"onaccent", lightAccent ? "#141517" : "#FFFFFF"},
      {"good", tokens.good.name()},
      {"warn", tokens.warn.name()},
      {"bad", tokens.bad.name()},
      {"border", tokens.border.name()},
      {"mode", lightAccent ? "dark" : "light"},
      {"selection", QString("rgba(%1, %2, %3, %4)")
                        .arg(selection.red())
                        .arg(selection.green())
                        .arg(selection.blue())
                        .arg(selection.alpha())},
  };
  QString sheet = QString::fromLatin1(kTemplate);
  for (auto it = names.begin(); it != names.end(); ++it) {
    sheet.replace('%' + it.key() + '%', it.value());
  }
  return sheet;
}

}  // namespace twofold::ui
