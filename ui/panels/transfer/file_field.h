// A line for a file or folder, with a button that asks for it.
#pragma once

#include <QLineEdit>
#include <QPushButton>
#include <QString>
#include <QWidget>

namespace twofold::ui {

class FileField : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { OpenFile, OpenFolder, SaveFile };

  /// `name` is the line's object name and, with "Choose", the button's; `filter` is the file
  /// dialog's: "CSV (*.csv)".
  FileField(Kind kind, const QString& name, const QString& filter, QWidget* parent = nullptr);

  /// Without spaces around it; empty: none.
  [[nodiscard]] QString path() const { return m_line->text().trimmed(); }
  void setPath(const QString& path) { m_line->setText(path); }
  /// For a label's buddy and an accessible name.
  [[nodiscard]] QLineEdit* line() const { return m_line; }

 Q_SIGNALS:
  void changed();

 private:
  void ask();

  Kind m_kind;
  QString m_filter;
  QLineEdit* m_line;
  QPushButton* m_choose;
};

}  // namespace twofold::ui
