// What `ablate` ends with: the table of a channel study, as values and as words.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

/// A recipe, the means over its seeds, and how far its AUPRC lies above the first row's.
struct StudyLine {
  QString name;  // "sequence + neighbours", "control: labels permuted"
  bool isControl = false;
  QStringList runs;  // one a seed
  double accuracy = 0;
  double auprc = 0;
  double auroc = 0;
  double ece = 0;
  double gain = 0;
  double low = 0;  // of the gain's 95 % interval; NaN where there are too few pairs for one
  double high = 0;
};

struct StudyResult {
  QString experiment;
  QString note;                 // the command's own words on what the numbers are
  std::vector<StudyLine> rows;  // at least one, no control
  std::vector<StudyLine> controls;
};

/// Throws Error(BadInput) when it is no result of `ablate`.
[[nodiscard]] StudyResult studyResult(const formats::Json& body);

/// What the table says, a sentence a paragraph: which channels help, which do not, what the
/// controls say, and what kind of numbers these are.
[[nodiscard]] QStringList studyReading(const StudyResult& study);

/// With a header; numbers in full precision, empty where there is none.
[[nodiscard]] QString studyTsv(const StudyResult& study);

}  // namespace twofold::ui
