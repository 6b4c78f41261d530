#include "ui/panels/data/report_text.h"

#include <QObject>
#include <map>
#include <string>

#include "core/imports/import_report.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

QString escaped(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped();
}

QString importHtml(const formats::Json& result) {
  formats::Json flat = result.at("counts");
  flat["examples"] = result.value("examples", formats::Json::object());
  flat["notes"] = result.value("notes", formats::Json::array());
  const auto report = imports::reportFromJson(flat);
  QString html = QObject::tr("<p>Read <b>%1</b>, kept <b>%2</b>.</p>")
                     .arg(countText(report.read), countText(report.kept));
  for (const auto& [reason, count] : report.skipped) {
    html += QObject::tr("<p>Skipped <b>%1</b>: %2</p><ul>").arg(countText(count), escaped(reason));
    if (const auto lines = report.examples.find(reason); lines != report.examples.end()) {
      for (const auto& line : lines->second) {
        html += "<li>" + escaped(line) + "</li>";
      }
    }
    html += "</ul>";
  }
  for (const auto& note : report.notes) {
    html += "<p>" + escaped(note) + "</p>";
  }
  if (result.contains("layout")) {
    html += QObject::tr("<p>The file was read as %1. Run <b>%2</b> is in the list.</p>")
                .arg(escaped(result.at("layout").get<std::string>()),
                     escaped(result.at("run").get<std::string>()));
  }
  return html;
}

/// Reasons with their counts and first examples, as `export mlflow` gives what it left.
QString leftHtml(const formats::Json& result) {
  QString html;
  for (const auto& [reason, count] : result.at("left").items()) {
    html += QObject::tr("<p><b>%1</b> times: %2</p><ul>")
                .arg(countText(count.get<qint64>()), escaped(reason));
    for (const auto& example : result.at("examples").value(reason, formats::Json::array())) {
      html += "<li>" + escaped(example.get<std::string>()) + "</li>";
    }
    html += "</ul>";
  }
  return html;
}

QString mlflowHtml(const formats::Json& result) {
  const auto count = [&](const char* key) { return countText(result.at(key).get<qint64>()); };
  return QObject::tr(
             "<p>Runs at %1: <b>%2</b> created, <b>%3</b> updated, <b>%4</b> unchanged.</p>"
             "<p>%5 points of metrics, %6 params and %7 tags were sent.</p>")
             .arg(escaped(result.at("url").get<std::string>()), count("created"), count("updated"),
                  count("unchanged"), count("metrics"), count("params"), count("tags")) +
         leftHtml(result);
}

QString runImportHtml(const formats::Json& result) {
  const auto& counts = result.at("counts");
  auto html = QObject::tr(
                  "<p>Run <b>%1</b> with %2 proteins and %3 pairs is in the project.</p>"
                  "<p>To train it here: %4</p>")
                  .arg(escaped(result.at("run").get<std::string>()),
                       countText(counts.at("proteins").get<qint64>()),
                       countText(counts.at("pairs").get<qint64>()),
                       escaped(result.at("next").get<std::string>()));
  for (const auto& note : result.at("notes")) {
    html += "<p>" + escaped(note.get<std::string>()) + "</p>";
  }
  return html;
}

QString runTableHtml(const formats::Json& result) {
  return QObject::tr("<p><b>%1</b> runs with %2 columns are in %3.</p>")
      .arg(countText(result.at("runs").get<qint64>()),
           countText(result.at("columns").get<qint64>()),
           escaped(result.at("out").get<std::string>()));
}

QString runFolderHtml(const formats::Json& result) {
  return QObject::tr("<p>Run <b>%1</b>, %2 files (%3), is in %4.</p>")
      .arg(escaped(result.at("run").get<std::string>()),
           countText(result.at("files").get<qint64>()), bytesText(result.at("bytes").get<qint64>()),
           escaped(result.at("out").get<std::string>()));
}

/// One sentence a dropped reason and note, of each split of the command.
QString notesHtml(const formats::Json& result) {
  QString html;
  for (const auto& split : result.value("splits", formats::Json::array())) {
    for (const auto& [reason, count] : split.at("dropped").items()) {
      html += QObject::tr("<p><b>%1</b> pairs are in no part: %2.</p>")
                  .arg(countText(count.get<qint64>()), escaped(reason));
    }
    for (const auto& note : split.at("notes")) {
      html += "<p>" + escaped(note.get<std::string>()) + "</p>";
    }
  }
  return html;
}

QString splitHtml(const formats::Json& result) {
  const auto count = [&](const char* key) { return countText(result.value(key, std::int64_t{0})); };
  return QObject::tr(
             "<p>Split <b>%1</b> of %2: train %3, validation %4, test %5 pairs.</p>"
             "<p>%7 hash is %6.</p>")
             .arg(escaped(result.value("split", std::string())),
                  escaped(result.value("pairs", std::string())), count("train"),
                  count("validation"), count("test"),
                  escaped(result.value("hash", std::string()).substr(0, 12)),
                  result.value("preview", false) ? QObject::tr("Nothing is stored yet; its")
                                                 : QObject::tr("It is frozen; its")) +
         notesHtml(result);
}

QString removalHtml(const formats::Json& result) {
  QStringList runs;
  for (const auto& run : result.value("runs", formats::Json::array())) {
    runs << escaped(run.get<std::string>());
  }
  auto html = QObject::tr("<p>Channel <b>%1</b> is removed.</p>")
                  .arg(escaped(result.value("channel", std::string())));
  if (!runs.isEmpty()) {
    html += QObject::tr("<p>These runs name it and can no longer be resumed or asked: %1.</p>")
                .arg(runs.join(QStringLiteral(", ")));
  }
  return html;
}

}  // namespace

QString reportHtml(const formats::Json& result) {
  using Writer = QString (*)(const formats::Json&);
  static const std::map<std::string, Writer> kOwn = {{"channels remove", removalHtml},
                                                     {"export folder", runFolderHtml},
                                                     {"export mlflow", mlflowHtml},
                                                     {"export runs", runTableHtml},
                                                     {"import run", runImportHtml}};
  try {
    if (const auto own = kOwn.find(result.value("command", std::string())); own != kOwn.end()) {
      return own->second(result);
    }
    if (result.contains("counts")) {
      return importHtml(result);
    }
    if (result.contains("hash")) {
      return splitHtml(result);
    }
    return "<pre>" + escaped(result.dump(2)) + "</pre>";
  } catch (const std::exception& error) {
    return escaped(std::string("The report cannot be read: ") + error.what());
  }
}

}  // namespace twofold::ui
