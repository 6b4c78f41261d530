// Threshold, aim and prevalence, and what they make of the pairs: cells, rates, expectation.
#pragma once

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>
#include <array>
#include <optional>

#include "core/errors/cell.h"
#include "ui/panels/errors/errors_data.h"
#include "ui/panels/errors/marked_slider.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Counts and rates follow a slider at once, by binary search; their intervals come when
/// showIntervals() is called.
class OperatingPointBox : public QWidget {
  Q_OBJECT
 public:
  explicit OperatingPointBox(const Theme& theme, QWidget* parent = nullptr);

  /// A run's own threshold, and the part's own prevalence; what was chosen by hand instead of
  /// these stays where the point is kept. Not null.
  void setErrors(SharedErrors loaded, bool keepsPoint = false);
  [[nodiscard]] double threshold() const { return m_threshold; }
  void setThreshold(double threshold, const QString& from);
  [[nodiscard]] double prevalence() const { return m_prevalence; }
  /// Nothing is shown of a point at another threshold or prevalence than those set.
  void showIntervals(const errors::OperatingPoint& point);
  [[nodiscard]] std::optional<errors::Cell> cell() const;
  void clearCell();
  /// "run's own" and the like, as `errors` would be told; empty: the run's own.
  [[nodiscard]] bool isOwnThreshold() const;
  [[nodiscard]] bool isOwnPrevalence() const;

 Q_SIGNALS:
  void thresholdChanged();
  void prevalenceChanged();
  void cellChosen();

 private:
  void buildLayout(const Theme& theme);
  void buildThreshold(QVBoxLayout* layout);
  void buildAim(QVBoxLayout* layout);
  void buildCells(QVBoxLayout* layout);
  void buildPrevalence(QVBoxLayout* layout, const Theme& theme);
  void buildRates(QVBoxLayout* layout);
  void connectAll();
  void showAim();
  void chooseByAim();
  void backToOwn();
  /// As setThreshold(), with the slider left where it is.
  void useThreshold(double threshold, const QString& from);
  void setPrevalence(double prevalence);
  void showCounts();
  void showRates(const errors::OperatingPoint* point);

  SharedErrors m_errors;
  double m_threshold = 0.5;
  double m_prevalence = 0.5;
  double m_precision = 0.9;  // the value of each aim that has one
  double m_cost = 5;
  MarkedSlider* m_slider;
  QDoubleSpinBox* m_spin;
  QLabel* m_from;
  QPushButton* m_own;
  QComboBox* m_aim;
  QDoubleSpinBox* m_aimValue;
  QPushButton* m_choose;
  std::array<QPushButton*, 4> m_cells{};  // by errors::Cell
  MarkedSlider* m_prevalenceSlider;
  QLabel* m_prevalenceText;
  QPushButton* m_ownPrevalence;
  QLabel* m_thereTitle;
  std::array<QLabel*, 5> m_here{};
  std::array<QLabel*, 5> m_there{};
  QLabel* m_expectation;
};

}  // namespace twofold::ui
