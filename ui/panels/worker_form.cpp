#include "ui/panels/worker_form.h"

#include <QSignalBlocker>
#include <algorithm>

#include "ui/bridge/worker_bridge.h"
#include "ui/theme/number_text.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

QLabel* wordsLabel(QWidget* parent, const char* name) {
  auto* label = new QLabel(parent);
  label->setObjectName(QLatin1String(name));
  label->setWordWrap(true);
  return label;
}

QPushButton* namedButton(QWidget* parent, const QString& text, const char* name) {
  auto* made = new QPushButton(text, parent);
  made->setObjectName(QLatin1String(name));
  return made;
}

QComboBox* pickerBox(QWidget* parent, const char* name) {
  constexpr int kLetters = 12;
  auto* box = new QComboBox(parent);
  box->setObjectName(QLatin1String(name));
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(kLetters);
  return box;
}

QFormLayout* panelForm(QWidget* form) {
  auto* layout = new QFormLayout(form);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  layout->setHorizontalSpacing(Tokens::kSpace3);
  layout->setVerticalSpacing(Tokens::kSpace2);
  layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return layout;
}

void offerParts(QComboBox& box, const std::vector<Descriptor>& parts, const QString& first) {
  const QString before = box.count() == 0 ? first : box.currentData().toString();
  const QSignalBlocker quiet(box);
  box.clear();
  for (const auto& part : parts) {
    box.addItem(QString::fromStdString(part.name), QString::fromStdString(part.id));
    box.setItemData(box.count() - 1, QString::fromStdString(part.help), Qt::ToolTipRole);
  }
  box.setCurrentIndex(std::max(0, box.findData(before)));
}

void showWorkerProgress(QProgressBar& bar, QLabel& words, const runs::ProgressEvent& progress) {
  constexpr int kSteps = 1000;
  QString text = QString::fromStdString(progress.stage);
  bar.setRange(0, progress.total > 0 ? kSteps : 0);
  if (progress.total > 0) {
    bar.setValue(static_cast<int>(progress.done * kSteps / progress.total));
    text += QObject::tr(": %1 of %2 %3")
                .arg(countText(progress.done), countText(progress.total),
                     QString::fromStdString(progress.unit));
  }
  if (progress.secondsLeft >= 0) {
    text += QObject::tr(", %1 left").arg(durationText(progress.secondsLeft));
  }
  words.setText(text);
}

QString commandOnProject(const Session& session, const QStringList& arguments) {
  const auto folder = QString::fromStdString(session.project()->folder().string());
  return commandLine(arguments + QStringList{QStringLiteral("--project"), folder});
}

}  // namespace twofold::ui
