#include "core/report/html.h"

#include <fmt/format.h>

#include "core/report/svg.h"

namespace twofold::report {

namespace {

/// The window's colours (ui/theme/tokens).
constexpr const char* kStyle = R"(
:root { --surface: #FAFAF8; --raised: #FFFFFF; --sunken: #F0F0EC; --text: #1C1D1F; --muted: #5A5D63;
  --grid: #D8D8D4; --good: #1E8E5A; --warn: #B7791F; --bad: #C4372C; --s0: #0072B2; --s1: #E69F00;
  --s2: #009E73; --s3: #CC79A7; --s4: #56B4E9; --s5: #D55E00; --s6: #9A8A00; --s7: #000000; }
@media screen and (prefers-color-scheme: dark) {
  :root { --surface: #1B1C1E; --raised: #242629; --sunken: #141517; --text: #ECECEA; --muted: #A9ACB2;
    --grid: #3A3D42; --good: #4CC38A; --warn: #E0A94A; --bad: #F2726A; --s0: #4FA8DC; --s6: #F0E442;
    --s7: #FFFFFF; } }
html { background: var(--surface); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 62em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2em; margin: 2em 0 .4em; border-bottom: 1px solid var(--grid); }
p { margin: .5em 0; overflow-wrap: anywhere; }
.subtitle, caption, figcaption, .note { color: var(--muted); }
.box { border: 1px solid; border-left-width: 5px; border-radius: 4px; padding: .4em .8em;
  background: var(--raised); margin: .8em 0; }
.good { border-color: var(--good); } .warn { border-color: var(--warn); } .bad { border-color: var(--bad); }
.box b { text-transform: uppercase; font-size: .8em; letter-spacing: .05em; }
.good b { color: var(--good); } .warn b { color: var(--warn); } .bad b { color: var(--bad); }
.wide { overflow-x: auto; margin: .8em 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .86em; }
caption { text-align: left; padding: .2em 0; font-size: 1.1em; }
th, td { padding: .25em .5em; text-align: right; vertical-align: top; border-bottom: 1px solid var(--grid); }
th { color: var(--muted); font-weight: 600; }
th.word, td.word { text-align: left; overflow-wrap: anywhere; }
td.number { white-space: nowrap; }
pre { background: var(--sunken); padding: .6em .8em; border-radius: 4px; font: .82em/1.5 monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; margin: .5em 0; }
.note { font-size: .86em; }
.figures { display: flex; flex-wrap: wrap; gap: 16px; }
figure { flex: 1 1 22em; margin: .8em 0; }
figcaption { font-size: .9em; } svg { width: 100%; height: auto; display: block; }
@page { size: A4; margin: 16mm 14mm; }
@media print { html { background: #FFFFFF; font-size: 10.5px; } body { max-width: none; margin: 0; padding: 0; }
  h2 { break-after: avoid; } figure, .box, tr { break-inside: avoid; } thead { display: table-header-group; }
  .wide { overflow: visible; } td.number { white-space: normal; } }
)";

FigureColours themedColours() {
  FigureColours colours{"var(--text)", "var(--muted)", "var(--grid)", {}};
  for (std::size_t i = 0; i < colours.series.size(); ++i) {
    colours.series[i] = fmt::format("var(--s{})", i);
  }
  return colours;
}

std::string_view wordOf(Tone tone) {
  switch (tone) {
    case Tone::Good:
      return "good";
    case Tone::Warn:
      return "warn";
    case Tone::Bad:
      return "bad";
    case Tone::Plain:
      break;
  }
  return "";
}

std::string_view labelOf(Tone tone) {
  return tone == Tone::Good ? "✓ Good" : tone == Tone::Warn ? "▲ Caution" : "✕ Problem";
}

struct Writer {
  std::string html;

  void operator()(const Heading& heading) {
    html += fmt::format("<h2>{}</h2>\n", escaped(heading.text));
  }

  void operator()(const Paragraph& paragraph) {
    const bool isBox = paragraph.tone != Tone::Plain;
    if (isBox) {
      html += fmt::format("<div class=\"box {}\">\n<b>{}</b>\n", wordOf(paragraph.tone),
                          labelOf(paragraph.tone));
    }
    html += fmt::format("<p>{}</p>\n", escaped(paragraph.text));
    if (!paragraph.commands.empty()) {
      html += "<pre>";
      for (const auto& command : paragraph.commands) {
        html += escaped(command) + "\n";
      }
      html += "</pre>\n";
    }
    html += isBox ? "</div>\n" : "";
  }

  void operator()(const Table& table) {
    html += fmt::format("<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>",
                        escaped(table.caption));
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      html += fmt::format("<th{}>{}</th>", c < table.words ? " class=\"word\"" : "",
                          escaped(table.columns[c]));
    }
    html += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      html += "<tr>";
      for (std::size_t c = 0; c < row.size(); ++c) {
        html += fmt::format("<td class=\"{}\">{}</td>", c < table.words ? "word" : "number",
                            escaped(row[c]));
      }
      html += "</tr>\n";
    }
    html += "</tbody></table></div>\n";
    if (!table.note.empty()) {
      html += fmt::format("<p class=\"note\">{}</p>\n", escaped(table.note));
    }
  }

  void operator()(const Figures& figures) {
    html += "<div class=\"figures\">\n";
    for (const auto& figure : figures.figures) {
      html += fmt::format("<figure>\n<figcaption>{}</figcaption>\n{}</figure>\n",
                          escaped(figure.caption), svgOf(figure, themedColours()).text);
    }
    html += "</div>\n";
  }
};

}  // namespace

std::string htmlOf(const Report& report) {
  Writer writer;
  writer.html = fmt::format(
      "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>{0}</title>\n"
      "<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<p class=\"subtitle\">{2}</p>\n",
      escaped(report.title), kStyle, escaped(report.subtitle));
  for (const auto& block : report.blocks) {
    std::visit(writer, block);
  }
  return writer.html + "</body>\n</html>\n";
}

}  // namespace twofold::report
