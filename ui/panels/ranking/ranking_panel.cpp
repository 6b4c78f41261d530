#include "ui/panels/ranking/ranking_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/theme/number_text.h"

namespace twofold::ui {
namespace {

QString partName(data::Part part) {
  return part == data::Part::Test ? RankingPanel::tr("Test") : RankingPanel::tr("Validation");
}

}  // namespace

RankingPanel::RankingPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session) {
  setObjectName(QStringLiteral("rankingPanel"));
  buildLayout(theme);
  const auto changed = [this] {
    m_stale = true;
    if (isVisible()) {
      refresh();
    }
  };
  connect(&session, &Session::runFocused, this, changed);
  connect(&session, &Session::runsChanged, this, changed);
  connect(&session, &Session::projectChanged, this, changed);
  connect(m_part, &QComboBox::activated, this, &RankingPanel::refresh);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("runs")); });
  showNothing(tr("ROC and precision–recall curves of a run appear here."));
}

RankingPanel::~RankingPanel() = default;

void RankingPanel::buildLayout(const Theme& theme) {
  m_pages = new PanelPages(theme, this);
  m_part = new QComboBox(m_pages->content());
  m_part->setObjectName(QStringLiteral("partChooser"));
  auto* label = new QLabel(tr("&Part"), m_pages->content());
  label->setBuddy(m_part);
  m_roc = new PlotView(theme, m_pages->content());
  m_roc->setObjectName(QStringLiteral("rocPlot"));
  m_precisionRecall = new PlotView(theme, m_pages->content());
  m_precisionRecall->setObjectName(QStringLiteral("precisionRecallPlot"));
  auto* chooser = new QHBoxLayout;
  chooser->setSpacing(Tokens::kSpace2);
  chooser->addWidget(label);
  chooser->addWidget(m_part);
  chooser->addStretch(1);
  auto* side = new QVBoxLayout;
  side->setContentsMargins(0, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  side->setSpacing(Tokens::kSpace3);
  side->addLayout(chooser);
  side->addWidget(buildConfusion(theme));
  side->addStretch(1);
  auto* content = new QHBoxLayout(m_pages->content());
  content->setContentsMargins(0, 0, 0, 0);
  content->setSpacing(Tokens::kSpace1);
  content->addWidget(m_precisionRecall, 1);
  content->addWidget(m_roc, 1);
  content->addLayout(side);
}

QWidget* RankingPanel::buildConfusion(const Theme& theme) {
  auto* box = new QWidget(m_pages->content());
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(Tokens::kSpace4);
  grid->setVerticalSpacing(Tokens::kSpace1);
  const auto add = [&](int row, int column, const QString& name) {
    auto* label = new QLabel(box);
    label->setObjectName(name);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(label, row, column);
    return label;
  };
  const auto head = [&](int row, int column, const QString& text) {
    auto* label = new QLabel(text, box);
    label->setAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    grid->addWidget(label, row, column);
  };
  m_threshold = new QLabel(box);
  m_threshold->setObjectName(QStringLiteral("thresholdText"));
  head(0, 1, tr("called +"));
  head(0, 2, tr("called −"));
  head(1, 0, tr("labelled +"));
  head(2, 0, tr("labelled −"));
  m_truePositives = add(1, 1, QStringLiteral("truePositives"));
  m_falseNegatives = add(1, 2, QStringLiteral("falseNegatives"));
  m_falsePositives = add(2, 1, QStringLiteral("falsePositives"));
  m_trueNegatives = add(2, 2, QStringLiteral("trueNegatives"));
  m_rates = new QLabel(box);
  m_rates->setObjectName(QStringLiteral("rates"));
  const auto applyTheme = [this, &theme] {
    QFont strong = theme.font(Theme::Size::Body);
    strong.setWeight(QFont::DemiBold);
    m_truePositives->setFont(strong);
    m_trueNegatives->setFont(strong);
  };
  connect(&theme, &Theme::changed, box, applyTheme);
  applyTheme();
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_threshold);
  layout->addLayout(grid);
  layout->addWidget(m_rates);
  return box;
}

void RankingPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_stale) {
    refresh();
  }
}

void RankingPanel::refresh() {
  m_stale = false;
  if (!m_session.project() || m_session.run().isEmpty()) {
    showNothing(tr("ROC and precision–recall curves of a run appear here, with its threshold and "
                   "confusion counts. Choose a run."),
                tr("Show runs"));
    return;
  }
  const QString run = m_session.run();
  const bool same = std::exchange(m_runShown, run) == run;
  std::optional<data::Part> part;
  if (same && m_part->currentIndex() >= 0) {
    part = static_cast<data::Part>(m_part->currentData().toInt());
  }
  if (!same) {
    m_pages->showNote(tr("Ranking the predictions of run %1…").arg(run));
  }
  const RankingRequest request{m_session.project()->database().path(), run.toStdString(), part};
  m_task.start([request](const std::stop_token& stop) { return loadRanking(request, stop); },
               [this](Outcome<RankingResult> outcome) {
                 if (const auto* result = std::get_if<RankingResult>(&outcome)) {
                   showResult(*result);
                 } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                   showNothing(QString::fromStdString(failed->message));
                 }
               });
}

void RankingPanel::showResult(const RankingResult& result) {
  if (!result.hasPredictions()) {
    showNothing(tr("Run %1 has stored no predictions yet. They appear here when its evaluation "
                   "ends.")
                    .arg(m_session.run()),
                tr("Show runs"));
    return;
  }
  const QSignalBlocker quiet(m_part);
  m_part->clear();
  for (const auto& [present, part] : {std::pair(result.hasTest, data::Part::Test),
                                      std::pair(result.hasValidation, data::Part::Validation)}) {
    if (present) {
      m_part->addItem(partName(part), static_cast<int>(part));
    }
  }
  m_part->setCurrentIndex(m_part->findData(static_cast<int>(result.part)));
  const QString prefix =
      tr("Run %1, %2 part, ").arg(m_session.run(), partName(result.part).toLower());
  PlotSpec roc = rocPlot(result.curves);
  PlotSpec precisionRecall = precisionRecallPlot(result.curves);
  roc.note = prefix + roc.note;
  precisionRecall.note = prefix + precisionRecall.note;
  m_roc->setSpec(roc);
  m_precisionRecall->setSpec(precisionRecall);
  showConfusion(result.curves.confusion, result.curves.threshold);
  m_pages->showContent();
}

void RankingPanel::showConfusion(const metrics::Confusion& confusion, double threshold) {
  const auto count = [](double value) { return countText(qRound64(value)); };
  m_threshold->setText(tr("At threshold %1").arg(probabilityText(threshold)));
  m_truePositives->setText(count(confusion.truePositives));
  m_falseNegatives->setText(count(confusion.falseNegatives));
  m_falsePositives->setText(count(confusion.falsePositives));
  m_trueNegatives->setText(count(confusion.trueNegatives));
  m_rates->setText(tr("Precision %1\nRecall %2\nF1 %3\nAccuracy %4\nMCC %5")
                       .arg(probabilityText(confusion.precision()),
                            probabilityText(confusion.recall()), probabilityText(confusion.f1()),
                            probabilityText(confusion.accuracy()),
                            probabilityText(confusion.mcc())));
}

void RankingPanel::showNothing(const QString& text, const QString& action) {
  m_task.stop();
  m_runShown.clear();
  m_part->clear();
  m_pages->showNote(text, action);
}

}  // namespace twofold::ui
