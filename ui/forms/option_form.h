// Editors made from option specs, so that a new part needs no code in the window.
#pragma once

#include <QFormLayout>
#include <QPushButton>
#include <QWidget>
#include <functional>
#include <vector>

#include "core/base/options.h"

namespace twofold::ui {

/// One row an option, its help as tooltip; advanced ones behind a switch. Editors are named
/// "option-<id>".
class OptionForm : public QWidget {
  Q_OBJECT
 public:
  explicit OptionForm(QWidget* parent = nullptr);

  /// Replaces all editors; they show the defaults, or `values` where given.
  void setSpecs(const std::vector<OptionSpec>& specs, const OptionValues& values = {});
  /// Only those that differ from their default.
  [[nodiscard]] OptionValues values() const;
  /// True where there is nothing to choose.
  [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }

 Q_SIGNALS:
  void edited();

 private:
  struct Row {
    OptionSpec spec;
    QWidget* editor;
    std::function<OptionValue()> value;
  };

  Row makeRow(const OptionSpec& spec, const OptionValue& value);
  Row makeNumberRow(const OptionSpec& spec, const OptionValue& value);
  Row makeFolderRow(const OptionSpec& spec, const OptionValue& value);
  void showAdvanced(bool on);

  QFormLayout* m_layout;
  QPushButton* m_advanced;
  std::vector<Row> m_rows;
};

/// The least width of labels, so that the editors of forms under each other stand in one line.
[[nodiscard]] int formLabelWidth(const QWidget& form);

}  // namespace twofold::ui
