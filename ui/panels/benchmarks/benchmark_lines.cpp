#include "ui/panels/benchmarks/benchmark_lines.h"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

using formats::Json;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kMetrics[] = {"accuracy", "precision", "recall", "f1",
                                    "mcc",      "auroc",     "auprc"};

QString text(const Json& object, const char* key) {
  return QString::fromStdString(object.at(key).get<std::string>());
}

BenchmarkLine lineFrom(const Json& row) {
  BenchmarkLine line;
  line.set = text(row, "set");
  line.model = text(row, "model");
  line.isPublished = row.at("published").get<bool>();
  line.part = text(row, "part");
  line.source = text(row, "source");
  for (const auto& run : row.at("runs")) {
    line.runs << QString::fromStdString(run.get<std::string>());
  }
  for (const auto& [metric, value] : row.at("values").items()) {
    if (!value.is_null()) {
      line.numbers[QString::fromStdString(metric)] = {value.get<double>(), kNone, kNone};
    }
  }
  for (const auto& [metric, ends] : row.at("ci").items()) {
    auto& number = line.numbers[QString::fromStdString(metric)];
    number.low = ends.at(0).is_null() ? kNone : ends.at(0).get<double>();
    number.high = ends.at(1).is_null() ? kNone : ends.at(1).get<double>();
  }
  for (const auto& [metric, ends] : row.at("ranges").items()) {
    line.numbers[QString::fromStdString(metric)] = {kNone, ends.at(0).get<double>(),
                                                    ends.at(1).get<double>()};
  }
  return line;
}

/// Own ones before published ones in each set, whose order stays.
void arrange(std::vector<BenchmarkLine>& lines) {
  auto begin = lines.begin();
  while (begin != lines.end()) {
    const auto end = std::find_if(
        begin, lines.end(), [&](const BenchmarkLine& line) { return line.set != begin->set; });
    std::stable_partition(begin, end, [](const BenchmarkLine& line) { return !line.isPublished; });
    begin = end;
  }
}

void countSources(BenchmarkTable& table) {
  for (auto& line : table.lines) {
    if (line.isPublished) {
      if (!table.sources.contains(line.source)) {
        table.sources << line.source;
      }
      line.sourceNumber = static_cast<int>(table.sources.indexOf(line.source)) + 1;
    }
  }
}

QString exact(double value) {
  return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

}  // namespace

bool BenchmarkNumber::isRange() const {
  return std::isnan(value) && std::isfinite(low);
}

QString numberWords(const BenchmarkNumber& number) {
  if (number.isRange()) {
    return QObject::tr("%1 to %2").arg(probabilityText(number.low), probabilityText(number.high));
  }
  return std::isfinite(number.low) ? intervalText(number.value, number.low, number.high)
                                   : probabilityText(number.value);
}

BenchmarkTable benchmarkTable(const Json& body) {
  BenchmarkTable table;
  try {
    table.benchmark = text(body, "benchmark");
    table.caution = text(body, "caution");
    for (const auto& row : body.at("rows")) {
      table.lines.push_back(lineFrom(row));
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::BadInput,
                std::string("the worker's answer is no benchmark table; let the window and "
                            "twofold-worker be of one version (") +
                    error.what() + ")");
  }
  arrange(table.lines);
  countSources(table);
  return table;
}

QString benchmarkTsv(const BenchmarkTable& table) {
  QString text = QStringLiteral("set\tmodel\tpublished\tpart");
  for (const char* metric : kMetrics) {
    text += QStringLiteral("\t%1\t%1_low\t%1_high").arg(QLatin1String(metric));
  }
  text += QStringLiteral("\truns\tsource\n");
  for (const auto& line : table.lines) {
    QStringList cells = {line.set, line.model,
                         line.isPublished ? QStringLiteral("yes") : QStringLiteral("no"),
                         line.part};
    for (const char* metric : kMetrics) {
      const auto number = line.numbers.value(QLatin1String(metric), {kNone, kNone, kNone});
      cells << exact(number.value) << exact(number.low) << exact(number.high);
    }
    cells << line.runs.join(',') << line.source;
    text += cells.join('\t') + '\n';
  }
  return text;
}

}  // namespace twofold::ui
