// The widgets of the pair panel and where they stand.
#include <QFrame>
#include <QHBoxLayout>
#include <QScrollArea>

#include "ui/panels/pair/pair_panel.h"

namespace twofold::ui {

void PairPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* scroll = new QScrollArea(m_pages->content());
  scroll->setWidgetResizable(true);
  scroll->setAccessibleName(tr("Pair in focus"));
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* inner = new QWidget(scroll);
  scroll->setWidget(inner);
  auto* page = new QVBoxLayout(m_pages->content());
  page->setContentsMargins(0, 0, 0, 0);
  page->addWidget(scroll);
  m_label = new QLabel(inner);
  m_label->setObjectName(QStringLiteral("pairLabel"));
  m_label->setProperty("role", "muted");
  auto* layout = new QVBoxLayout(inner);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(buildProtein(m_idA, m_wordsA, proteinAColor()));
  layout->addWidget(buildProtein(m_idB, m_wordsB, proteinBColor()));
  layout->addWidget(m_label);
  layout->addSpacing(Tokens::kSpace2);
  layout->addWidget(buildAnswer());
  layout->addStretch(1);
}

QWidget* PairPanel::buildProtein(QLabel*& id, QLabel*& words, const QColor& color) {
  auto* block = new QWidget(this);
  auto* mark = new QFrame(block);
  mark->setFixedWidth(Tokens::kSpace1);
  QPalette palette = mark->palette();
  palette.setColor(QPalette::Window, color);
  mark->setPalette(palette);
  mark->setAutoFillBackground(true);
  id = new QLabel(block);
  id->setFont(m_theme.monospace());
  id->setTextInteractionFlags(Qt::TextSelectableByMouse);
  words = new QLabel(block);
  words->setProperty("role", "muted");
  words->setWordWrap(true);
  auto* text = new QVBoxLayout;
  text->setSpacing(0);
  text->addWidget(id);
  text->addWidget(words);
  auto* layout = new QHBoxLayout(block);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(mark);
  layout->addLayout(text, 1);
  return block;
}

QWidget* PairPanel::buildAnswer() {
  auto* block = new QWidget(this);
  m_probability = new QLabel(block);
  m_probability->setObjectName(QStringLiteral("probability"));
  m_probability->setFont(m_theme.font(Theme::Size::Display));
  m_call = new QLabel(block);
  m_call->setObjectName(QStringLiteral("call"));
  m_bar = new ProbabilityBar(m_theme, block);
  m_state = new QLabel(block);
  m_state->setObjectName(QStringLiteral("pairState"));
  m_state->setWordWrap(true);
  m_whatIf = new QLabel(tr("Channels, and the probability if one switch were flipped"), block);
  m_whatIf->setProperty("role", "muted");
  m_whatIf->setWordWrap(true);
  m_channels = new QVBoxLayout;
  m_channels->setSpacing(Tokens::kSpace1);
  m_base = new QLabel(block);
  m_base->setObjectName(QStringLiteral("baseLogit"));
  m_base->setProperty("role", "muted");
  m_base->setFont(m_theme.font(Theme::Size::Small));
  m_base->hide();
  m_residues = new ResidueExplainer(m_session, block);
  m_residues->hide();
  auto* line = new QHBoxLayout;
  line->setSpacing(Tokens::kSpace3);
  line->addWidget(m_probability);
  line->addWidget(m_call, 1);
  auto* layout = new QVBoxLayout(block);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addLayout(line);
  layout->addWidget(m_bar);
  layout->addWidget(m_state);
  layout->addSpacing(Tokens::kSpace2);
  layout->addWidget(m_whatIf);
  layout->addLayout(m_channels);
  layout->addWidget(m_base);
  layout->addSpacing(Tokens::kSpace2);
  layout->addWidget(m_residues);
  return block;
}

}  // namespace twofold::ui
