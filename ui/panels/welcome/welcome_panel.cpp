#include "ui/panels/welcome/welcome_panel.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>

namespace twofold::ui {

namespace {

constexpr int kColumnWidth = 560;
constexpr int kSignSize = 56;

QLabel* words(const QString& text, const QFont& font, bool muted, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setFont(font);
  label->setWordWrap(true);
  if (muted) {
    label->setProperty("role", "muted");
  }
  return label;
}

}  // namespace

WelcomePanel::WelcomePanel(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_demo(new QPushButton(tr("Open the demo"), this)),
      m_recent(new QVBoxLayout) {
  setObjectName(QStringLiteral("welcomePanel"));
  m_demo->setObjectName(QStringLiteral("openDemo"));
  m_demo->setProperty("role", "primary");
  m_noDemo = words(tr("The demo project is made by packaging/run.sh."),
                   theme.font(Theme::Size::Body), true, this);
  auto* open = new QPushButton(tr("Open a project"), this);
  open->setObjectName(QStringLiteral("openProject"));
  auto* create = new QPushButton(tr("New project"), this);
  create->setObjectName(QStringLiteral("newProject"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(Tokens::kSpace2);
  buttons->addWidget(m_demo);
  buttons->addWidget(open);
  buttons->addWidget(create);
  buttons->addStretch(1);
  auto* column = new QWidget(this);
  column->setFixedWidth(kColumnWidth);
  auto* lines = new QVBoxLayout(column);
  lines->setSpacing(Tokens::kSpace4);
  auto* sign = new QLabel(column);
  sign->setPixmap(QIcon(QStringLiteral(":/icons/twofold.svg")).pixmap(kSignSize));
  lines->addWidget(sign);
  lines->addWidget(
      words(QStringLiteral("Twofold"), theme.font(Theme::Size::Display), false, column));
  lines->addWidget(words(tr("Train, question and compare models that predict whether two proteins "
                            "interact, with the structures in sight."),
                         theme.font(Theme::Size::Title), false, column));
  lines->addWidget(words(tr("The demo holds real complexes (haemoglobin, aspartate "
                            "carbamoyltransferase, enterotoxin, HIV protease), pairs of subunits, "
                            "and a trained model. It needs no network."),
                         theme.font(Theme::Size::Body), true, column));
  lines->addLayout(buttons);
  lines->addWidget(m_noDemo);
  lines->addSpacing(Tokens::kSpace3);
  lines->addLayout(m_recent);
  auto* layout = new QVBoxLayout(this);
  layout->addStretch(2);
  // Between stretches, not aligned: an aligned widget ignores the height of its wrapped words.
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(column);
  row->addStretch(1);
  layout->addLayout(row);
  layout->addStretch(3);
  connect(m_demo, &QPushButton::clicked, this, [this] { Q_EMIT openWanted(m_demoFolder); });
  connect(open, &QPushButton::clicked, this, &WelcomePanel::chooseWanted);
  connect(create, &QPushButton::clicked, this, &WelcomePanel::createWanted);
  setDemo({});
}

void WelcomePanel::setDemo(const QString& folder) {
  m_demoFolder = folder;
  m_demo->setVisible(!folder.isEmpty());
  m_noDemo->setVisible(folder.isEmpty());
}

void WelcomePanel::setRecent(const QStringList& folders) {
  while (auto* item = m_recent->takeAt(0)) {
    item->widget()->setParent(nullptr);
    item->widget()->deleteLater();  // perhaps the button that is being clicked
    delete item;
  }
  if (folders.isEmpty()) {
    return;
  }
  m_recent->addWidget(words(tr("Recent projects"), m_theme.font(Theme::Size::Body), true, this));
  for (const auto& folder : folders) {
    auto* button = new QPushButton(QDir(folder).dirName(), this);
    button->setToolTip(folder);
    button->setProperty("role", "quiet");
    m_recent->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &QPushButton::clicked, this, [this, folder] { Q_EMIT openWanted(folder); });
  }
}

}  // namespace twofold::ui
