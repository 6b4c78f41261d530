#include "ui/panels/study/study_result.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace twofold::ui {

namespace {

using formats::Json;

/// NaN for null.
double number(const Json& object, const char* key) {
  const auto& value = object.at(key);
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

QString text(const Json& object, const char* key) {
  return QString::fromStdString(object.at(key).get<std::string>());
}

StudyLine lineFrom(const Json& row) {
  StudyLine line;
  line.name = text(row, "name");
  line.isControl = row.at("control").get<bool>();
  for (const auto& run : row.at("runs")) {
    line.runs << QString::fromStdString(run.get<std::string>());
  }
  line.accuracy = number(row, "accuracy");
  line.auprc = number(row, "auprc");
  line.auroc = number(row, "auroc");
  line.ece = number(row, "ece");
  const auto& gain = row.at("auprc_gain");
  line.gain = number(gain, "delta");
  line.low = number(gain, "low");
  line.high = number(gain, "high");
  return line;
}

QString exact(double value) {
  return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

}  // namespace

StudyResult studyResult(const Json& body) {
  StudyResult study;
  try {
    study.experiment = text(body, "experiment");
    study.note = text(body, "note");
    for (const auto& row : body.at("rows")) {
      auto line = lineFrom(row);
      (line.isControl ? study.controls : study.rows).push_back(std::move(line));
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::BadInput,
                std::string("the worker's answer is no channel study; let the window and "
                            "twofold-worker be of one version (") +
                    error.what() + ")");
  }
  if (study.rows.empty()) {
    throw Error(ErrorKind::BadInput, "the worker's channel study has no rows");
  }
  return study;
}

QString studyTsv(const StudyResult& study) {
  QString table = QStringLiteral(
      "channels\tcontrol\tseeds\taccuracy\tauprc\tauroc\tece\tauprc_gain\tlow\thigh\truns\n");
  for (const auto* lines : {&study.rows, &study.controls}) {
    for (const auto& line : *lines) {
      const QStringList cells = {line.name,
                                 line.isControl ? QStringLiteral("yes") : QStringLiteral("no"),
                                 QString::number(line.runs.size()),
                                 exact(line.accuracy),
                                 exact(line.auprc),
                                 exact(line.auroc),
                                 exact(line.ece),
                                 exact(line.gain),
                                 exact(line.low),
                                 exact(line.high),
                                 line.runs.join(',')};
      table += cells.join('\t') + '\n';
    }
  }
  return table;
}

}  // namespace twofold::ui
