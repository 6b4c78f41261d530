// What a comparison of runs says in words, and its table for other programs.
#pragma once

#include <QString>
#include <QStringList>
#include <string>

#include "ui/panels/compare/comparison_work.h"

namespace twofold::ui {

/// "1 234 test pairs that all 3 runs have, 600 of them positive. Left out: 20 of r4k2m."
[[nodiscard]] QString sharedPairsWords(const comparison::SharedScores& shared);

/// What some runs cannot be measured by: those without a threshold, those that give an order alone.
[[nodiscard]] QStringList caveats(const comparison::SharedScores& shared);

/// A sentence a comparison, those that show a difference first and bold; then what each run is,
/// with its own value of the metric, and the caveats.
[[nodiscard]] QString comparisonHtml(const Comparison& comparison, const std::string& metric);

/// With a header; a line a comparison and metric or test, numbers in full precision, empty where
/// there is none.
[[nodiscard]] QString comparisonTsv(const Comparison& comparison);

}  // namespace twofold::ui
