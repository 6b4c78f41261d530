// What `ablate` and `sweep` end with: a table of recipes, as values and as words.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

/// A recipe, the means over its seeds, and how far its AUPRC lies above the first row's.
struct StudyLine {
  QString name;  // "sequence + neighbours", "control: labels permuted", "training.width = 16"
  bool isControl = false;
  QStringList runs;     // one a seed
  double accuracy = 0;  // NaN, as all but AUPRC, of one that ended early
  double auprc = 0;     // of one that ended early: the best up to there
  double auroc = 0;
  double ece = 0;
  double gain = 0;
  double low = 0;  // of the gain's 95 % interval; NaN where there are too few pairs for one
  double high = 0;
  double p = 1;           // NaN where there is nothing to compare
  double holm = 1;        // after Holm's correction over the rows
  qint64 endedAfter = 0;  // epochs, of one that ended early
  bool isFailed = false;
  QString reason;  // why it ended early
};

struct StudyResult {
  QString experiment;
  QString note;                 // the command's own words on what the numbers are
  std::vector<StudyLine> rows;  // at least one, no control
  std::vector<StudyLine> controls;
  std::vector<StudyLine> aside{};  // arms of a sweep that ended early
  bool isSweep = false;
};

/// Whether a difference is beyond chance: its interval leaves out 0, and the corrected p is below
/// .05.
enum class Verdict { Above, Open, Below, Unknown };
[[nodiscard]] Verdict verdictOn(const StudyLine& line);

/// Throws Error(BadInput) when it is no result of `ablate` or `sweep`.
[[nodiscard]] StudyResult studyResult(const formats::Json& body);

/// What the table says, a sentence a paragraph: which channels help, which do not, what the
/// controls say, and what kind of numbers these are.
[[nodiscard]] QStringList studyReading(const StudyResult& study);

/// The same of a sweep: which arm is best and whether that is beyond chance, what lies above and
/// below, what ended early and why.
[[nodiscard]] QStringList sweepReading(const StudyResult& sweep);

/// The name of a sweep's arm in few words: "as given: esm2 · sequence · width 16" of "as given:
/// backbone = esm2, channels = sequence, training.width = 16".
[[nodiscard]] QString armWords(const QString& name);

/// Of the same name "esm2 · sequence · 16" and "backbone · channels · width", as all arms of a
/// sweep vary the same; "as given" and nothing of an arm that says no more.
[[nodiscard]] QString armValues(const QString& name);
[[nodiscard]] QString armKeys(const QString& name);

/// "p 0.012", "p < 0.001"; "no p" for NaN.
[[nodiscard]] QString pWords(double p);

/// With a header; numbers in full precision, empty where there is none.
[[nodiscard]] QString studyTsv(const StudyResult& study);

}  // namespace twofold::ui
