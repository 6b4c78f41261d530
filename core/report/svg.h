// A figure as SVG.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/report/report.h"

namespace twofold::report {

/// Anything that CSS takes for a colour.
struct FigureColours {
  std::string text = "#1C1D1F";
  std::string muted = "#5A5D63";
  std::string grid = "#D8D8D4";
  /// Okabe and Ito's, in their order.
  std::array<std::string, 8> series = {"#0072B2", "#E69F00", "#009E73", "#CC79A7",
                                       "#56B4E9", "#D55E00", "#9A8A00", "#000000"};
};

struct Svg {
  std::string text;
  int width = 0;  // of its view box
  int height = 0;
};

/// An `svg` element, well-formed; texts of the figure stand in it as texts.
[[nodiscard]] Svg svgOf(const Figure& figure, const FigureColours& colours = {});

/// Text for XML and HTML: markup, quotes and control characters cannot get through; ill-formed
/// UTF-8 becomes U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace twofold::report
