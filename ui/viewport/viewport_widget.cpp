#include "ui/viewport/viewport_widget.h"

#include <algorithm>
#include <utility>

#include "ui/theme/number_text.h"
#include "ui/viewport/viewport_overlay.h"

namespace twofold::ui {
namespace {

constexpr int kSettleTime = 200;  // ms after the last movement until all is drawn again

Vector middleOf(const bio::Chain& chain) {
  Vector sum{};
  double count = 0;
  for (const bio::Residue& residue : chain.residues) {
    if (residue.hasCalpha) {
      sum = sum + toVector(residue.calpha);
      ++count;
    }
  }
  return sum * (1 / std::max(count, 1.0));
}

}  // namespace

ViewportWidget::ViewportWidget(const Theme& theme, QWidget* parent)
    : VtkCanvas(parent), m_theme(theme), m_overlay(new ViewportOverlay(theme, this)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(160, 120);
  setAccessibleName(tr("Structure in three dimensions"));
  addRenderer(m_renderer.renderer());
  connect(&theme, &Theme::changed, this, [this] {
    recolour();
    showLegend();
  });
  m_settle.setSingleShot(true);
  m_settle.setInterval(kSettleTime);
  connect(&m_settle, &QTimer::timeout, this, [this] {
    m_renderer.setDraft(false);
    redraw();
  });
  recolour();
}

ViewportWidget::~ViewportWidget() = default;

void ViewportWidget::setScene(StructureScene scene, View view) {
  m_scene = std::move(scene);
  m_highlight = {};  // the marks of other chains mean nothing here
  if (view == View::Fit) {
    m_selection.clear();
    m_hovered = {};
    m_untouched = true;
  }
  m_overlay->setMessage({});
  m_overlay->setHover({}, {});
  rebuild();
  if (view == View::Fit) {
    resetView();
  }
  showLegend();
  showSelection();
}

const StructureScene& ViewportWidget::scene() const {
  return m_scene;
}

void ViewportWidget::clear(const QString& message) {
  setScene({});
  m_overlay->setMessage(message);
}

void ViewportWidget::setHighlight(InterfaceHighlight highlight) {
  m_highlight = std::move(highlight);
  recolour();
}

void ViewportWidget::setChainVisible(int chain, bool visible) {
  SceneChain& entry = m_scene.chains[static_cast<std::size_t>(chain)];
  if (std::exchange(entry.visible, visible) != visible) {
    rebuild();
    showLegend();
  }
}

void ViewportWidget::setSelection(const QList<ResidueRef>& selection) {
  if (selection != m_selection) {
    m_selection = selection;
    showSelection();
    Q_EMIT selectionChanged();
  }
}

const QList<ResidueRef>& ViewportWidget::selection() const {
  return m_selection;
}

void ViewportWidget::setHovered(const ResidueRef& residue) {
  m_hovered = residue;
  const auto at = positionOf(residue);
  m_overlay->setHover(at ? at->toPoint() : QPoint(),
                      at ? QString::fromStdString(m_scene.label(residue)) : QString());
}

void ViewportWidget::centreOn(const ResidueRef& residue) {
  const bio::Residue* found = m_scene.residue(residue);
  if (found && found->hasCalpha) {
    ui::centreOn(m_camera, toVector(found->calpha));
    m_untouched = false;
    applyCamera();
  }
}

void ViewportWidget::resetView() {
  std::optional<Vector> axis;  // from the middle of A to that of B: A left, B right
  std::optional<Vector> pairMiddle;
  if (m_scene.chainA >= 0 && m_scene.chainB >= 0) {
    const Vector a = middleOf(m_scene.chains[static_cast<std::size_t>(m_scene.chainA)].chain);
    const Vector b = middleOf(m_scene.chains[static_cast<std::size_t>(m_scene.chainB)].chain);
    axis = b - a;
    pairMiddle = (a + b) * 0.5;
  }
  m_camera = fittedCamera(m_scene.visiblePoints(), axis, aspect());
  if (pairMiddle && dot(*pairMiddle - m_camera.focus, m_camera.forward()) > 0) {
    orbit(m_camera, 0, 1);  // half a turn: the pair in front of the other chains
  }
  m_untouched = true;
  applyCamera();
}

const Camera& ViewportWidget::camera() const {
  return m_camera;
}

std::optional<QPointF> ViewportWidget::positionOf(const ResidueRef& residue) const {
  const bio::Residue* found = m_scene.residue(residue);
  if (!found || !found->hasCalpha) {
    return std::nullopt;
  }
  const auto at = project(m_camera, toVector(found->calpha));
  if (!at || std::abs((*at)[1]) > 1 || std::abs((*at)[0]) > aspect()) {
    return std::nullopt;
  }
  return QPointF(width() / 2.0 + (*at)[0] * height() / 2.0,
                 height() / 2.0 - (*at)[1] * height() / 2.0);
}

void ViewportWidget::rebuild() {
  const std::size_t residues = m_scene.residueCount();
  const TubeShape shape = shapeFor(residues, isSoftware());
  m_renderer.build(m_scene, shape);
  m_overlay->setNote(
      shape.steps < TubeShape{}.steps
          ? tr("Drawn with less detail: %1 residues").arg(countText(static_cast<qint64>(residues)))
          : QString());
  recolour();
}

void ViewportWidget::recolour() {
  const SceneColors colors = sceneColors(m_theme);
  m_renderer.colour(m_scene, colors);
  m_renderer.markInterface(m_scene, m_highlight, colors);
  m_renderer.markSelection(m_scene, m_selection, colors);
  redraw();
}

void ViewportWidget::applyCamera() {
  m_renderer.setCamera(m_camera, static_cast<int>(height() * devicePixelRatioF()));
  redraw();
}

void ViewportWidget::moved() {
  m_untouched = false;
  if (isSoftware()) {
    m_renderer.setDraft(true);
    m_settle.start();
  }
  applyCamera();
}

void ViewportWidget::contextReady() {
  rebuild();  // the level of detail depends on who draws
}

void ViewportWidget::showLegend() {
  const SceneColors colors = sceneColors(m_theme);
  QList<LegendEntry> entries;
  const bool isTinted = std::any_of(m_scene.chains.begin(), m_scene.chains.end(),
                                    [](const SceneChain& chain) { return !chain.values.empty(); });
  if (isTinted) {  // chains no longer have colours of their own
    entries = {{divergingColor(1, colors.mode), tr("For"), tr("interaction")},
               {divergingColor(0, colors.mode), tr("Neither"), {}},
               {divergingColor(-1, colors.mode), tr("Against"), tr("interaction")},
               {colors.context, tr("Not seen"), {}}};
  }
  for (const SceneChain& chain : m_scene.chains) {
    if (!chain.visible || isTinted) {
      continue;
    }
    const QString count = residuesText(chain.chain.residues.size());
    const QString accession = QString::fromStdString(chain.chain.accession);
    entries.append({colors.of(chain), QString::fromStdString(chain.name),
                    accession.isEmpty() ? count : accession + QStringLiteral(", ") + count});
  }
  m_overlay->setLegend(QString::fromStdString(m_scene.id), entries);
}

void ViewportWidget::showSelection() {
  const auto& selection = m_selection;
  const StructureScene& scene = m_scene;
  m_renderer.markSelection(scene, std::vector(selection.begin(), selection.end()),
                           sceneColors(m_theme));
  QString text;
  if (selection.size() == 1) {
    text = QString::fromStdString(scene.label(selection[0]));
  } else if (selection.size() == 2) {
    text = QString::fromStdString(scene.label(selection[0]) + " – " + scene.label(selection[1]));
    const bio::Residue* a = scene.residue(selection[0]);
    const bio::Residue* b = scene.residue(selection[1]);
    const bool measured = scene.docked || selection[0].chain == selection[1].chain;
    if (a && b && a->hasCalpha && b->hasCalpha && measured) {
      const double distance = length(toVector(a->calpha) - toVector(b->calpha));
      text += tr(", %1 Å").arg(distance, 0, 'f', 1);
    }
  } else if (selection.size() > 2) {
    text = tr("%1 selected").arg(residuesText(static_cast<std::size_t>(selection.size())));
  }
  m_overlay->setSelectionText(text);
  setAccessibleDescription(text);
  redraw();
}

}  // namespace twofold::ui
