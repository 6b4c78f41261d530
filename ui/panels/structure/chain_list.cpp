#include "ui/panels/structure/chain_list.h"

#include <QPainter>
#include <QSignalBlocker>

#include "ui/viewport/scene_colors.h"
#include "ui/viewport/viewport_overlay.h"

namespace twofold::ui {
namespace {

QIcon swatch(const QColor& color, qreal pixelRatio) {
  constexpr int kSize = 16;
  constexpr int kInset = 3;
  QPixmap pixmap(QSize(kSize, kSize) * pixelRatio);
  pixmap.setDevicePixelRatio(pixelRatio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawRoundedRect(kInset, kInset, kSize - 2 * kInset, kSize - 2 * kInset, 2, 2);
  return QIcon(pixmap);
}

}  // namespace

QColor chainColor(const Theme& theme, const SceneChain& chain) {
  return sceneColors(theme).of(chain);
}

ChainList::ChainList(const Theme& theme, QWidget* parent) : QListWidget(parent), m_theme(theme) {
  setObjectName(QStringLiteral("chainList"));
  setAccessibleName(tr("Chains"));
  setUniformItemSizes(true);
  setTextElideMode(Qt::ElideRight);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSelectionMode(NoSelection);
  connect(this, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    Q_EMIT visibilityChanged(row(item), item->checkState() == Qt::Checked);
  });
}

void ChainList::setScene(const StructureScene& scene) {
  const QSignalBlocker quiet(this);
  clear();
  for (const SceneChain& chain : scene.chains) {
    const QString accession = QString::fromStdString(chain.chain.accession);
    const QString count = residuesText(chain.chain.residues.size());
    const QString name = tr("Chain %1").arg(QString::fromStdString(chain.name));
    const QString label = name + QStringLiteral("  ") + (accession.isEmpty() ? count : accession);
    auto* item =
        new QListWidgetItem(swatch(chainColor(m_theme, chain), devicePixelRatioF()), label, this);
    item->setToolTip(accession.isEmpty() ? label : label + QStringLiteral(", ") + count);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    item->setCheckState(chain.visible ? Qt::Checked : Qt::Unchecked);
    item->setSizeHint({0, Tokens::kRow});
  }
  constexpr int kMostRows = 6;
  setFixedHeight(std::clamp(count(), 1, kMostRows) * Tokens::kRow + 2 * frameWidth());
}

}  // namespace twofold::ui
