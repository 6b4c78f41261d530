// A report as values: text, tables and figures in their order, before it is written as HTML or PDF.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace twofold::report {

struct Heading {
  std::string text;
};

/// Good, Warn and Bad stand in a marked box, with the word that says so.
enum class Tone { Plain, Good, Warn, Bad };

struct Paragraph {
  std::string text;
  Tone tone = Tone::Plain;
  std::vector<std::string> commands{};  // of a terminal, that the text speaks of
};

struct Table {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as wide as `columns`
  std::size_t words = 1;                       // so many columns from the left are words
  std::string note{};
};

/// What draws a line or marker: one of Okabe and Ito's colours by its place, or grey.
inline constexpr int kMuted = -1;

struct Line {
  std::string name;  // in the legend; empty: not there
  std::vector<std::pair<double, double>> points;
  int colour = 0;
  bool dashed = false;
  bool markers = false;  // a dot at each point
  bool joined = true;    // false: dots alone
};

struct Axis {
  std::string title;
  double low = 0;
  double high = 1;
};

/// Lines over two axes. With `rows` the vertical axis is these names from the top down, row i at
/// height i, and `y` is not looked at.
struct Figure {
  std::string caption;  // a sentence, with n
  Axis x;
  Axis y;
  std::vector<Line> lines;
  std::vector<std::string> rows{};
};

/// Figures that stand beside each other where there is room for two.
struct Figures {
  std::vector<Figure> figures;
};

using Block = std::variant<Heading, Paragraph, Table, Figures>;

struct Report {
  std::string title;
  std::string subtitle;
  std::vector<Block> blocks;
};

}  // namespace twofold::report
