// The words under the table of a sweep.
#include <QObject>
#include <algorithm>
#include <cmath>

#include "ui/panels/study/study_result.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr std::size_t kNamed = 6;  // of one kind; the table has them all

QString listed(const std::vector<QString>& names) {
  QStringList shown;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
    shown << names[i];
  }
  QString text = shown.join(QStringLiteral("; "));
  if (names.size() > kNamed) {
    text += QObject::tr("; and %1 more").arg(countText(static_cast<qint64>(names.size() - kNamed)));
  }
  return text;
}

QString gainWords(const StudyLine& line) {
  return std::isfinite(line.low)
             ? QStringLiteral("%1 [%2, %3], %4")
                   .arg(deltaText(line.gain), deltaText(line.low), deltaText(line.high),
                        QObject::tr("%1 after Holm's correction").arg(pWords(line.holm)))
             : QObject::tr("%1, too few pairs for an interval").arg(deltaText(line.gain));
}

QString onBest(const StudyLine& best, const StudyLine& reference) {
  const QString what =
      QObject::tr("Best on validation: %1, AUPRC %2.").arg(best.name, probabilityText(best.auprc));
  const QString beside = QObject::tr("Beside %1 that is %2").arg(reference.name, gainWords(best));
  switch (verdictOn(best)) {
    case Verdict::Above:
      return what + ' ' + QObject::tr("%1: beyond chance.").arg(beside);
    case Verdict::Below:
    case Verdict::Open:
      return what + ' ' + QObject::tr("%1: not shown to be better.").arg(beside);
    case Verdict::Unknown:
      break;
  }
  return what + ' ' + QObject::tr("%1: nothing is shown.").arg(beside);
}

/// Arms beside the reference, best first: `rows` without their first.
void readArms(QStringList& words, const StudyResult& sweep) {
  const auto& reference = sweep.rows.front();
  if (sweep.rows.size() == 1) {
    words << QObject::tr("No arm but %1 was trained to its end.").arg(reference.name);
    return;
  }
  const auto& best = *std::max_element(
      sweep.rows.begin() + 1, sweep.rows.end(),
      [](const StudyLine& one, const StudyLine& other) { return one.auprc < other.auprc; });
  if (best.auprc > reference.auprc) {
    words << onBest(best, reference);
  } else {
    words << QObject::tr(
                 "Best on validation: %1, AUPRC %2. No arm that was trained to its end is "
                 "above it.")
                 .arg(reference.name, probabilityText(reference.auprc));
  }
  std::vector<QString> above;
  std::vector<QString> below;
  qint64 open = 0;
  for (auto line = sweep.rows.begin() + 1; line != sweep.rows.end(); ++line) {
    const auto named = QStringLiteral("%1 (%2)").arg(line->name, deltaText(line->gain));
    switch (verdictOn(*line)) {
      case Verdict::Above:
        above.push_back(named);
        break;
      case Verdict::Below:
        below.push_back(named);
        break;
      default:
        ++open;
    }
  }
  if (above.size() > 1) {
    words << QObject::tr("Above %1 beyond chance: %2.").arg(reference.name, listed(above));
  }
  if (!below.empty()) {
    words << QObject::tr("Below %1 beyond chance: %2.").arg(reference.name, listed(below));
  }
  if (open > 0) {
    words << QObject::tr("Arms not to be told apart from %1: %2.")
                 .arg(reference.name, countText(open));
  }
}

void readAside(QStringList& words, const StudyResult& sweep) {
  std::vector<QString> behind;
  std::vector<QString> failed;
  for (const auto& line : sweep.aside) {
    if (line.isFailed) {
      failed.push_back(QStringLiteral("%1 (%2)").arg(line.name, line.reason));
    } else {
      const QString why = line.reason.isEmpty() ? QString() : QStringLiteral("; ") + line.reason;
      behind.push_back(
          QObject::tr("%1 (after epoch %2%3)").arg(line.name, countText(line.endedAfter), why));
    }
  }
  if (!behind.empty()) {
    words << QObject::tr(
                 "Ended early because others did better up to there: %1. That says little "
                 "of an arm that learns slowly; \"Resume\" in the queue goes on with its "
                 "runs.")
                 .arg(listed(behind));
  }
  if (!failed.empty()) {
    words << QObject::tr("Failed: %1.").arg(listed(failed));
  }
}

}  // namespace

QStringList sweepReading(const StudyResult& sweep) {
  StudyResult named = sweep;
  for (auto* lines : {&named.rows, &named.aside}) {
    for (auto& line : *lines) {
      line.name = armWords(line.name);
    }
  }
  QStringList words;
  readArms(words, named);
  readAside(words, named);
  words << sweep.note;
  return words;
}

}  // namespace twofold::ui
