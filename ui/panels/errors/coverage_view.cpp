#include "ui/panels/errors/coverage_view.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/panels/worker_form.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr double kApart = 1.0 / 1000;    // of the axis; below a pixel
constexpr double kFewestShown = 0.0025;  // a curve of a handful of pairs only jumps

}  // namespace

PlotSpec coveragePlot(const metrics::SelectiveCurve& curve, qint64 pairs) {
  PlotSpec spec;
  PlotLine line;
  line.name = CoverageView::tr("surest pairs alone");
  double last = -1;
  for (const auto& point : curve.points) {
    const bool isEnd = &point == &curve.points.back();
    if (isEnd || (point.coverage >= kFewestShown && point.coverage - last >= kApart)) {
      line.x.append(point.coverage);
      line.y.append(point.accuracy);
      last = point.coverage;
    }
  }
  const double all = curve.points.empty() ? std::nan("") : curve.points.back().accuracy;
  const double half = curve.accuracyAt(0.5);
  spec.title = CoverageView::tr("Calling the surest half: accuracy %1 instead of %2")
                   .arg(probabilityText(half), probabilityText(all));
  spec.note = CoverageView::tr("n = %1 pairs; mean accuracy over all coverages %2")
                  .arg(countText(pairs), probabilityText(curve.area));
  spec.x = {CoverageView::tr("Coverage: share of pairs called"), std::pair{-0.02, 1.02}, false};
  spec.y = {CoverageView::tr("Accuracy of those"), {}, false};
  spec.lines = {line, {CoverageView::tr("all pairs"), {0, 1}, {all, all}, kMutedLine, true}};
  return spec;
}

CoverageView::CoverageView(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_readout(wordsLabel(this, "coverageReadout")),
      m_plot(new PlotView(theme, this)) {
  setObjectName(QStringLiteral("coverageView"));
  m_slider->setObjectName(QStringLiteral("coverageSlider"));
  m_slider->setRange(1, 100);
  m_slider->setValue(50);
  m_slider->setPageStep(10);
  m_plot->setObjectName(QStringLiteral("coveragePlot"));
  auto* label = new QLabel(tr("&Coverage"), this);
  label->setBuddy(m_slider);
  auto* line = new QHBoxLayout;
  line->setSpacing(Tokens::kSpace2);
  line->addWidget(label);
  line->addWidget(m_slider, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(line);
  layout->addWidget(m_readout);
  layout->addWidget(m_plot, 1);
  connect(m_slider, &QSlider::valueChanged, this, &CoverageView::showReadout);
}

void CoverageView::setCurve(metrics::SelectiveCurve curve, qint64 pairs) {
  m_curve = std::move(curve);
  m_pairs = pairs;
  m_spec = coveragePlot(m_curve, m_pairs);
  showReadout();
}

void CoverageView::showReadout() {
  const double coverage = m_slider->value() / 100.0;
  const double accuracy = m_curve.accuracyAt(coverage);
  const auto called = static_cast<qint64>(std::llround(coverage * static_cast<double>(m_pairs)));
  m_readout->setText(
      tr("The surest %1 % (%2 pairs) are called with accuracy %3; %4 pairs are left "
         "uncalled.")
          .arg(m_slider->value())
          .arg(countText(called), probabilityText(accuracy), countText(m_pairs - called)));
  auto spec = m_spec;
  if (!std::isnan(accuracy)) {
    spec.marks.append({coverage, accuracy,
                       tr("%1 %, %2").arg(m_slider->value()).arg(probabilityText(accuracy)), 0,
                       true});
  }
  m_plot->setSpec(spec);
}

}  // namespace twofold::ui
