// All that is known of one weights folder: shape, memory, check, command, licence and model card.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTextEdit>
#include <array>

#include "core/runs/run_event.h"
#include "core/weights/weights_folder.h"
#include "ui/bridge/background.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class WeightsDetails : public QFrame {
  Q_OBJECT
 public:
  explicit WeightsDetails(const Theme& theme, QWidget* parent = nullptr);

  /// Null empties it. `available` bytes of memory; licence and card are read off the GUI thread.
  void describe(const weights::WeightsFolder* folder, std::int64_t available);
  /// The `embed` command of this folder; empty when no backbone reads it.
  void setCommand(const QString& command);

  enum class Check { None, Running, Sound, Unsound, Stopped };
  void setCheck(Check check, const QString& words);
  void showProgress(const runs::ProgressEvent& progress);
  [[nodiscard]] bool isLoading() const { return m_texts.isRunning(); }

 Q_SIGNALS:
  void stopWanted();
  void copyWanted(const QString& command);

 private:
  QWidget* buildFacts();
  QWidget* buildTexts();
  void showMemory(const weights::WeightsFolder& folder, std::int64_t available);
  void readTexts(const weights::WeightsFolder& folder);

  const Theme& m_theme;
  BackgroundTask m_texts;
  QLabel* m_title;
  QLabel* m_path;
  QLabel* m_problem;
  std::array<QLabel*, 3> m_needIcons{};
  std::array<QLabel*, 3> m_needs{};
  QLabel* m_checkIcon;
  QLabel* m_check;
  QProgressBar* m_bar;
  QPushButton* m_stop;
  QLabel* m_command;
  QPushButton* m_copy;
  QLabel* m_licenceTitle;
  QTextEdit* m_card;
  QPlainTextEdit* m_licence;
};

}  // namespace twofold::ui
