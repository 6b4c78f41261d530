// What `bench table` and `bench run` end with: the project's runs beside published rows, as values.
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

struct BenchmarkNumber {
  double value = 0;  // NaN for a range
  double low = 0;    // of its 95 % interval, or the ends of a range; NaN where there is none
  double high = 0;

  [[nodiscard]] bool isRange() const;
};

/// "0.648", "0.703 [0.698, 0.708]", "0.940 to 0.960".
[[nodiscard]] QString numberWords(const BenchmarkNumber& number);

struct BenchmarkLine {
  QString set;
  QString model;
  bool isPublished = false;
  QString part;                            // what was measured
  QMap<QString, BenchmarkNumber> numbers;  // by metric id
  QStringList runs;                        // of the project's: one a seed
  QString source;                          // of published ones
  int sourceNumber = 0;                    // as they are counted under the table; 0: none
};

struct BenchmarkTable {
  QString benchmark;
  QString caution;
  std::vector<BenchmarkLine> lines;  // by set; in each the project's own first
  QStringList sources;
};

/// Throws Error(BadInput) when it is no result of `bench`.
[[nodiscard]] BenchmarkTable benchmarkTable(const formats::Json& body);

/// With a header; numbers in full precision, empty where there is none.
[[nodiscard]] QString benchmarkTsv(const BenchmarkTable& table);

}  // namespace twofold::ui
