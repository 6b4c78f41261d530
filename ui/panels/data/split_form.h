// A rule with its options, a ratio, a seed, where negatives come from and a name: what freezes a
// pair set into a split.
#pragma once

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStringList>
#include <QWidget>

#include "ui/forms/option_form.h"

namespace twofold::ui {

class SplitForm : public QWidget {
  Q_OBJECT
 public:
  explicit SplitForm(QWidget* parent = nullptr);

  void setPairSets(const QStringList& names);
  /// Arguments of the worker's `split`.
  [[nodiscard]] QStringList arguments() const;

 Q_SIGNALS:
  void splitWanted(const QStringList& arguments);
  void previewWanted(const QStringList& arguments);
  void copyWanted(const QStringList& arguments);

 private:
  void buildEditors();
  QLayout* buildButtons();
  void addRules();
  void showRule();

  QComboBox* m_pairSet;
  QComboBox* m_rule;
  OptionForm* m_options;
  QLineEdit* m_ratio;
  QSpinBox* m_seed;
  OptionForm* m_negatives;
  QLineEdit* m_name;
  QPushButton* m_preview;
  QPushButton* m_make;
  QPushButton* m_copy;
  QString m_shownRule;
};

}  // namespace twofold::ui
