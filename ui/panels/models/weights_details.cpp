#include "ui/panels/models/weights_details.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/weights/licence.h"
#include "ui/panels/models/weights_table_model.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr int kIcon = 16;

/// Shows no pictures: what a stranger's card names as one could be any file, and reading it would
/// hold up the window. The document reads the file itself when it is given nothing, so it is given
/// an empty picture.
class CardView : public QTextEdit {
 public:
  using QTextEdit::QTextEdit;
  QVariant loadResource(int /*type*/, const QUrl& /*name*/) override {
    QImage nothing(1, 1, QImage::Format_ARGB32);
    nothing.fill(Qt::transparent);
    return nothing;
  }
};

struct Texts {
  QString licence;
  QString card;
};

QLabel* selectable(QWidget* parent, const char* name) {
  auto* label = new QLabel(parent);
  label->setObjectName(QString::fromLatin1(name));
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

QIcon iconOf(const Theme& theme, weights::Fit fit) {
  switch (fit) {
    case weights::Fit::Fits:
      return theme.icon(QStringLiteral("check"), theme.colors().good);
    case weights::Fit::Tight:
      return theme.icon(QStringLiteral("triangle"), theme.colors().warn);
    case weights::Fit::DoesNotFit:
      return theme.icon(QStringLiteral("cross"), theme.colors().bad);
    case weights::Fit::Unknown:
      break;
  }
  return {};
}

QString titleOf(const weights::WeightsFolder& folder) {
  QStringList parts;
  for (const auto& part : {folder.architecture, folder.shapeText()}) {
    if (!part.empty()) {
      parts << QString::fromStdString(part);
    }
  }
  const QString name = QString::fromStdString(folder.name);
  return parts.isEmpty() ? name : name + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}

}  // namespace

WeightsDetails::WeightsDetails(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme) {
  setObjectName(QStringLiteral("weightsDetails"));
  setProperty("role", "card");
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace5);
  layout->addWidget(buildFacts(), 3);
  layout->addWidget(buildTexts(), 3);
  connect(m_stop, &QPushButton::clicked, this, &WeightsDetails::stopWanted);
  connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyWanted(m_command->text()); });
  describe(nullptr, 0);
}

QWidget* WeightsDetails::buildFacts() {
  auto* side = new QWidget(this);
  m_title = selectable(side, "weightsTitle");
  m_title->setFont(m_theme.font(Theme::Size::Title));
  m_path = selectable(side, "weightsPath");
  m_path->setProperty("role", "muted");
  m_problem = selectable(side, "weightsProblem");
  m_problem->setProperty("state", "bad");
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_title);
  layout->addWidget(m_path);
  layout->addWidget(m_problem);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(Tokens::kSpace2);
  grid->setVerticalSpacing(Tokens::kSpace1);
  grid->setColumnStretch(1, 1);
  for (std::size_t i = 0; i < m_needs.size(); ++i) {
    m_needIcons[i] = new QLabel(side);
    m_needs[i] = selectable(side, "weightsMemory");
    grid->addWidget(m_needIcons[i], static_cast<int>(i), 0);
    grid->addWidget(m_needs[i], static_cast<int>(i), 1);
  }
  m_checkIcon = new QLabel(side);
  m_check = selectable(side, "weightsCheck");
  const int last = static_cast<int>(m_needs.size());
  grid->addWidget(m_checkIcon, last, 0, Qt::AlignTop);
  grid->addWidget(m_check, last, 1);
  layout->addLayout(grid);
  m_bar = new QProgressBar(side);
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_bar->setAccessibleName(tr("Progress of the check"));
  m_stop = new QPushButton(tr("Stop"), side);
  m_stop->setObjectName(QStringLiteral("weightsStop"));
  auto* progress = new QHBoxLayout;
  progress->addWidget(m_bar, 1);
  progress->addWidget(m_stop);
  layout->addLayout(progress);
  m_command = selectable(side, "weightsCommand");
  m_command->setFont(m_theme.monospace(Theme::Size::Small));
  m_copy = new QPushButton(tr("Copy as command"), side);
  m_copy->setObjectName(QStringLiteral("weightsCopy"));
  m_copy->setProperty("role", "quiet");
  auto* command = new QHBoxLayout;
  command->addWidget(m_command, 1);
  command->addWidget(m_copy, 0, Qt::AlignTop);
  layout->addLayout(command);
  layout->addStretch(1);
  return side;
}

QWidget* WeightsDetails::buildTexts() {
  auto* side = new QWidget(this);
  m_licenceTitle = new QLabel(side);
  m_licenceTitle->setObjectName(QStringLiteral("weightsLicenceTitle"));
  m_licenceTitle->setWordWrap(true);
  m_card = new CardView(side);
  m_card->setObjectName(QStringLiteral("weightsCard"));
  m_card->setAccessibleName(tr("Model card"));
  m_card->setReadOnly(true);
  m_card->setTabChangesFocus(true);
  m_card->setFont(m_theme.font(Theme::Size::Small));
  m_licence = new QPlainTextEdit(side);
  m_licence->setObjectName(QStringLiteral("weightsLicence"));
  m_licence->setAccessibleName(tr("Licence of the weights"));
  m_licence->setReadOnly(true);
  m_licence->setTabChangesFocus(true);
  m_licence->setFont(m_theme.font(Theme::Size::Small));
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_licenceTitle);
  layout->addWidget(m_card, 2);
  layout->addWidget(m_licence, 1);
  layout->addStretch(0);
  return side;
}

void WeightsDetails::describe(const weights::WeightsFolder* folder, std::int64_t available) {
  m_texts.stop();
  setCheck(Check::None, {});
  m_licence->clear();
  const bool isThere = folder != nullptr;
  const bool isUsable = isThere && folder->problem.empty();
  m_title->setText(isThere ? titleOf(*folder) : tr("Click a model to see all of it."));
  m_path->setText(isThere ? QString::fromStdString(folder->path.string()) : QString());
  m_problem->setText(isThere ? QString::fromStdString(folder->problem) : QString());
  m_problem->setVisible(isThere && !isUsable);
  for (std::size_t i = 0; i < m_needs.size(); ++i) {
    m_needs[i]->setVisible(isUsable);
    m_needIcons[i]->setVisible(isUsable);
  }
  m_licenceTitle->setVisible(isThere);
  m_licence->hide();
  m_card->hide();
  if (isThere) {
    showMemory(*folder, available);
    readTexts(*folder);
  }
}

void WeightsDetails::showMemory(const weights::WeightsFolder& folder, std::int64_t available) {
  for (std::size_t i = 0; i < m_needs.size(); ++i) {
    const auto& need = folder.memory[i];
    m_needs[i]->setText(QString::fromStdString(fitText(need, available)));
    m_needIcons[i]->setPixmap(iconOf(m_theme, need.fit).pixmap(kIcon));
    if (need.bytes == 0) {
      m_needs[i]->setText(tr("How much memory it needs is known once the archive is opened."));
    }
    if (need.bytes == 0 && i > 0) {
      m_needs[i]->hide();  // unknown is said once
      m_needIcons[i]->hide();
    }
  }
}

void WeightsDetails::readTexts(const weights::WeightsFolder& folder) {
  m_licenceTitle->setText(folder.licence.empty()
                              ? tr("No licence lies in the folder. Ask whoever published the "
                                   "weights before you use them.")
                              : tr("Licence: %1").arg(QString::fromStdString(folder.licence)));
  m_texts.start(
      [path = folder.path](const std::stop_token&) {
        return Texts{QString::fromStdString(weights::readLicence(path).text),
                     QString::fromStdString(weights::readModelCard(path))};
      },
      [this](Outcome<Texts> outcome) {
        const auto* read = std::get_if<Texts>(&outcome);
        const Texts texts = read == nullptr ? Texts() : *read;
        m_licence->setPlainText(texts.licence);
        m_licence->setVisible(!texts.licence.isEmpty());
        m_card->document()->setMarkdown(
            texts.card, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                            QTextDocument::MarkdownNoHTML);
        m_card->moveCursor(QTextCursor::Start);
        m_card->setVisible(!texts.card.isEmpty());
      });
}

void WeightsDetails::setCommand(const QString& command) {
  m_command->setText(command);
  m_command->setVisible(!command.isEmpty());
  m_copy->setVisible(!command.isEmpty());
}

void WeightsDetails::setCheck(Check check, const QString& words) {
  const auto& colors = m_theme.colors();
  const QIcon icon = check == Check::Sound     ? m_theme.icon("check", colors.good)
                     : check == Check::Unsound ? m_theme.icon("cross", colors.bad)
                     : check == Check::Stopped ? m_theme.icon("triangle", colors.warn)
                                               : m_theme.icon("play");
  m_checkIcon->setPixmap(icon.pixmap(kIcon));
  m_checkIcon->setVisible(check != Check::None);
  m_check->setText(words);
  m_check->setVisible(check != Check::None);
  m_bar->setVisible(check == Check::Running);
  m_stop->setVisible(check == Check::Running);
  if (check == Check::Running) {
    m_bar->setRange(0, 0);
  }
}

void WeightsDetails::showProgress(const runs::ProgressEvent& progress) {
  constexpr int kSteps = 1000;
  QString words = QString::fromStdString(progress.stage);
  if (progress.total > 0) {
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(progress.done * kSteps / progress.total));
    words += tr(", %1 of %2 %3")
                 .arg(countText(progress.done), countText(progress.total),
                      QString::fromStdString(progress.unit));
  }
  if (progress.rate > 0) {
    words += tr(", %1 %2 a second")
                 .arg(countText(static_cast<qint64>(progress.rate)),
                      QString::fromStdString(progress.unit));
  }
  if (progress.secondsLeft >= 0) {
    words += tr(", %1 left").arg(durationText(progress.secondsLeft));
  }
  m_check->setText(words);
}

}  // namespace twofold::ui
