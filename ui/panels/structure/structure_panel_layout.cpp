// Layout and connections of the structure panel.
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/panels/structure/structure_panel.h"
#include "ui/viewport/opengl_setup.h"

namespace twofold::ui {

void StructurePanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  m_chooser = new QComboBox(m_pages->content());
  m_chooser->setObjectName(QStringLiteral("structureChooser"));
  m_chooser->setAccessibleName(tr("Structure that shows the pair"));
  m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_title = new QLabel(m_pages->content());
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_reset = new QPushButton(tr("Reset view"), m_pages->content());
  m_reset->setObjectName(QStringLiteral("resetView"));
  auto* header = new QHBoxLayout;
  header->setSpacing(Tokens::kSpace3);
  header->addWidget(m_chooser);
  header->addWidget(m_title, 1);
  header->addWidget(m_reset);

  const QString problem = openGlProblem();
  QWidget* view = nullptr;
  if (problem.isEmpty()) {
    view = m_viewport = new ViewportWidget(m_theme, m_pages->content());
  } else {
    auto* words = new EmptyNote(m_theme, m_pages->content());
    words->setObjectName(QStringLiteral("noOpenGl"));
    words->say(problem);
    view = words;
    m_reset->hide();
  }
  auto* across = new QSplitter(Qt::Horizontal, m_pages->content());
  across->setChildrenCollapsible(false);
  across->addWidget(view);
  across->addWidget(buildSide());
  across->setStretchFactor(0, 1);
  across->setSizes({700, 260});
  auto* down = new QSplitter(Qt::Vertical, m_pages->content());
  down->setChildrenCollapsible(false);
  down->addWidget(across);
  down->addWidget(buildStrips());
  down->setStretchFactor(0, 1);
  down->setSizes({520, 140});
  auto* content = new QVBoxLayout(m_pages->content());
  content->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  content->setSpacing(Tokens::kSpace2);
  content->addLayout(header);
  content->addWidget(down, 1);
}

QWidget* StructurePanel::buildSide() {
  auto* side = new QWidget(m_pages->content());
  side->setMinimumWidth(220);
  m_chains = new ChainList(m_theme, side);
  m_interface = new InterfaceView(m_theme, side);
  m_picked = new QLabel(side);
  m_picked->setObjectName(QStringLiteral("pickedResidue"));
  m_picked->setWordWrap(true);
  m_picked->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(Tokens::kSpace2, 0, 0, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(m_chains);
  layout->addWidget(buildTint(side));
  layout->addWidget(m_interface, 1);
  layout->addWidget(m_picked);
  return side;
}

QWidget* StructurePanel::buildTint(QWidget* parent) {
  m_tint = new QWidget(parent);
  m_tint->setObjectName(QStringLiteral("residueTint"));
  m_tintWords = new QLabel(m_tint);
  m_tintWords->setObjectName(QStringLiteral("residueTintWords"));
  m_tintWords->setWordWrap(true);
  m_tintWords->setProperty("role", "muted");
  auto* off = new QPushButton(tr("Colour by chain"), m_tint);
  off->setObjectName(QStringLiteral("colourByChain"));
  off->setProperty("role", "quiet");
  connect(off, &QPushButton::clicked, this, [this] { m_session.showResidueValues(std::nullopt); });
  auto* layout = new QVBoxLayout(m_tint);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(m_tintWords);
  layout->addWidget(off, 0, Qt::AlignLeft);
  m_tint->hide();
  return m_tint;
}

QWidget* StructurePanel::buildStrips() {
  m_stripArea = new QScrollArea(m_pages->content());
  m_stripArea->setObjectName(QStringLiteral("sequenceArea"));
  m_stripArea->setWidgetResizable(true);
  m_stripArea->setAccessibleName(tr("Sequences"));
  m_stripArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_stripArea->setMinimumHeight(72);
  auto* strips = new QWidget(m_stripArea);
  m_stripA = new SequenceStrip(m_theme, strips);
  m_stripB = new SequenceStrip(m_theme, strips);
  m_mappingA = new MappingLine(strips);
  m_mappingB = new MappingLine(strips);
  m_mappingA->setObjectName(QStringLiteral("mappingA"));
  m_mappingB->setObjectName(QStringLiteral("mappingB"));
  m_stripA->setObjectName(QStringLiteral("stripA"));
  m_stripB->setObjectName(QStringLiteral("stripB"));
  auto* layout = new QVBoxLayout(strips);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(m_mappingA);
  layout->addWidget(m_stripA);
  layout->addWidget(m_mappingB);
  layout->addWidget(m_stripB);
  layout->addStretch(1);
  m_stripArea->setWidget(strips);
  return m_stripArea;
}

void StructurePanel::connectViews() {
  connect(m_chooser, &QComboBox::activated, this,
          [this](int index) { load({m_choices.at(index)}); });
  connect(m_pages, &PanelPages::actionWanted, this, [this] {
    const bool needsPair = !m_session.pair() && m_session.structure() == 0;
    Q_EMIT m_session.panelWanted(needsPair ? QStringLiteral("pairs") : QStringLiteral("data"));
  });
  connect(m_interface, &InterfaceView::highlightChanged, this, &StructurePanel::markSequences);
  connect(m_interface, &InterfaceView::chainsChosen, this, &StructurePanel::chooseChains);
  connect(m_interface, &InterfaceView::contactChosen, this,
          [this](const ResidueRef& a, const ResidueRef& b) {
            select({a, b});
          });
  connect(m_chains, &ChainList::visibilityChanged, this, [this](int chain, bool visible) {
    m_scene.chains[static_cast<std::size_t>(chain)].visible = visible;
    if (m_viewport) {
      m_viewport->setChainVisible(chain, visible);
    }
  });
  connect(&m_theme, &Theme::changed, this, [this] { m_chains->setScene(m_scene); });
  const auto link = [this](SequenceStrip* strip, bool first) {
    const auto chain = [this, first] {
      return first ? std::max(m_scene.chainA, 0) : m_scene.chainB;
    };
    connect(strip, &SequenceStrip::hovered, this, [this, chain](int residue) {
      if (m_viewport) {
        m_viewport->setHovered({chain(), residue});
      }
    });
    connect(strip, &SequenceStrip::clicked, this,
            [this, chain](int residue, bool toggle) { clickStrip(chain(), residue, toggle); });
    connect(strip, &SequenceStrip::cleared, this, [this] { select({}); });
  };
  link(m_stripA, true);
  link(m_stripB, false);
  if (m_viewport) {
    connect(m_reset, &QPushButton::clicked, m_viewport, &ViewportWidget::resetView);
    connect(m_viewport, &ViewportWidget::selectionChanged, this,
            [this] { select(m_viewport->selection()); });
    connect(m_viewport, &ViewportWidget::residueHovered, this, &StructurePanel::hover);
  }
}

}  // namespace twofold::ui
