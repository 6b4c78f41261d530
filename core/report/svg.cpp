#include "core/report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/tokenizers/utf8.h"

namespace twofold::report {

namespace {

constexpr int kLegendRow = 15;
constexpr std::size_t kLongestName = 52;  // of a row beside its interval, in code points

/// Where the plot stands in its picture, in units of the view box.
struct Frame {
  double left = 46;
  double top = 12;
  double width = 290;
  double height = 220;
};

/// 1, 2 or 5 times a power of ten, so that there are about five.
double tickStep(double low, double high) {
  const double rough = (high - low) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) {
      return factor * power;
    }
  }
  return 10 * power;
}

std::vector<double> ticksOf(const Axis& axis) {
  std::vector<double> ticks;
  if (!(axis.high > axis.low)) {
    return ticks;
  }
  const double step = tickStep(axis.low, axis.high);
  for (double at = std::ceil(axis.low / step - 1e-9); at * step <= axis.high + 1e-9 * step; ++at) {
    ticks.push_back(at * step);
  }
  return ticks;
}

std::string tickText(double value) {
  return fmt::format("{:.4g}", std::abs(value) < 1e-12 ? 0.0 : value);
}

std::string cut(const std::string& name) {
  const tokenizers::CleanText clean(name);
  const auto points = tokenizers::codePoints(clean.text());
  if (points.size() <= kLongestName) {
    return name;
  }
  return std::string(clean.text().substr(0, points[kLongestName - 1].range.begin)) + "…";
}

class Drawing {
 public:
  Drawing(const Figure& figure, const FigureColours& colours)
      : m_figure(figure), m_colours(colours) {
    m_y = figure.y;
    if (!figure.rows.empty()) {
      m_frame = {330, 8, 380, 20.0 * static_cast<double>(figure.rows.size())};
      m_y = {"", static_cast<double>(figure.rows.size()) - 0.5, -0.5};
    }
  }

  Svg draw() {
    drawGrid();
    for (const auto& line : m_figure.lines) {
      drawLine(line);
    }
    const double bottom = m_frame.top + m_frame.height;
    addText(m_frame.left + m_frame.width / 2, bottom + 32, "middle", m_figure.x.title,
            m_colours.muted);
    drawLegend(bottom + 40);
    const int width = static_cast<int>(m_frame.left + m_frame.width) + 14;
    return {fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" "
                        "font-family=\"sans-serif\" font-size=\"11\" role=\"img\">\n"
                        "<title>{}</title>\n{}</svg>\n",
                        width, m_height, escaped(m_figure.caption), m_body),
            width, m_height};
  }

 private:
  [[nodiscard]] double x(double value) const {
    const auto& axis = m_figure.x;
    const double span = axis.high - axis.low;
    return m_frame.left + m_frame.width * (span == 0 ? 0.5 : (value - axis.low) / span);
  }
  [[nodiscard]] double y(double value) const {
    const double span = m_y.high - m_y.low;
    return m_frame.top + m_frame.height * (1 - (span == 0 ? 0.5 : (value - m_y.low) / span));
  }
  [[nodiscard]] const std::string& colourOf(const Line& line) const {
    return line.colour == kMuted
               ? m_colours.muted
               : m_colours.series[static_cast<std::size_t>(line.colour) % m_colours.series.size()];
  }

  void addText(double atX, double atY, std::string_view anchor, std::string_view text,
               const std::string& colour) {
    m_body += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" style=\"fill:{}\">{}</text>\n", atX,
        atY, anchor, colour, escaped(text));
  }
  void addStroke(double x1, double y1, double x2, double y2, const std::string& colour) {
    m_body += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" style=\"stroke:{}\"/>\n", x1,
        y1, x2, y2, colour);
  }

  void drawGrid() {
    const double bottom = m_frame.top + m_frame.height;
    const double right = m_frame.left + m_frame.width;
    for (const double tick : ticksOf(m_figure.x)) {
      addStroke(x(tick), m_frame.top, x(tick), bottom, m_colours.grid);
      addText(x(tick), bottom + 15, "middle", tickText(tick), m_colours.muted);
    }
    for (std::size_t i = 0; i < m_figure.rows.size(); ++i) {
      addText(m_frame.left - 8, y(static_cast<double>(i)) + 4, "end", cut(m_figure.rows[i]),
              m_colours.text);
    }
    if (m_figure.rows.empty()) {
      for (const double tick : ticksOf(m_y)) {
        addStroke(m_frame.left, y(tick), right, y(tick), m_colours.grid);
        addText(m_frame.left - 6, y(tick) + 4, "end", tickText(tick), m_colours.muted);
      }
      m_body += fmt::format(
          "<text transform=\"translate(11 {:.1f}) rotate(-90)\" text-anchor=\"middle\" "
          "style=\"fill:{}\">{}</text>\n",
          m_frame.top + m_frame.height / 2, m_colours.muted, escaped(m_y.title));
    }
    addStroke(m_frame.left, bottom, right, bottom, m_colours.muted);
    addStroke(m_frame.left, m_frame.top, m_frame.left, bottom, m_colours.muted);
  }

  void drawLine(const Line& line) {
    if (line.joined && line.points.size() > 1) {
      std::string points;
      for (const auto& [px, py] : line.points) {
        points += fmt::format("{:.1f},{:.1f} ", x(px), y(py));
      }
      points.pop_back();
      m_body += fmt::format(
          "<polyline points=\"{}\" style=\"fill:none;stroke:{};stroke-width:1.5\"{}/>\n", points,
          colourOf(line), line.dashed ? " stroke-dasharray=\"5 3\"" : "");
    }
    if (line.markers) {
      for (const auto& [px, py] : line.points) {
        m_body += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" style=\"fill:{}\"/>\n",
                              x(px), y(py), colourOf(line));
      }
    }
  }

  void drawLegend(double top) {
    double at = top;
    for (const auto& line : m_figure.lines) {
      if (line.name.empty()) {
        continue;
      }
      at += kLegendRow;
      m_body += fmt::format(
          "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" "
          "style=\"stroke:{};stroke-width:2\"{}/>\n",
          m_frame.left, at - 4, m_frame.left + 22, at - 4, colourOf(line),
          line.dashed ? " stroke-dasharray=\"5 3\"" : "");
      addText(m_frame.left + 28, at, "start", cut(line.name), m_colours.text);
    }
    m_height = static_cast<int>(at) + 8;
  }

  const Figure& m_figure;
  const FigureColours& m_colours;
  Frame m_frame;
  Axis m_y;
  std::string m_body;
  int m_height = 0;
};

}  // namespace

Svg svgOf(const Figure& figure, const FigureColours& colours) {
  return Drawing(figure, colours).draw();
}

std::string escaped(std::string_view text) {
  const tokenizers::CleanText clean(text);
  std::string safe;
  for (const auto& point : tokenizers::codePoints(clean.text())) {
    switch (point.code) {
      case U'&':
        safe += "&amp;";
        break;
      case U'<':
        safe += "&lt;";
        break;
      case U'>':
        safe += "&gt;";
        break;
      case U'"':
        safe += "&quot;";
        break;
      case U'\'':
        safe += "&#39;";
        break;
      default: {
        // Beside these XML 1.0 knows no characters; U+0085 and the C1 block are no text either, and
        // marks of direction could make a line read as another.
        const bool isControl = (point.code < 0x20 && point.code != '\t' && point.code != '\n') ||
                               (point.code >= 0x7F && point.code < 0xA0) ||
                               (point.code >= 0x202A && point.code <= 0x202E) ||
                               (point.code >= 0x2066 && point.code <= 0x2069) ||
                               point.code == 0xFFFE || point.code == 0xFFFF;
        tokenizers::appendUtf8(safe, isControl ? U'\uFFFD' : point.code);
      }
    }
  }
  return safe;
}

}  // namespace twofold::report
