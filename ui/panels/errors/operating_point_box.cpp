#include "ui/panels/errors/operating_point_box.h"

#include <QSignalBlocker>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

using errors::Cell;
using Kind = metrics::ThresholdAim::Kind;

constexpr double kPerDecade = 100;  // steps of the prevalence slider

/// Where on the slider so many of all pairs interact; rarer than 1 : 1000 is its end.
int placeOf(double prevalence) {
  return static_cast<int>(std::lround(
      std::clamp(kPerDecade * std::log10((1 - prevalence) / prevalence), 0.0, 3 * kPerDecade)));
}

double prevalenceAt(int place) {
  return 1 / (1 + std::pow(10.0, place / kPerDecade));
}

QString ratioText(double prevalence) {
  const double others = (1 - prevalence) / prevalence;
  const bool isWhole = others > 9.95 || std::abs(others - std::round(others)) < 0.05;
  return OperatingPointBox::tr("1 : %1").arg(QString::number(others, 'f', isWhole ? 0 : 1));
}

std::array<double, 5> ratesOf(const metrics::Confusion& counts) {
  return {counts.accuracy(), counts.precision(), counts.recall(), counts.f1(), counts.mcc()};
}

std::array<const errors::Estimate*, 5> estimatesOf(const errors::Rates& rates) {
  return {&rates.accuracy, &rates.precision, &rates.recall, &rates.f1, &rates.mcc};
}

/// Until an interval is there, room for it.
QString rateText(double value, const errors::Estimate* estimate) {
  if (estimate == nullptr) {
    return std::isnan(value) ? probabilityText(value)
                             : OperatingPointBox::tr("%1 […]").arg(probabilityText(value));
  }
  return estimate->interval ? intervalText(value, estimate->interval->low, estimate->interval->high)
                            : probabilityText(value);
}

}  // namespace

OperatingPointBox::OperatingPointBox(const Theme& theme, QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("operatingPoint"));
  buildLayout(theme);
  connectAll();
  showAim();
}

void OperatingPointBox::connectAll() {
  connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
    // The slider stays where the hand put it: among tied scores its place is not the threshold's.
    useThreshold(m_errors->ladder.thresholdAbove(place / 1000.0), tr("Set by hand."));
    Q_EMIT thresholdChanged();
  });
  connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    setThreshold(value, tr("Set by hand."));
    Q_EMIT thresholdChanged();
  });
  connect(m_own, &QPushButton::clicked, this, [this] {
    backToOwn();
    Q_EMIT thresholdChanged();
  });
  connect(m_aim, &QComboBox::currentIndexChanged, this, &OperatingPointBox::showAim);
  connect(m_aimValue, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    (static_cast<Kind>(m_aim->currentIndex()) == Kind::Cost ? m_cost : m_precision) = value;
  });
  connect(m_choose, &QPushButton::clicked, this, &OperatingPointBox::chooseByAim);
  connect(m_prevalenceSlider, &QSlider::valueChanged, this, [this](int place) {
    setPrevalence(prevalenceAt(place));
    Q_EMIT prevalenceChanged();
  });
  connect(m_ownPrevalence, &QPushButton::clicked, this, [this] {
    setPrevalence(errors::prevalenceOf(m_errors->part));
    Q_EMIT prevalenceChanged();
  });
  for (auto* button : m_cells) {
    connect(button, &QPushButton::clicked, this, [this, button](bool isOn) {
      for (auto* other : m_cells) {
        other->setChecked(other == button && isOn);
      }
      Q_EMIT cellChosen();
    });
  }
}

void OperatingPointBox::setErrors(SharedErrors loaded, bool keepsPoint) {
  const bool keepsThreshold = keepsPoint && m_errors != nullptr && !isOwnThreshold();
  const bool keepsPrevalence = keepsPoint && !isOwnPrevalence();
  m_errors = std::move(loaded);
  clearCell();
  const double own = m_errors->part.threshold;
  const bool hasOwn = !std::isnan(own);
  m_own->setVisible(hasOwn);
  m_slider->setMark(
      hasOwn ? std::optional(static_cast<int>(std::lround(1000 * m_errors->ladder.shareBelow(own))))
             : std::nullopt);
  const bool hasValidation = !m_errors->validationScores.empty();
  m_choose->setEnabled(hasValidation);
  m_choose->setToolTip(hasValidation
                           ? tr("On the run's validation pairs, never on those of the test")
                           : tr("The run has no scores of validation pairs to choose it on."));
  const double prevalence = errors::prevalenceOf(m_errors->part);
  const bool hasBoth = m_errors->hasBothClasses();
  m_prevalenceSlider->setEnabled(hasBoth);
  m_ownPrevalence->setEnabled(hasBoth);
  m_prevalenceSlider->setMark(hasBoth ? std::optional(placeOf(prevalence)) : std::nullopt);
  m_prevalence = keepsPrevalence ? m_prevalence : prevalence;
  if (keepsThreshold) {
    setThreshold(m_threshold, m_from->text());
  } else {
    backToOwn();
  }
  setPrevalence(m_prevalence);
}

void OperatingPointBox::backToOwn() {
  const double own = m_errors->part.threshold;
  if (std::isnan(own)) {
    // The median: half of the pairs are called, until somebody says more.
    setThreshold(m_errors->ladder.thresholdAbove(0.5),
                 tr("Its scores are ranks, which have no threshold: half of the pairs are called "
                    "until you choose one."));
  } else {
    setThreshold(own, !m_errors->part.isThresholdChosen ? tr("The run's own, chosen on no pairs.")
                      : m_errors->part.part == data::Part::Validation
                          ? tr("The run's own, chosen on these very pairs.")
                          : tr("The run's own, chosen on validation."));
  }
}

void OperatingPointBox::setThreshold(double threshold, const QString& from) {
  const QSignalBlocker quiet(m_slider);
  m_slider->setValue(static_cast<int>(std::lround(1000 * m_errors->ladder.shareBelow(threshold))));
  useThreshold(threshold, from);
}

void OperatingPointBox::useThreshold(double threshold, const QString& from) {
  m_threshold = threshold;
  const QSignalBlocker quiet(m_spin);
  m_spin->setValue(threshold);
  m_from->setText(from);
  m_own->setEnabled(!isOwnThreshold());
  showCounts();
}

void OperatingPointBox::setPrevalence(double prevalence) {
  m_prevalence = prevalence;
  const bool hasBoth = m_errors->hasBothClasses();
  const QSignalBlocker quiet(m_prevalenceSlider);
  m_prevalenceSlider->setValue(hasBoth ? placeOf(prevalence) : 0);
  m_prevalenceText->setText(hasBoth ? ratioText(prevalence) : QStringLiteral("–"));
  m_thereTitle->setText(hasBoth ? tr("at %1").arg(ratioText(prevalence)) : QString());
  showCounts();
}

bool OperatingPointBox::isOwnThreshold() const {
  return m_errors != nullptr && m_threshold == m_errors->part.threshold;
}

bool OperatingPointBox::isOwnPrevalence() const {
  return m_errors == nullptr || !m_errors->hasBothClasses() ||
         m_prevalence == errors::prevalenceOf(m_errors->part);
}

void OperatingPointBox::showAim() {
  const auto kind = static_cast<Kind>(m_aim->currentIndex());
  const bool hasValue = kind == Kind::Precision || kind == Kind::Cost;
  const QSignalBlocker quiet(m_aimValue);  // ranges that come and go are nobody's choice
  m_aimValue->setEnabled(hasValue);
  if (kind == Kind::Cost) {
    m_aimValue->setRange(0.001, 1000);
    m_aimValue->setDecimals(3);
    m_aimValue->setSingleStep(1);
    m_aimValue->setValue(m_cost);
    m_aimValue->setSuffix(tr(" : 1"));
    m_aimValue->setAccessibleName(tr("Cost of a false positive beside that of a miss"));
  } else {
    m_aimValue->setSuffix({});
    m_aimValue->setRange(0.001, 1);
    m_aimValue->setDecimals(3);
    m_aimValue->setSingleStep(0.05);
    m_aimValue->setValue(m_precision);
    m_aimValue->setAccessibleName(tr("At least this precision"));
  }
  m_aimValue->setToolTip(m_aimValue->accessibleName());
}

void OperatingPointBox::chooseByAim() {
  metrics::ThresholdAim aim;
  aim.kind = static_cast<Kind>(m_aim->currentIndex());
  aim.precision = m_aimValue->value();
  aim.falsePositive = m_aimValue->value();
  const auto words = QString::fromStdString(metrics::toText(aim));
  const auto found =
      metrics::chooseThreshold(aim, m_errors->validationScores, m_errors->validationLabels);
  if (!found) {
    m_from->setText(
        tr("No threshold on the %1 validation pairs reaches a %2. Ask for less.")
            .arg(countText(static_cast<qint64>(m_errors->validationScores.size())), words));
    return;
  }
  const bool isSame = m_errors->part.part == data::Part::Validation;
  setThreshold(*found, tr("Chosen on validation: %1.%2")
                           .arg(words, isSame ? tr(" On these very pairs it looks a little better "
                                                   "than it is.")
                                              : QString()));
  Q_EMIT thresholdChanged();
}

std::optional<Cell> OperatingPointBox::cell() const {
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    if (m_cells[i]->isChecked()) {
      return static_cast<Cell>(i);
    }
  }
  return std::nullopt;
}

void OperatingPointBox::clearCell() {
  for (auto* button : m_cells) {
    button->setChecked(false);
  }
}

void OperatingPointBox::showCounts() {
  const auto counts = m_errors->ladder.at(m_threshold);
  const std::array values = {counts.truePositives, counts.falsePositives, counts.trueNegatives,
                             counts.falseNegatives};
  const std::array titles = {tr("TP  %1"), tr("FP  %1"), tr("TN  %1"), tr("FN  %1")};
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    m_cells[i]->setText(titles[i].arg(countText(std::llround(values[i]))));
  }
  showRates(nullptr);
}

void OperatingPointBox::showIntervals(const errors::OperatingPoint& point) {
  if (point.threshold == m_threshold && point.prevalence == m_prevalence) {
    showRates(&point);
  }
}

void OperatingPointBox::showRates(const errors::OperatingPoint* point) {
  const auto counts = m_errors->ladder.at(m_threshold);
  const auto expected = counts.atPrevalence(m_prevalence);
  const bool hasBoth = m_errors->hasBothClasses();
  const auto here = ratesOf(counts);
  const auto there = ratesOf(expected);
  for (std::size_t i = 0; i < here.size(); ++i) {
    m_here[i]->setText(rateText(here[i], point == nullptr ? nullptr : estimatesOf(point->here)[i]));
    m_there[i]->setText(
        hasBoth ? rateText(there[i], point == nullptr ? nullptr : estimatesOf(point->there)[i])
                : QString());
  }
  const double precision = expected.precision();
  m_expectation->setText(
      !hasBoth ? tr("All labelled pairs are of one class: what to expect elsewhere is not known.")
      : std::isnan(precision)
          ? tr("No pair is called positive.")
          : tr("Of 100 pairs called positive about %1 are real, at %2.")
                .arg(QString::number(100 * precision, 'f', precision < 0.0995 ? 1 : 0),
                     ratioText(m_prevalence)));
}

}  // namespace twofold::ui
