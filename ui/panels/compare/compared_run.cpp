#include "ui/panels/compare/compared_run.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::ui {

namespace {

QString text(const char* source) {
  return QCoreApplication::translate("ComparedRun", source);
}

/// A dash for a spec that cannot be read: the comparison itself then says why.
QString summaryOf(const store::RunRecord& record) {
  try {
    return QString::fromStdString(runs::summary(
        runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id)));
  } catch (const Error&) {
    return QStringLiteral("–");
  }
}

QString partsOf(const ComparedRun& run) {
  return run.hasTest && run.hasValidation ? text("has validation and test")
         : run.hasTest                    ? text("has the test alone")
         : run.hasValidation              ? text("has validation alone")
                                          : text("has none (%1)").arg(run.status);
}

}  // namespace

std::vector<ComparedRun> readComparedRuns(const std::filesystem::path& folder,
                                          const QStringList& ids, const std::stop_token& stop) {
  auto project = store::Project::open(folder);
  store::RunRepository repository(project.database());
  const auto baselines = store::RunTracking(project.database()).baselines();
  std::vector<ComparedRun> runs;
  for (const auto& id : ids) {
    throwIfStopped(stop);
    const auto record = repository.run(id.toStdString());
    const auto baseline = baselines.find(record.experiment);
    runs.push_back({id, summaryOf(record), QString::fromStdString(record.experiment),
                    QString::fromUtf8(store::name(record.status).data()), record.finished,
                    baseline != baselines.end() && baseline->second == record.key,
                    !repository.predictions(record.id, data::Part::Validation).empty(),
                    !repository.predictions(record.id, data::Part::Test).empty()});
  }
  return runs;
}

std::vector<data::Part> commonParts(const std::vector<ComparedRun>& runs) {
  std::vector<data::Part> parts;
  for (const auto part : {data::Part::Test, data::Part::Validation}) {
    if (std::ranges::all_of(runs, [part](const auto& run) { return run.hasScoresOf(part); })) {
      parts.push_back(part);
    }
  }
  return parts;
}

QString usualReference(const std::vector<ComparedRun>& runs) {
  const auto baseline = std::ranges::find(runs, true, &ComparedRun::isBaseline);
  return baseline != runs.end() ? baseline->id : runs.empty() ? QString() : runs.front().id;
}

QString missingPartWords(const std::vector<ComparedRun>& runs) {
  QStringList having;
  for (const auto& run : runs) {
    having << QStringLiteral("%1 %2").arg(run.id, partsOf(run));
  }
  return text(
             "These runs have no part in common that all have scores of: %1. Evaluate the runs, "
             "import the missing scores, or compare others.")
      .arg(having.join(QStringLiteral("; ")));
}

}  // namespace twofold::ui
