#include "app/workbench/options.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include "ui/shell/main_window.h"

namespace twofold::app {

namespace {

void describe(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QStringLiteral("Trains, questions and compares models that predict whether two proteins "
                     "interact."));
  parser.addOptions({
      {{"h", "help"}, "Show this help."},
      {"version", "Show the version."},
      {"project", "Open the project in DIR.", "DIR"},
      {"open", "Show PANEL: " + ui::MainWindow::panelNames().join(", ") + ".", "PANEL"},
      {"run", "Put the run ID in focus.", "ID"},
      {"compare", "Hold the runs A, B and more against each other.", "A,B"},
      {"pair", "Put the pair of proteins A and B in focus.", "A,B"},
      {"theme", "Use light or dark for this time.", "THEME"},
      {"size", "Give the window this size, 1280x800 for example.", "WxH"},
      {"scale", "Scale everything on screen, 1.5 for example.", "FACTOR"},
      {"screenshot", "Render the panel into FILE (png) and end.", "FILE"},
      {"report", "Write the report of EXPERIMENT to --out and end; needs no display.",
       "EXPERIMENT"},
      {"out", "The report's file, .pdf or .html.", "FILE"},
      {"time-start", "Print when the window was there, in ms, and end."},
  });
  parser.addPositionalArgument(QStringLiteral("DIR"), QStringLiteral("A project to open."),
                               QStringLiteral("[DIR]"));
}

/// What is wrong, or empty.
QString readSize(const QString& text, QSize& size) {
  static const QRegularExpression kSize(QStringLiteral("^([1-9][0-9]{2,4})x([1-9][0-9]{2,4})$"));
  const auto match = kSize.match(text);
  if (!match.hasMatch()) {
    return QStringLiteral("--size %1: write it as 1280x720, at least 100x100.").arg(text);
  }
  size = {match.captured(1).toInt(), match.captured(2).toInt()};
  return {};
}

QString readValues(const QCommandLineParser& parser, WorkbenchOptions& options) {
  options.project = parser.value("project");
  if (options.project.isEmpty() && !parser.positionalArguments().isEmpty()) {
    options.project = parser.positionalArguments().first();
  }
  options.run = parser.value("run");
  options.screenshot = parser.value("screenshot");
  options.timeStart = parser.isSet("time-start");
  options.report = parser.value("report");
  options.out = parser.value("out");
  if (options.report.isEmpty() != options.out.isEmpty() ||
      (!options.report.isEmpty() && options.project.isEmpty())) {
    return QStringLiteral("--report EXPERIMENT goes with --out FILE and --project DIR.");
  }
  options.panel = parser.value("open");
  if (!options.panel.isEmpty() && !ui::MainWindow::panelNames().contains(options.panel)) {
    return QStringLiteral("There is no panel \"%1\"; there are: %2.")
        .arg(options.panel, ui::MainWindow::panelNames().join(", "));
  }
  options.theme = parser.value("theme");
  if (!QStringList{QString(), "light", "dark"}.contains(options.theme)) {
    return QStringLiteral("--theme %1: write light or dark.").arg(options.theme);
  }
  options.scale = parser.value("scale");
  bool isNumber = true;
  const double scale = options.scale.isEmpty() ? 1.0 : options.scale.toDouble(&isNumber);
  if (!isNumber || scale < 0.5 || scale > 4) {
    return QStringLiteral("--scale %1: write a number from 0.5 to 4.").arg(options.scale);
  }
  if (parser.isSet("compare")) {
    options.compared = parser.value("compare").split(',', Qt::SkipEmptyParts);
    if (options.compared.size() < 2) {
      return QStringLiteral("--compare %1: write the ids of two runs or more, A,B.")
          .arg(parser.value("compare"));
    }
    if (options.panel.isEmpty()) {
      options.panel = QStringLiteral("compare");  // else nothing would be seen of the wish
    }
  }
  if (parser.isSet("pair")) {
    const QStringList ids = parser.value("pair").split(',');
    if (ids.size() != 2 || ids[0].isEmpty() || ids[1].isEmpty()) {
      return QStringLiteral("--pair %1: write two protein ids, A,B.").arg(parser.value("pair"));
    }
    options.pairA = ids[0];
    options.pairB = ids[1];
  }
  return parser.isSet("size") ? readSize(parser.value("size"), options.size) : QString();
}

}  // namespace

ParsedOptions parseOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  describe(parser);
  ParsedOptions parsed;
  if (!parser.parse(arguments)) {
    parsed.text = parser.errorText();
  } else if (parser.isSet("help")) {
    parsed.text = parser.helpText();
    return parsed;
  } else if (parser.isSet("version")) {
    parsed.text = QStringLiteral("twofold " TWOFOLD_VERSION);
    return parsed;
  } else {
    parsed.text = readValues(parser, parsed.options);
  }
  parsed.failed = !parsed.text.isEmpty();
  return parsed;
}

}  // namespace twofold::app
