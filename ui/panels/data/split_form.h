// A rule, a ratio, a seed and a name: what freezes a pair set into a split.
#pragma once

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStringList>
#include <QWidget>

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
  void copyWanted(const QStringList& arguments);

 private:
  void addRules();

  QComboBox* m_pairSet;
  QComboBox* m_rule;
  QLineEdit* m_ratio;
  QSpinBox* m_seed;
  QLineEdit* m_name;
  QPushButton* m_make;
  QPushButton* m_copy;
};

}  // namespace twofold::ui
