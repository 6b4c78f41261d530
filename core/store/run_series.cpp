// The numbers of a run: metric series, metrics of a part, predictions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/store/blob.h"
#include "core/store/part_metrics_json.h"
#include "core/store/run_repository.h"
#include "core/store/run_rows.h"
#include "core/store/run_values.h"

namespace twofold::store {

namespace {

struct Point {
  std::int64_t step = 0;
  double value = 0;
};
static_assert(sizeof(Point) == 16);

std::vector<Point> pointsFrom(const Statement& row, int column) {
  return fromBlob<Point>(row.blob(column), "points of a metric");
}

/// The best finite point, the first of equals; null when there is none.
const Point* bestOf(const std::vector<Point>& points, const std::string& metric) {
  const bool higher = metrics::higherIsBetter(metric);
  const Point* best = nullptr;
  for (const Point& point : points) {
    if (std::isfinite(point.value) &&
        (best == nullptr || (higher ? point.value > best->value : point.value < best->value))) {
      best = &point;
    }
  }
  return best;
}

struct SeriesKey {
  std::int64_t run = 0;
  std::string part;
  std::string metric;
};

void writeSeries(Database& database, const SeriesKey& key, const std::vector<Point>& points) {
  if (points.empty()) {
    database.prepare("DELETE FROM metric_series WHERE run_key = ? AND part = ? AND metric = ?")
        .bind(1, key.run)
        .bind(2, key.part)
        .bind(3, key.metric)
        .run();
    return;
  }
  Statement write =
      database.prepare("INSERT OR REPLACE INTO metric_series VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  // SQLite turns a NaN into NULL, which is what the columns mean by it.
  write.bind(1, key.run)
      .bind(2, key.part)
      .bind(3, key.metric)
      .bindBlob(4, std::as_bytes(std::span(points)))
      .bind(5, points.back().step)
      .bind(6, points.back().value);
  if (const Point* best = bestOf(points, key.metric)) {
    write.bind(7, best->step).bind(8, best->value);
  } else {
    write.bindNull(7).bindNull(8);
  }
  write.run();
}

}  // namespace

void writeSeries(Database& database, std::int64_t runKey, const MetricSeries& series) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < series.steps.size(); ++i) {
    points.push_back({series.steps[i], series.values[i]});
  }
  writeSeries(database, {runKey, series.part, series.metric}, points);
}

void writePartMetrics(Database& database, std::int64_t runKey, const std::string& part,
                      const metrics::PartMetrics& metrics) {
  database.prepare("INSERT OR REPLACE INTO part_metrics VALUES (?, ?, ?)")
      .bind(1, runKey)
      .bind(2, part)
      .bind(3, toJsonText(metrics))
      .run();
  RunValues(database).replace(runKey, fmt::format("metrics.{}.", part),
                              {metrics.values.begin(), metrics.values.end()});
}

void RunRepository::appendMetric(const std::string& id, const std::string& part,
                                 const std::string& metric, std::int64_t step, double value) {
  Transaction transaction(m_database);
  const SeriesKey key{keyOf(id), part, metric};
  Statement row = m_database.prepare(
      "SELECT points FROM metric_series WHERE run_key = ? AND part = ? AND metric = ?");
  row.bind(1, key.run).bind(2, part).bind(3, metric);
  std::vector<Point> points;
  if (row.step()) {
    points = pointsFrom(row, 0);
  }
  row.reset();
  const auto at =
      std::lower_bound(points.begin(), points.end(), step,
                       [](const Point& point, std::int64_t s) { return point.step < s; });
  if (at != points.end() && at->step == step) {
    at->value = value;
  } else {
    points.insert(at, {step, value});
  }
  writeSeries(m_database, key, points);
  transaction.commit();
}

void RunRepository::setSeries(const std::string& id, const std::vector<MetricSeries>& series) {
  Transaction transaction(m_database);
  const std::int64_t run = keyOf(id);
  for (const auto& one : series) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < one.steps.size(); ++i) {
      points.push_back({one.steps[i], one.values[i]});
    }
    writeSeries(m_database, {run, one.part, one.metric}, points);
  }
  transaction.commit();
}

void RunRepository::truncateMetrics(const std::string& id, std::int64_t step) {
  Transaction transaction(m_database);
  const std::int64_t run = keyOf(id);
  std::vector<std::pair<SeriesKey, std::vector<Point>>> shortened;
  Statement row =
      m_database.prepare("SELECT part, metric, points FROM metric_series WHERE run_key = ?");
  row.bind(1, run);
  while (row.step()) {
    auto points = pointsFrom(row, 2);
    if (std::erase_if(points, [step](const Point& point) { return point.step > step; }) > 0) {
      shortened.emplace_back(SeriesKey{run, std::string(row.text(0)), std::string(row.text(1))},
                             std::move(points));
    }
  }
  for (const auto& [key, points] : shortened) {
    writeSeries(m_database, key, points);
  }
  transaction.commit();
}

std::vector<MetricSeries> RunRepository::series(const std::string& id) {
  std::vector<MetricSeries> all;
  Statement row = m_database.prepare(
      "SELECT part, metric, points FROM metric_series WHERE run_key = ? ORDER BY part, metric");
  row.bind(1, keyOf(id));
  while (row.step()) {
    MetricSeries series{std::string(row.text(0)), std::string(row.text(1)), {}, {}};
    for (const Point& point : pointsFrom(row, 2)) {
      series.steps.push_back(point.step);
      series.values.push_back(point.value);
    }
    all.push_back(std::move(series));
  }
  return all;
}

void RunRepository::setPartMetrics(const std::string& id, const std::string& part,
                                   const metrics::PartMetrics& metrics) {
  Transaction transaction(m_database);
  writePartMetrics(m_database, keyOf(id), part, metrics);
  transaction.commit();
}

void RunRepository::setPredictions(const std::string& id, data::Part part,
                                   std::span<const std::uint32_t> pairs,
                                   std::span<const float> probabilities) {
  Transaction transaction(m_database);
  writePredictions(id, part, pairs, probabilities);
  transaction.commit();
}

void RunRepository::writePredictions(const std::string& id, data::Part part,
                                     std::span<const std::uint32_t> pairs,
                                     std::span<const float> probabilities) {
  if (pairs.size() != probabilities.size()) {
    throw Error(ErrorKind::Internal,
                fmt::format("{} probabilities for {} pairs", probabilities.size(), pairs.size()));
  }
  m_database.prepare("INSERT OR REPLACE INTO prediction VALUES (?, ?, ?, ?)")
      .bind(1, keyOf(id))
      .bind(2, data::name(part))
      .bindBlob(3, std::as_bytes(pairs))
      .bindBlob(4, std::as_bytes(probabilities))
      .run();
}

std::vector<std::pair<std::uint32_t, float>> RunRepository::predictions(const std::string& id,
                                                                        data::Part part) {
  Statement row = m_database.prepare(
      "SELECT pairs, probabilities FROM prediction WHERE run_key = ? AND part = ?");
  row.bind(1, keyOf(id)).bind(2, data::name(part));
  if (!row.step()) {
    return {};
  }
  const auto pairs = fromBlob<std::uint32_t>(row.blob(0), "pairs of predictions");
  const auto probabilities = fromBlob<float>(row.blob(1), "probabilities of predictions");
  if (pairs.size() != probabilities.size()) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the store is damaged: run {} has {} predictions for {} pairs", id,
                            probabilities.size(), pairs.size()));
  }
  std::vector<std::pair<std::uint32_t, float>> all(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    all[i] = {pairs[i], probabilities[i]};
  }
  return all;
}

}  // namespace twofold::store
