#include "ui/plots/curve_plot.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/metrics/part_metrics.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("CurvePlot", source);
}

struct Best {
  std::int64_t epoch = 0;
  double value = 0;
};

std::optional<Best> bestOf(const store::MetricSeries& series) {
  const bool higher = metrics::higherIsBetter(series.metric);
  std::optional<Best> best;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const double value = series.values[i];
    const bool better = !best || (higher ? value > best->value : value < best->value);
    if (std::isfinite(value) && better) {
      best = Best{series.steps[i], value};
    }
  }
  return best;
}

PlotLine lineOf(const store::MetricSeries& series) {
  PlotLine line;
  const bool train = series.part == "train";
  const bool validation = series.part == "validation";
  line.name = train        ? text("Training")
              : validation ? text("Validation")
                           : QString::fromStdString(series.part);
  line.color = train ? kMutedLine : validation ? 0 : 1;
  line.dots = series.values.size() <= 60;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    line.x.append(static_cast<double>(series.steps[i]));
    line.y.append(std::isfinite(series.values[i]) ? series.values[i] : std::nan(""));
  }
  return line;
}

/// "log loss" for "Log loss", "AUPRC" as it is.
QString insideSentence(const QString& name) {
  const bool acronym = name.size() < 2 || name[1].isUpper() || name[1].isDigit();
  return acronym ? name : name[0].toLower() + name.mid(1);
}

QString titleOf(const QString& name, bool higher, const std::optional<Best>& best) {
  if (!best) {
    return text("%1 by epoch; no validation value yet").arg(name);
  }
  return (higher ? text("Validation %1 is highest at epoch %2: %3")
                 : text("Validation %1 is lowest at epoch %2: %3"))
      .arg(insideSentence(name))
      .arg(best->epoch)
      .arg(probabilityText(best->value));
}

}  // namespace

QStringList curveMetrics(const std::vector<store::MetricSeries>& series) {
  std::set<std::string> present;
  for (const store::MetricSeries& one : series) {
    present.insert(one.metric);
  }
  QStringList ids;
  const auto take = [&](const std::string& id) {
    if (present.erase(id) > 0) {
      ids.append(QString::fromStdString(id));
    }
  };
  take("loss");
  for (const Descriptor& metric : metrics::metricCatalog()) {
    take(metric.id);
  }
  for (const std::string& id : std::set<std::string>(present)) {
    take(id);
  }
  return ids;
}

QString metricName(const QString& metric) {
  const auto& catalog = metrics::metricCatalog();
  const auto found = std::ranges::find(catalog, metric.toStdString(), &Descriptor::id);
  return found == catalog.end() ? metric : QString::fromStdString(found->name);
}

PlotSpec curvePlot(const std::vector<store::MetricSeries>& series, const QString& metric) {
  PlotSpec spec;
  const std::string id = metric.toStdString();
  const bool higher = metrics::higherIsBetter(id);
  std::optional<Best> best;
  std::set<std::int64_t> epochs;
  qsizetype values = 0;
  for (const store::MetricSeries& one : series) {
    if (one.metric != id) {
      continue;
    }
    spec.lines.append(lineOf(one));
    values += static_cast<qsizetype>(one.values.size());
    epochs.insert(one.steps.begin(), one.steps.end());
    if (one.part == "validation") {
      best = bestOf(one);
    }
  }
  const QString name = metricName(metric);
  spec.title = titleOf(name, higher, best);
  spec.note = text("n = %1 values over %2 epochs, as measured, not smoothed")
                  .arg(countText(values), countText(static_cast<qint64>(epochs.size())));
  spec.x = {text("Epoch"), {}, true};
  spec.y = {id == "loss" ? text("Loss (binary cross-entropy, nats)") : name, {}, false};
  if (best) {
    spec.marks.append({static_cast<double>(best->epoch), best->value,
                       text("best, epoch %1").arg(best->epoch), 0, higher});
  }
  return spec;
}

}  // namespace twofold::ui
