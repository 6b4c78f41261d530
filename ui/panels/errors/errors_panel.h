// Where the run in focus fails: its operating point, the proteins and kinds of pairs it is wrong
// about, and the pairs themselves.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>
#include <string>

#include "ui/bridge/background.h"
#include "ui/bridge/throttle.h"
#include "ui/panels/errors/coverage_view.h"
#include "ui/panels/errors/error_pair_model.h"
#include "ui/panels/errors/operating_point_box.h"
#include "ui/panels/errors/protein_error_model.h"
#include "ui/panels/errors/strata_view.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// A slider moves cells and rates at once, the pairs and proteins a few times a second, and
/// intervals when it rests. Hidden, it reads nothing.
class ErrorsPanel : public QWidget {
  Q_OBJECT
 public:
  ErrorsPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);
  ~ErrorsPanel() override;

  /// While it reads a run or draws proteins for its intervals.
  [[nodiscard]] bool isLoading() const;
  /// What `errors` on the command line says the same as the window; there must be a run.
  [[nodiscard]] QStringList arguments() const;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout(const Theme& theme);
  QWidget* buildPoint(const Theme& theme);
  QWidget* buildTabs(const Theme& theme);
  QWidget* buildPairs();
  void connectAll();
  void refresh();
  /// Reads the run that is shown anew if it went on.
  void lookAgain();
  void choosePart();
  void take(SharedErrors loaded);
  void showNothing(const QString& text, const QString& action = {});

  /// The threshold or the prevalence has changed.
  void follow();
  void startCalls();
  void startSureness();
  void showCalls(CallsAtThreshold calls);
  void chooseProtein(std::optional<std::uint32_t> protein);
  void filterPairs();
  void showPairWords();
  void clearFilter();
  void focusPair(const QModelIndex& index);

  void copyCommand();
  [[nodiscard]] std::function<std::string()> tabTsv() const;
  [[nodiscard]] std::function<std::string()> pairsTsv() const;
  void copyTable(const std::function<std::string()>& make);
  void saveTable(const std::function<std::string()>& make);

  Session& m_session;
  SharedErrors m_errors;                   // null: the panel has nothing to show
  std::optional<std::uint32_t> m_protein;  // whose pairs are listed
  ErrorPairModel m_pairModel;
  ProteinErrorModel m_proteinModel;
  Throttle<double> m_followers;
  QTimer m_rest;
  bool m_stale = true;
  bool m_choosesPart = false;  // the choice is hidden while it is read
  bool m_hasNews = false;      // runs have changed since the one that is shown was looked at
  QString m_runShown;  // or that there is nothing to show of; looked at again without a word

  PanelPages* m_pages;
  QComboBox* m_part;
  OperatingPointBox* m_point;
  QTabWidget* m_tabs;
  QLabel* m_proteinWords;
  QTableView* m_proteins;
  StrataView* m_strata;
  CoverageView* m_coverage;
  QLabel* m_pairWords;
  QPushButton* m_showAll;
  QTableView* m_pairs;
  QPushButton* m_copyCommand;

  // Last, so that they end first: their work writes to all of the above.
  BackgroundTask m_load;
  BackgroundTask m_calls;
  BackgroundTask m_sureness;
  BackgroundTask m_looking;
  BackgroundTask m_export;
  BackgroundQueue m_saving;  // none is dropped, so that a failure is told
};

}  // namespace twofold::ui
