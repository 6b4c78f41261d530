#include "ui/plots/plot_view.h"

#define signals Q_SIGNALS  // qcustomplot.h is written with Qt's keywords
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach

#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QSaveFile>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

namespace twofold::ui {
namespace {

constexpr int kHoverReach = 16;      // pixels
constexpr double kTextFlips = 0.72;  // of the width
constexpr double kMargin = 0.06;     // of the data's range, around it

using Range = std::pair<double, double>;

Range dataRange(const PlotSpec& spec, bool alongX) {
  Range range{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
  const auto take = [&](double value) {
    if (std::isfinite(value)) {
      range = {std::min(range.first, value), std::max(range.second, value)};
    }
  };
  for (const PlotLine& line : spec.lines) {
    for (const double value : alongX ? line.x : line.y) {
      take(value);
    }
  }
  for (const PlotMark& mark : spec.marks) {
    take(alongX ? mark.x : mark.y);
  }
  if (range.first > range.second) {
    return {0, 1};
  }
  const double size = range.second - range.first;
  const double margin = size > 0 ? size * kMargin : std::max(std::abs(range.first) * 0.1, 0.5);
  return {range.first - margin, range.second + margin};
}

QSharedPointer<QCPAxisTicker> namesTicker(const QStringList& names) {
  QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
  for (qsizetype i = 0; i < names.size(); ++i) {
    ticker->addTick(static_cast<double>(i), names[i]);
  }
  return ticker;
}

/// Ticks at whole numbers, for epochs.
class WholeTicker : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override {
    return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range)));
  }
  int getSubTickCount(double /*step*/) override { return 0; }
};

QSharedPointer<QCPAxisTicker> tickerOf(const PlotAxis& axis) {
  if (!axis.names.isEmpty()) {
    return namesTicker(axis.names);
  }
  return axis.whole ? QSharedPointer<QCPAxisTicker>(new WholeTicker)
                    : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker);
}

/// "Epoch: 3", or the name of a row alone.
QString valueText(const PlotAxis& axis, double value) {
  if (axis.names.isEmpty()) {
    return PlotView::tr("%1: %2").arg(axis.label, QLocale().toString(value, 'g', 4));
  }
  return axis.names.value(static_cast<qsizetype>(std::lround(value)));
}

}  // namespace

struct PlotView::State {
  const Theme& theme;
  PlotSpec spec;
  QLabel* title;
  QLabel* note;
  QCustomPlot* plot;
  bool rangeChosen = false;

  [[nodiscard]] QColor color(int index) const {
    const auto colors = categoryColors(theme.mode());
    if (index == kMutedLine) {
      return theme.colors().muted;
    }
    return index < 0 ? theme.colors().faint : colors[static_cast<std::size_t>(index) % 8];
  }
};

PlotView::PlotView(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_state(new State{theme, {}, new QLabel(this), new QLabel(this), new QCustomPlot(this)}) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace1);
  m_state->title->setWordWrap(true);
  m_state->title->setObjectName(QStringLiteral("plotTitle"));
  m_state->note->setObjectName(QStringLiteral("plotNote"));
  m_state->note->setWordWrap(true);
  layout->addWidget(m_state->title);
  layout->addWidget(m_state->plot, 1);
  layout->addWidget(m_state->note);
  QCustomPlot* plot = m_state->plot;
  plot->setMinimumSize(180, 120);
  plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  plot->setPlottingHint(QCP::phFastPolylines);
  plot->setNoAntialiasingOnDrag(true);
  plot->axisRect()->setupFullAxesBox();
  plot->xAxis2->setTicks(false);
  plot->yAxis2->setTicks(false);
  placeLegend();
  plot->setMouseTracking(true);
  connect(plot, &QCustomPlot::mouseDoubleClick, this, &PlotView::resetRange);
  connect(plot, &QCustomPlot::mouseMove, this, &PlotView::hover);
  const auto chosen = [this] { m_state->rangeChosen = true; };
  connect(plot, &QCustomPlot::mouseWheel, this, chosen);
  connect(plot, &QCustomPlot::mousePress, this, chosen);
  connect(&theme, &Theme::changed, this, &PlotView::draw);
  draw();
}

PlotView::~PlotView() = default;

const PlotSpec& PlotView::spec() const {
  return m_state->spec;
}

void PlotView::setSpec(const PlotSpec& spec) {
  const PlotSpec& old = m_state->spec;
  if (old.x.label != spec.x.label || old.y.label != spec.y.label) {
    m_state->rangeChosen = false;
  }
  m_state->spec = spec;
  draw();
}

void PlotView::resetRange() {
  m_state->rangeChosen = false;
  draw();
}

/// Above the axes, in one line, where no data can lie under it. Rows and columns with almost no
/// stretch take their smallest size.
void PlotView::placeLegend() {
  constexpr double kSmallest = 0.001;
  QCustomPlot* plot = m_state->plot;
  auto* row = new QCPLayoutGrid;
  plot->plotLayout()->insertRow(0);
  plot->plotLayout()->addElement(0, 0, row);
  plot->plotLayout()->setRowStretchFactor(0, kSmallest);
  plot->plotLayout()->setRowSpacing(0);
  row->addElement(0, 0, plot->legend);
  row->addElement(0, 1, new QCPLayoutElement(plot));  // takes the rest of the line
  row->setColumnStretchFactor(0, kSmallest);
  plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
  plot->legend->setMargins({0, 0, 0, 0});
}

void PlotView::draw() {
  QCustomPlot* plot = m_state->plot;
  const PlotSpec& spec = m_state->spec;
  m_state->title->setText(spec.title);
  m_state->note->setText(spec.note);
  setAccessibleName(spec.title);
  setAccessibleDescription(spec.note);
  plot->clearGraphs();
  plot->clearItems();
  applyTheme();
  plot->xAxis->setLabel(spec.x.label);
  plot->yAxis->setLabel(spec.y.label);
  plot->xAxis->setTicker(tickerOf(spec.x));
  plot->yAxis->setTicker(tickerOf(spec.y));
  int named = 0;
  for (const PlotLine& line : spec.lines) {
    QCPGraph* graph = plot->addGraph();
    graph->setData(line.x, line.y, true);
    graph->setName(line.name);
    const QColor color = m_state->color(line.color);
    QPen pen(color, line.x.size() > 10'000 ? 1.0 : 1.5);
    pen.setStyle(line.dashed ? Qt::DashLine : Qt::SolidLine);
    graph->setPen(pen);
    if (line.dots) {
      graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, color, color, 4));
    }
    if (line.name.isEmpty() || !line.isListed) {
      graph->removeFromLegend();
    } else {
      ++named;
    }
  }
  if (named < 2) {
    plot->legend->clearItems();
  }
  plot->legend->setVisible(named > 1);
  if (!m_state->rangeChosen) {
    const Range x = spec.x.range.value_or(dataRange(spec, true));
    const Range y = spec.y.range.value_or(dataRange(spec, false));
    plot->xAxis->setRange(x.first, x.second);
    plot->yAxis->setRange(y.first, y.second);
  }
  for (const PlotMark& mark : spec.marks) {
    drawMark(mark);
  }
  plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotView::drawMark(const PlotMark& mark) {
  QCustomPlot* plot = m_state->plot;
  QCPGraph* point = plot->addGraph();
  point->setData({mark.x}, {mark.y}, true);
  point->setLineStyle(QCPGraph::lsNone);
  const QPen ring(m_state->color(mark.color), 2);
  point->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssCircle, ring, QBrush(m_state->theme.colors().raised), 9));
  point->removeFromLegend();
  auto* text = new QCPItemText(plot);
  text->setText(mark.text);
  text->setFont(m_state->theme.font(Theme::Size::Small));
  text->setColor(m_state->theme.colors().text);
  // Near the right edge the text goes to the other side of its point, where the curve is not.
  const QCPRange range = plot->xAxis->range();
  const bool left = mark.x > range.lower + kTextFlips * range.size();
  const Qt::Alignment side = left ? Qt::AlignRight : Qt::AlignLeft;
  text->setPositionAlignment(side | (mark.above != left ? Qt::AlignBottom : Qt::AlignTop));
  text->setPadding({Tokens::kSpace2, Tokens::kSpace1, Tokens::kSpace2, Tokens::kSpace1});
  text->position->setCoords(mark.x, mark.y);
}

void PlotView::applyTheme() {
  const Tokens& tokens = m_state->theme.colors();
  const auto tint = [](QLabel* label, const QColor& color) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
  };
  m_state->title->setFont(m_state->theme.font(Theme::Size::Title));
  tint(m_state->title, tokens.text);
  m_state->note->setFont(m_state->theme.font(Theme::Size::Small));
  tint(m_state->note, tokens.muted);
  QCustomPlot* plot = m_state->plot;
  plot->setBackground(tokens.surface);
  plot->axisRect()->setBackground(tokens.raised);
  for (QCPAxis* axis : {plot->xAxis, plot->yAxis, plot->xAxis2, plot->yAxis2}) {
    axis->setBasePen(QPen(tokens.border));
    axis->setTickPen(QPen(tokens.border));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLength(0, 3);
    axis->setTickLabelColor(tokens.muted);
    axis->setTickLabelFont(m_state->theme.font(Theme::Size::Small));
    axis->setLabelColor(tokens.muted);
    axis->setLabelFont(m_state->theme.font(Theme::Size::Small));
    QColor grid = tokens.faint;
    grid.setAlphaF(0.25F);
    axis->grid()->setPen(QPen(grid, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  plot->legend->setBrush(Qt::NoBrush);
  plot->legend->setBorderPen(Qt::NoPen);
  plot->legend->setTextColor(tokens.text);
  plot->legend->setFont(m_state->theme.font(Theme::Size::Small));
}

void PlotView::hover(QMouseEvent* event) {
  const PlotSpec& spec = m_state->spec;
  QCustomPlot* plot = m_state->plot;
  double best = kHoverReach * kHoverReach;
  QString text;
  for (const PlotLine& line : spec.lines) {
    for (qsizetype i = 0; i < line.x.size(); ++i) {
      const double dx = plot->xAxis->coordToPixel(line.x[i]) - event->position().x();
      const double dy = plot->yAxis->coordToPixel(line.y[i]) - event->position().y();
      if (dx * dx + dy * dy < best) {
        best = dx * dx + dy * dy;
        text =
            QStringList{line.name, valueText(spec.x, line.x[i]), valueText(spec.y, line.y[i])}.join(
                '\n');
      }
    }
  }
  plot->setToolTip(text.trimmed());
}

QImage PlotView::image(double scale) const {
  return m_state->plot->toPixmap(0, 0, scale).toImage();
}

QString PlotView::exportTo(const QString& pngFile) const {
  QSaveFile csv(QFileInfo(pngFile).path() + QLatin1Char('/') +
                QFileInfo(pngFile).completeBaseName() + QStringLiteral(".csv"));
  const QByteArray text = toCsv(m_state->spec).toUtf8();
  const bool written = csv.open(QIODevice::WriteOnly) && csv.write(text) == text.size() &&
                       csv.commit() && image(2).save(pngFile, "PNG");
  return written ? QString() : tr("%1 cannot be written. Choose another folder.").arg(pngFile);
}

}  // namespace twofold::ui
