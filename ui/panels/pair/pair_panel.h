// The pair in focus and what the model in focus says of it, under any of its channels, live.
#pragma once

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/store/run_repository.h"
#include "ui/bridge/serve_client.h"
#include "ui/panels/pair/channel_row.h"
#include "ui/panels/pair/probability_bar.h"
#include "ui/panels/pair/residue_explainer.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class PairPanel : public QWidget {
  Q_OBJECT
 public:
  PairPanel(Session& session, const Theme& theme, ServeClient& serve, QWidget* parent = nullptr);

  /// True while a load or a score is under way.
  [[nodiscard]] bool isBusy() const { return m_busy; }

 private:
  /// What of a run decides whether its model has to be loaded (again).
  struct RunState {
    QString id;
    std::optional<store::RunStatus> status;  // none: not in the store
    std::int64_t epochs = 0;

    friend bool operator==(const RunState&, const RunState&) = default;
  };

  void buildLayout();
  QWidget* buildProtein(QLabel*& id, QLabel*& words, const QColor& color);
  QWidget* buildAnswer();
  void showPair();
  /// Loads the model of the run in focus, and again when the run was trained on.
  void followRun();
  [[nodiscard]] RunState runState() const;
  void forgetModel();
  void makeChannels(const QStringList& channels);
  void alignSwitches();
  void askScore();
  void clearAnswer();
  /// "in the test part of demo/random"; empty when the run in focus was not made with the pair.
  [[nodiscard]] QString partWords() const;
  [[nodiscard]] QString absenceWords(const QString& channel) const;
  void showAnswer(const ScoreAnswer& answer);
  void showLabel();
  void showState(const QString& text, bool bad);

  Session& m_session;
  const Theme& m_theme;
  ServeClient& m_serve;
  std::vector<ChannelRow*> m_rows;
  bool m_busy = false;
  std::optional<RunState> m_runState;  // as last looked at

  PanelPages* m_pages;
  QLabel* m_idA;
  QLabel* m_wordsA;
  QLabel* m_idB;
  QLabel* m_wordsB;
  QLabel* m_label;
  QLabel* m_probability;
  QLabel* m_call;
  ProbabilityBar* m_bar;
  QLabel* m_state;
  QLabel* m_whatIf;
  QVBoxLayout* m_channels;
  QLabel* m_base;
  ResidueExplainer* m_residues;
};

}  // namespace twofold::ui
