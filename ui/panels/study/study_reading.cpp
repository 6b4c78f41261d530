// The words under the table of a channel study.
#include <QObject>
#include <map>

#include "ui/panels/study/study_result.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

const QString kControl = QStringLiteral("control: ");

QString withGain(const StudyLine& line) {
  QString name = line.name;
  return QStringLiteral("%1 (%2)").arg(name.remove(kControl), deltaText(line.gain));
}

/// The channel that a row adds to the first row's one, if that is all that it does.
QString addedChannel(const StudyLine& line, const StudyLine& first) {
  const QString beside = first.name + QStringLiteral(" + ");
  const QString added = line.name.mid(beside.size());
  return line.name.startsWith(beside) && !added.contains(QStringLiteral(" + ")) ? added : QString();
}

/// Where the interval alone would have told another story.
QString butForTheMany(const StudyLine& line) {
  return line.low > 0 || line.high < 0
             ? QObject::tr(
                   "beyond its own interval, but not among so many comparisons (%1 after "
                   "Holm's correction)")
                   .arg(pWords(line.holm))
             : QObject::tr("within the interval");
}

QString onChannel(const QString& channel, const StudyLine& line, const StudyLine& first) {
  switch (verdictOn(line)) {
    case Verdict::Above:
      return QObject::tr("%1 helps: added to %2 it brings %3 in AUPRC, beyond chance (%4).")
          .arg(channel, first.name, deltaText(line.gain), pWords(line.holm));
    case Verdict::Open:
      return QObject::tr("%1 is not shown to help: added to %2 it changes AUPRC by %3, %4.")
          .arg(channel, first.name, deltaText(line.gain), butForTheMany(line));
    case Verdict::Below:
      return QObject::tr("%1 harms: added to %2 it changes AUPRC by %3, beyond chance (%4).")
          .arg(channel, first.name, deltaText(line.gain), pWords(line.holm));
    case Verdict::Unknown:
      break;
  }
  return QObject::tr("%1: too few validation pairs to say whether it helps %2.")
      .arg(channel, first.name);
}

using Groups = std::map<Verdict, QStringList>;

Groups grouped(const std::vector<const StudyLine*>& lines) {
  Groups groups;
  for (const auto* line : lines) {
    groups[verdictOn(*line)] << withGain(*line);
  }
  return groups;
}

void sayGroup(QStringList& words, const Groups& groups, Verdict verdict, const QString& sentence) {
  if (const auto found = groups.find(verdict); found != groups.end()) {
    words << sentence.arg(found->second.join(QStringLiteral(", ")));
  }
}

void readRows(QStringList& words, const StudyResult& study) {
  const auto& first = study.rows.front();
  if (study.rows.size() == 1) {
    words << QObject::tr("%1 is studied alone; tick a second channel to learn what it adds.")
                 .arg(first.name);
  }
  std::vector<const StudyLine*> others;
  for (std::size_t i = 1; i < study.rows.size(); ++i) {
    const QString added = addedChannel(study.rows[i], first);
    if (added.isEmpty()) {
      others.push_back(&study.rows[i]);
    } else {
      words << onChannel(added, study.rows[i], first);
    }
  }
  const auto groups = grouped(others);
  const auto say = [&](Verdict verdict, const QString& sentence) {
    sayGroup(words, groups, verdict, sentence.arg(first.name));
  };
  say(Verdict::Above, QObject::tr("Also above %1 beyond chance: %2."));
  say(Verdict::Open, QObject::tr("Not to be told apart from %1: %2."));
  say(Verdict::Below, QObject::tr("Below %1 beyond chance: %2."));
  say(Verdict::Unknown, QObject::tr("Too few validation pairs to compare with %1: %2."));
}

void readControls(QStringList& words, const StudyResult& study) {
  const auto& first = study.rows.front();
  std::vector<const StudyLine*> compared;
  for (const auto& control : study.controls) {
    if (control.name == kControl + QStringLiteral("labels permuted")) {
      words << QObject::tr(
                   "With permuted labels AUROC is %1. What it has above 0.5 comes from "
                   "choosing on validation, or from chance.")
                   .arg(probabilityText(control.auroc));
    } else if (!control.runs.isEmpty() && first.runs.contains(control.runs.front())) {
      words << QObject::tr("The control %1 is the first row itself.")
                   .arg(QString(control.name).remove(kControl));
    } else {
      compared.push_back(&control);
    }
  }
  const auto groups = grouped(compared);
  const auto say = [&](Verdict verdict, const QString& sentence) {
    sayGroup(words, groups, verdict, sentence.arg(first.name));
  };
  say(Verdict::Below, QObject::tr("Controls below %1 beyond chance, as they should be: %2."));
  say(Verdict::Open, QObject::tr("Controls as good as %1: %2. What little they know explains its "
                                 "number, which then says nothing of interaction."));
  say(Verdict::Above, QObject::tr("Controls above %1: %2. They know more of these labels than it "
                                  "does: look at how the pairs were made."));
  say(Verdict::Unknown, QObject::tr("Too few validation pairs to compare controls with %1: %2."));
}

}  // namespace

QStringList studyReading(const StudyResult& study) {
  QStringList words;
  readRows(words, study);
  readControls(words, study);
  words << study.note;
  return words;
}

}  // namespace twofold::ui
