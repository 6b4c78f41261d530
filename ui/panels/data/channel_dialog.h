// What a table of the user's is to become: its channel's name, and the choices for rows that are
// missing, are no numbers or never vary.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringList>

#include "ui/theme/theme.h"

namespace twofold::ui {

/// Accepted by Import; Escape and Cancel close it.
class ChannelDialog : public QDialog {
  Q_OBJECT
 public:
  /// `existing`: names of the project's channels.
  ChannelDialog(const Theme& theme, const QString& file, const QStringList& existing,
                QWidget* parent = nullptr);

  /// Arguments of the worker's `import channel`.
  [[nodiscard]] QStringList arguments() const;

 Q_SIGNALS:
  void copyWanted(const QStringList& arguments);

 private:
  QComboBox* addChoice(QFormLayout* form, const QString& label, const QString& name);
  void addChoices(QFormLayout* form);
  QWidget* buildButtons();
  void check();

  QString m_file;
  QStringList m_existing;
  QLineEdit* m_name;
  QLabel* m_problem;
  QCheckBox* m_replace;
  QComboBox* m_rows = nullptr;
  QComboBox* m_normalisation = nullptr;
  QComboBox* m_missing = nullptr;
  QComboBox* m_nonFinite = nullptr;
  QComboBox* m_constant = nullptr;
  QComboBox* m_pooling = nullptr;
  QPushButton* m_import = nullptr;
};

/// A channel's name from a file's: letters, digits and underscores.
[[nodiscard]] QString channelNameFrom(const QString& file);

}  // namespace twofold::ui
