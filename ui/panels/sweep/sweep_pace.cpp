#include "ui/panels/sweep/sweep_pace.h"

#include <QObject>
#include <algorithm>

#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr int kRuns = 200;             // the newest that ended
constexpr double kLeastSeconds = 0.5;  // the store keeps whole seconds

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

SweepPace sweepPace(store::Project& project, const std::string& pairSet, const std::string& split) {
  SweepPace pace;
  for (const auto& run : store::RunRepository(project.database()).liveAndLast(kRuns)) {
    const auto spec = runs::readableSpec(run.specJson);
    if (run.status != store::RunStatus::Done || run.epochs < 1 || run.started == 0 || !spec ||
        spec->imported || spec->pairSet != pairSet || spec->split != split) {
      continue;
    }
    const auto seconds = std::max(kLeastSeconds, static_cast<double>(run.finished - run.started));
    pace[spec->backbone.id].push_back(seconds / static_cast<double>(run.epochs));
  }
  return pace;
}

QString paceWords(const SweepPace& pace, const SweepRequest& request, const SweepSize& size) {
  double seconds = 0;
  qint64 runs = 0;
  for (const auto& backbone : request.backbones) {
    const auto own = pace.find(backbone.toStdString());
    if (own == pace.end()) {
      return QObject::tr(
                 "How long that takes cannot be said: no run of %1 on this split has ended "
                 "yet.")
          .arg(backbone);
    }
    seconds += median(own->second) * size.epochs / static_cast<double>(request.backbones.size());
    runs += static_cast<qint64>(own->second.size());
  }
  return QObject::tr(
             "About %1, or less where runs stop by themselves: by the median of %2 ended "
             "runs on this split, whatever their channels and options.")
      .arg(durationText(seconds), countText(runs));
}

}  // namespace twofold::ui
