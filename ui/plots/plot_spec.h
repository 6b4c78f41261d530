// A chart as plain values: what is drawn is what is exported.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <optional>
#include <utility>

namespace twofold::ui {

/// Index of a category colour, or one of the two greys.
inline constexpr int kMutedLine = -1;
inline constexpr int kFaintLine = -2;

struct PlotLine {
  QString name;     // in the legend; empty: not in it
  QList<double> x;  // ascending
  QList<double> y;  // NaN is a gap
  int color = 0;
  bool dashed = false;
  bool dots = false;     // a dot on each point
  bool isListed = true;  // in the legend, if it has a name
};

/// A point with a text beside it.
struct PlotMark {
  double x = 0;
  double y = 0;
  QString text;
  int color = 0;
  bool above = false;  // the text; else below
};

struct PlotAxis {
  QString label;                                   // with its unit
  std::optional<std::pair<double, double>> range;  // from the data when not given
  bool whole = false;                              // ticks at whole numbers only
  QStringList names{};                             // words at 0, 1, 2 … in place of numbers
};

struct PlotSpec {
  QString title;  // a sentence
  QString note;   // what was counted: n
  PlotAxis x, y;
  QList<PlotLine> lines;
  QList<PlotMark> marks;
};

/// "series,x,y" and one line for each point, numbers with a point whatever the locale; NaN is
/// empty. The title and the note are in lines that start with #.
[[nodiscard]] QString toCsv(const PlotSpec& spec);

}  // namespace twofold::ui
