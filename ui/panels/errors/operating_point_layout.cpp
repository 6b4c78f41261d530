// The widgets of the operating point and where they stand.
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <limits>

#include "ui/panels/errors/operating_point_box.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

QLabel* titleLabel(QWidget* parent, const QString& text, QWidget* buddy = nullptr) {
  auto* label = new QLabel(text, parent);
  label->setBuddy(buddy);
  return label;
}

QHBoxLayout* row(QVBoxLayout* layout) {
  auto* made = new QHBoxLayout;
  made->setSpacing(Tokens::kSpace2);
  layout->addLayout(made);
  return made;
}

}  // namespace

void OperatingPointBox::buildLayout(const Theme& theme) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  buildThreshold(layout);
  buildAim(layout);
  buildCells(layout);
  buildPrevalence(layout, theme);
  buildRates(layout);
  layout->addStretch(1);
}

void OperatingPointBox::buildThreshold(QVBoxLayout* layout) {
  m_slider = new MarkedSlider(this);
  m_slider->setObjectName(QStringLiteral("thresholdSlider"));
  m_slider->setAccessibleName(tr("Threshold, by the share of pairs below it"));
  m_slider->setToolTip(
      tr("Moves through the pairs in the order of their scores; the mark is the run's own "
         "threshold."));
  m_slider->setRange(0, 1000);
  m_slider->setPageStep(50);
  m_spin = new QDoubleSpinBox(this);
  m_spin->setObjectName(QStringLiteral("thresholdSpin"));
  m_spin->setDecimals(6);
  m_spin->setSingleStep(0.01);
  m_spin->setKeyboardTracking(false);
  m_spin->setRange(std::numeric_limits<float>::lowest(), std::numeric_limits<float>::max());
  m_spin->setFixedWidth(m_spin->fontMetrics().horizontalAdvance(QStringLiteral("0.000000")) + 56);
  auto* line = row(layout);
  line->addWidget(titleLabel(this, tr("&Threshold"), m_spin));
  line->addWidget(m_slider, 1);
  line->addWidget(m_spin);
  m_from = wordsLabel(this, "thresholdFrom");
  m_from->setProperty("role", "muted");
  m_own = namedButton(this, tr("Back to the run's"), "ownThreshold");
  auto* below = row(layout);
  below->addWidget(m_from, 1);
  below->addWidget(m_own);
}

void OperatingPointBox::buildAim(QVBoxLayout* layout) {
  m_aim = new QComboBox(this);
  m_aim->setObjectName(QStringLiteral("aim"));
  m_aim->addItems({tr("best MCC"), tr("best F1"), tr("precision of"), tr("least cost")});
  m_aimValue = new QDoubleSpinBox(this);
  m_aimValue->setObjectName(QStringLiteral("aimValue"));
  m_choose = namedButton(this, tr("Choose on validation"), "chooseThreshold");
  auto* line = row(layout);
  line->addWidget(titleLabel(this, tr("&Aim"), m_aim));
  line->addWidget(m_aim);
  line->addWidget(m_aimValue, 1);
  line->addWidget(m_choose);
}

void OperatingPointBox::buildCells(QVBoxLayout* layout) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(Tokens::kSpace2);
  grid->setVerticalSpacing(Tokens::kSpace1);
  const auto add = [&](errors::Cell cell, int at, int column, const QString& help) {
    auto* button = new QPushButton(this);
    button->setObjectName(QStringLiteral("cell%1").arg(QLatin1String(
        errors::name(cell).data(), static_cast<qsizetype>(errors::name(cell).size()))));
    button->setCheckable(true);
    button->setToolTip(help);
    m_cells[static_cast<std::size_t>(cell)] = button;
    grid->addWidget(button, at, column);
  };
  grid->addWidget(titleLabel(this, tr("labelled +")), 1, 0);
  grid->addWidget(titleLabel(this, tr("labelled −")), 2, 0);
  grid->addWidget(titleLabel(this, tr("called +")), 0, 1, Qt::AlignHCenter);
  grid->addWidget(titleLabel(this, tr("called −")), 0, 2, Qt::AlignHCenter);
  add(errors::Cell::TruePositive, 1, 1, tr("Interacts and is called so. Lists these pairs."));
  add(errors::Cell::FalseNegative, 1, 2, tr("Interacts and is missed. Lists these pairs."));
  add(errors::Cell::FalsePositive, 2, 1,
      tr("Is called and is not known to interact. Lists these pairs."));
  add(errors::Cell::TrueNegative, 2, 2, tr("Rightly not called. Lists these pairs."));
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(2, 1);
  layout->addLayout(grid);
}

void OperatingPointBox::buildPrevalence(QVBoxLayout* layout, const Theme& theme) {
  m_prevalenceSlider = new MarkedSlider(this);
  m_prevalenceSlider->setObjectName(QStringLiteral("prevalenceSlider"));
  m_prevalenceSlider->setAccessibleName(tr("Prevalence, from 1 : 1 to 1 : 1000"));
  m_prevalenceSlider->setToolTip(
      tr("Interacting pairs to others, from 1 : 1 to 1 : 1000; the mark is this part's own."));
  m_prevalenceSlider->setRange(0, 300);  // hundredths of the ratio's logarithm
  m_prevalenceSlider->setPageStep(50);
  m_prevalenceText = new QLabel(this);
  m_prevalenceText->setObjectName(QStringLiteral("prevalenceText"));
  m_prevalenceText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_prevalenceText->setFixedWidth(
      m_prevalenceText->fontMetrics().horizontalAdvance(QStringLiteral("1 : 1000")) +
      Tokens::kSpace2);
  m_ownPrevalence = namedButton(this, tr("As here"), "ownPrevalence");
  m_ownPrevalence->setToolTip(tr("Back to the prevalence of this part"));
  auto* line = row(layout);
  line->addWidget(titleLabel(this, tr("&Prevalence"), m_prevalenceSlider));
  line->addWidget(m_prevalenceSlider, 1);
  line->addWidget(m_prevalenceText);
  line->addWidget(m_ownPrevalence);
  m_expectation = wordsLabel(this, "expectation");
  const auto applyTheme = [this, &theme] {
    QFont strong = theme.font(Theme::Size::Body);
    strong.setWeight(QFont::DemiBold);
    m_expectation->setFont(strong);
  };
  connect(&theme, &Theme::changed, this, applyTheme);
  applyTheme();
  layout->addWidget(m_expectation);
}

void OperatingPointBox::buildRates(QVBoxLayout* layout) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(Tokens::kSpace3);
  grid->setVerticalSpacing(Tokens::kSpace1);
  auto* intervals = titleLabel(this, tr("with 95 % intervals"));
  intervals->setToolTip(tr("Over %1 resamples of proteins; those recorded with the run are over "
                           "fewer and may differ in the last digits.")
                            .arg(errors::kResamples));
  grid->addWidget(intervals, 0, 0);
  grid->addWidget(titleLabel(this, tr("as here")), 0, 1, Qt::AlignRight);
  m_thereTitle = titleLabel(this, {});
  grid->addWidget(m_thereTitle, 0, 2, Qt::AlignRight);
  const QStringList titles = {tr("Accuracy"), tr("Precision"), tr("Recall"), tr("F1"), tr("MCC")};
  const QStringList names = {"accuracy", "precision", "recall", "f1", "mcc"};
  for (int i = 0; i < titles.size(); ++i) {
    grid->addWidget(titleLabel(this, titles[i]), i + 1, 0);
    const auto add = [&](int column, const QString& name) {
      auto* label = new QLabel(this);
      label->setObjectName(name);
      label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
      label->setTextInteractionFlags(Qt::TextSelectableByMouse);
      grid->addWidget(label, i + 1, column);
      return label;
    };
    m_here[static_cast<std::size_t>(i)] = add(1, names[i] + "Here");
    m_there[static_cast<std::size_t>(i)] = add(2, names[i] + "There");
  }
  grid->setColumnStretch(0, 1);
  layout->addLayout(grid);
}

}  // namespace twofold::ui
