// The command line of `twofold`, read before there is an application.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

namespace twofold::app {

struct WorkbenchOptions {
  QString project;
  QString panel;
  QString theme;  // "light", "dark" or empty: the remembered one
  QString run;
  QStringList compared;  // ids of runs to hold against each other
  QString pairA;
  QString pairB;
  QString scale;           // of everything on screen, "1.5"; empty: the system's
  QString screenshot;      // a file: render the panel into it and end
  QString report;          // an experiment: write its report to `out` and end
  QString out;             // .pdf or .html
  QSize size;              // not valid: as the user left it; 1280 x 800 for a picture
  bool timeStart = false;  // print when the window was there and end
};

struct ParsedOptions {
  WorkbenchOptions options;
  QString text;         // to print before ending: help, version or what is wrong
  bool failed = false;  // `text` says what is wrong
};

/// `arguments` with the program's name first, as argv.
[[nodiscard]] ParsedOptions parseOptions(const QStringList& arguments);

}  // namespace twofold::app
