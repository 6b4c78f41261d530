// Kinds of pairs: which kind, its bins as a table and a chart, and the search for relatives.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "ui/bridge/background.h"
#include "ui/bridge/shared_progress.h"
#include "ui/panels/errors/errors_data.h"
#include "ui/panels/errors/strata_model.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class StrataView : public QWidget {
  Q_OBJECT
 public:
  explicit StrataView(const Theme& theme, QWidget* parent = nullptr);

  /// Forgets bins and relatives of what was there.
  void setErrors(SharedErrors loaded, std::filesystem::path store);
  [[nodiscard]] errors::Trait trait() const;
  [[nodiscard]] errors::Which which() const;
  [[nodiscard]] const SharedNearest& nearest() const { return m_nearest; }
  /// Of the present kind, when they were made before.
  [[nodiscard]] SharedBinning binning() const;
  void showStrata(const Sureness& sureness);
  void showWaiting();
  [[nodiscard]] const StrataModel& model() const { return m_model; }
  /// In the binning, of the row that is chosen; nothing when none is.
  [[nodiscard]] std::optional<std::uint32_t> bin() const;
  void clearBin();
  [[nodiscard]] bool isSearching() const { return m_search.isRunning(); }

 Q_SIGNALS:
  void kindChanged();
  void nearestFound();
  void binChosen();

 private:
  void buildLayout(const Theme& theme);
  QWidget* buildSearch();
  void connectAll();
  void changeKind();
  void startSearch();
  void endSearch(const QString& words);

  StrataModel m_model;
  SharedErrors m_errors;
  std::filesystem::path m_store;
  SharedBinning m_binning;
  SharedNearest m_nearest;
  BackgroundTask m_search;
  SharedProgress m_progress;
  QTimer m_look;
  QComboBox* m_trait;
  QComboBox* m_which;
  QLabel* m_words;
  QWidget* m_searchBox;
  QPushButton* m_find;
  QPushButton* m_stop;
  QProgressBar* m_bar;
  QLabel* m_step;
  QTableView* m_table;
  PlotView* m_plot;
};

}  // namespace twofold::ui
