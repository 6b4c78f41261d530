// Options of a run and the values that a sweep tries for each, in rows that are added and removed.
#pragma once

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>
#include <string>
#include <vector>

#include "core/base/option_spec.h"
#include "core/runs/component_catalog.h"

namespace twofold::ui {

/// Something that may vary: "training.width" and what it is.
struct VariedOption {
  std::string key;
  OptionSpec spec;
};

/// Fusion and head, the trainer's options, those of the usual fusion and head, of the backbone when
/// there is one, and of the channels that all sets have; folders are no values to try.
[[nodiscard]] std::vector<VariedOption> optionsToVary(const runs::ComponentCatalog& catalog,
                                                      const QStringList& backbones,
                                                      const QList<QStringList>& channelSets);

/// "training.width=16,32" of "16, 32", or of "8..64" and "log:1e-4..1e-2" where arms are drawn.
/// Throws Error(Usage) for a value that the option does not take.
[[nodiscard]] std::string variationOf(const VariedOption& option, const QString& values,
                                      bool isDrawn);

class VariedOptions : public QWidget {
  Q_OBJECT
 public:
  explicit VariedOptions(QWidget* parent);

  /// Rows keep their option where it is still offered, and go where it is not.
  void offer(std::vector<VariedOption> options);
  /// Of all rows. Throws Error(Usage), also for a row without values.
  [[nodiscard]] std::vector<std::string> variations(bool isDrawn) const;

 Q_SIGNALS:
  void changed();

 private:
  struct Row {
    QComboBox* option;
    QLineEdit* values;
    QToolButton* remove;
  };
  void add();
  void removeRow(const QToolButton* button);
  void fill(const Row& row, const QString& key) const;
  void explain(const Row& row) const;
  [[nodiscard]] const VariedOption* optionOf(const Row& row) const;

  std::vector<VariedOption> m_options;
  std::vector<Row> m_rows;
  int m_made = 0;  // rows so far, for their names
  QGridLayout* m_grid;
  QPushButton* m_add;
};

}  // namespace twofold::ui
