#include "ui/panels/audit/audit_result.h"

#include <QCoreApplication>

#include "core/base/error.h"

namespace twofold::ui {

namespace {

using formats::Json;

/// Empty where there is none.
QString text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null()
             ? QString()
             : QString::fromStdString(found->get<std::string>());
}

AuditRow rowFrom(const Json& json) {
  const bool isPair = json.contains("pair");
  return {text(json, "part"), text(json, isPair ? "a" : "protein"),
          text(json, isPair ? "b" : "relative"), text(json, "label"), text(json, "reason")};
}

AuditFinding findingFrom(const Json& json) {
  AuditFinding finding;
  finding.kind = QString::fromStdString(json.at("kind").get<std::string>());
  finding.title = text(json, "title");
  finding.severity = QString::fromStdString(json.at("severity").get<std::string>());
  finding.count = json.at("count").get<qint64>();
  finding.what = text(json, "what");
  finding.cure = text(json, "cure");
  finding.leaving = json.at("leaving").get<qint64>();
  for (const auto& row : json.at("rows")) {
    finding.rows.push_back(rowFrom(row));
  }
  finding.rowsInAll = json.at("rows_total").get<qint64>();
  return finding;
}

void takeFix(AuditResult& result, const Json& json) {
  AuditFix fix;
  fix.split = QString::fromStdString(json.at("split").get<std::string>());
  fix.leftOut = json.at("pairs_left_out").get<qint64>();
  fix.train = json.at("train").get<qint64>();
  fix.validation = json.at("validation").get<qint64>();
  fix.test = json.at("test").get<qint64>();
  result.split = fix.split;
  result.fix = fix;
}

}  // namespace

AuditResult auditResult(const Json& body) {
  AuditResult result;
  try {
    const bool isFixed = body.contains("fixed");
    const Json& audited = isFixed ? body.at("fixed") : body;
    result.pairs = QString::fromStdString(body.at("pairs").get<std::string>());
    result.split = text(body, "split");
    if (isFixed) {
      takeFix(result, audited);
    }
    result.light = QString::fromStdString(audited.at("light").get<std::string>());
    for (const auto& finding : audited.at("findings")) {
      result.findings.push_back(findingFrom(finding));
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::BadInput,
                std::string("the worker's answer is no audit; let the window and twofold-worker be "
                            "of one version (") +
                    error.what() + ")");
  }
  return result;
}

QString lightName(const QString& severity) {
  const auto tr = [](const char* words) {
    return QCoreApplication::translate("twofold::ui::AuditPanel", words);
  };
  if (severity == QLatin1String("ok")) {
    return tr("green");
  }
  if (severity == QLatin1String("warn")) {
    return tr("amber");
  }
  return severity == QLatin1String("bad") ? tr("red") : tr("not looked at");
}

QString auditRowsTsv(const AuditFinding& finding) {
  QString text = QStringLiteral("part\tfirst\tsecond\tlabel\treason\n");
  for (const auto& row : finding.rows) {
    text += QStringList{row.part, row.first, row.second, row.label, row.reason}.join('\t') + '\n';
  }
  return text;
}

}  // namespace twofold::ui
