#include "ui/panels/study/study_result.h"

#include <QObject>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/comparison/comparison_words.h"

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
  line.p = number(gain, "p");
  line.holm = number(gain, "p_holm");
  return line;
}

/// Of `sweep`, an arm that was not trained to its end.
StudyLine asideFrom(const Json& arm) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  StudyLine line;
  line.name = text(arm, "name");
  for (const auto& run : arm.at("runs")) {
    line.runs << QString::fromStdString(run.get<std::string>());
  }
  line.auprc = number(arm, "auprc");
  line.endedAfter = arm.at("epochs").get<qint64>();
  line.isFailed = !arm.at("failure").get<std::string>().empty();
  line.reason = text(arm, "reason");
  for (auto* none : {&line.accuracy, &line.auroc, &line.ece, &line.gain, &line.low, &line.high,
                     &line.p, &line.holm}) {
    *none = kNone;
  }
  return line;
}

const QString kGiven = QStringLiteral("as given: ");
const QString kBetween = QStringLiteral(" · ");

/// Key and value of each setting that an arm's name lists; none of "as given".
std::vector<std::pair<QString, QString>> settingsOf(const QString& name) {
  const QString equals = QStringLiteral(" = ");
  std::vector<std::pair<QString, QString>> settings;
  for (const auto& text :
       name.mid(name.startsWith(kGiven) ? kGiven.size() : 0).split(QStringLiteral(", "))) {
    if (text.contains(equals)) {
      settings.emplace_back(text.section(equals, 0, 0), text.section(equals, 1));
    }
  }
  return settings;
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
    study.isSweep = text(body, "command") == QStringLiteral("sweep");
    if (study.isSweep) {
      for (const auto& arm : body.at("aside")) {
        study.aside.push_back(asideFrom(arm));
      }
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::BadInput,
                std::string("the worker's answer is no study; let the window and "
                            "twofold-worker be of one version (") +
                    error.what() + ")");
  }
  if (study.rows.empty()) {
    throw Error(ErrorKind::BadInput, "the worker's study has no rows");
  }
  return study;
}

Verdict verdictOn(const StudyLine& line) {
  constexpr double kChance = 0.05;
  if (!std::isfinite(line.low) || !std::isfinite(line.high)) {
    return Verdict::Unknown;
  }
  if (!(line.holm < kChance)) {
    return Verdict::Open;
  }
  return line.low > 0 ? Verdict::Above : line.high < 0 ? Verdict::Below : Verdict::Open;
}

QString armWords(const QString& name) {
  QStringList words;
  for (const auto& [key, value] : settingsOf(name)) {
    words << (key.contains('.') ? key.section('.', -1) + ' ' + value : value);
  }
  return name.startsWith(kGiven) ? kGiven + words.join(kBetween)
         : words.isEmpty()       ? name
                                 : words.join(kBetween);
}

QString armValues(const QString& name) {
  QStringList values;
  for (const auto& [key, value] : settingsOf(name)) {
    values << value;
  }
  return values.isEmpty() ? name : values.join(kBetween);
}

QString armKeys(const QString& name) {
  QStringList keys;
  for (const auto& [key, value] : settingsOf(name)) {
    keys << key.section('.', -1);
  }
  return keys.join(kBetween);
}

QString pWords(double p) {
  const auto text = QString::fromStdString(comparison::pText(p));
  return std::isnan(p)          ? QObject::tr("no p")
         : text.startsWith('<') ? QStringLiteral("p ") + text
                                : QStringLiteral("p %1").arg(text);
}

QString studyTsv(const StudyResult& study) {
  QString table = QStringLiteral(
      "%1\tcontrol\tseeds\taccuracy\tauprc\tauroc\tece\tauprc_gain\tlow\thigh\tp\tp_holm\t"
      "ended_after_epoch\treason\truns\n");
  table = table.arg(study.isSweep ? QStringLiteral("arm") : QStringLiteral("channels"));
  for (const auto* lines : {&study.rows, &study.controls, &study.aside}) {
    for (const auto& line : *lines) {
      const bool isEarly = lines == &study.aside;
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
                                 exact(line.p),
                                 exact(line.holm),
                                 isEarly ? QString::number(line.endedAfter) : QString(),
                                 QString(line.reason).replace('\t', ' ').replace('\n', ' '),
                                 line.runs.join(',')};
      table += cells.join('\t') + '\n';
    }
  }
  return table;
}

}  // namespace twofold::ui
