// Applies the tokens to the application and tells widgets, plots and the 3-D view of changes.
#pragma once

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

#include "ui/theme/plain_labels.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

/// One per application, made in main and passed to whoever paints. GUI thread.
class Theme : public QObject {
  Q_OBJECT
 public:
  explicit Theme(ThemeMode mode, QObject* parent = nullptr);

  [[nodiscard]] ThemeMode mode() const { return m_mode; }
  [[nodiscard]] const Tokens& colors() const { return tokens(m_mode); }
  /// Sets palette, style sheet and fonts of the QApplication; emits changed().
  void setMode(ThemeMode mode);

  enum class Size { Small, Body, Title, Display };  // 11, 13, 16, 20 relative to the system's
  [[nodiscard]] QFont font(Size size) const;
  /// For sequences and ids.
  [[nodiscard]] QFont monospace(Size size = Size::Body) const;
  /// resources/icons/<name>.svg, tinted with the text colour (accent when checked or active).
  [[nodiscard]] QIcon icon(const QString& name) const;
  /// The same in a state's colour: good, warn, bad.
  [[nodiscard]] QIcon icon(const QString& name, const QColor& tint) const;

 Q_SIGNALS:
  void changed();

 private:
  ThemeMode m_mode;
  PlainLabels m_plainLabels;
};

}  // namespace twofold::ui
