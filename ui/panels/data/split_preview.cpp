#include "ui/panels/data/split_preview.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/panels/data/degree_plot.h"
#include "ui/panels/list_look.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr int kWidth = 900;
constexpr int kHeight = 680;
constexpr int kTableHeight = 150;

QVariant number(const formats::Json& value) {
  return QVariant::fromValue(value.get<qint64>());
}

/// The degree that half of a part's proteins do not exceed, or all.
QVariant quantile(const formats::Json& part, double share) {
  for (const auto& found : part.at("degrees").at("quantiles")) {
    if (found.at("share").get<double>() == share) {
      return number(found.at("degree"));
    }
  }
  return {};
}

}  // namespace

std::vector<ValueTableModel::Row> partRows(const formats::Json& split) {
  std::vector<ValueTableModel::Row> rows;
  for (const auto& [id, name] : {std::pair{"train", SplitPreview::tr("Train")},
                                 {"validation", SplitPreview::tr("Validation")},
                                 {"test", SplitPreview::tr("Test")}}) {
    const auto& part = split.at("parts").at(id);
    QVariantList cells{name};
    for (const char* key : {"pairs", "positives", "negatives", "proteins", "only_positive_proteins",
                            "only_negative_proteins"}) {
      cells << number(part.at(key));
    }
    cells << quantile(part, 0.5) << quantile(part, 1);
    rows.push_back({cells, static_cast<qint64>(rows.size())});
  }
  return rows;
}

QString splitSentences(const formats::Json& split) {
  const auto& shared = split.at("shared_proteins");
  QStringList lines{SplitPreview::tr("Proteins of two parts: train and validation %1, train and "
                                     "test %2, validation and test %3.")
                        .arg(countText(shared.at("train_validation").get<qint64>()),
                             countText(shared.at("train_test").get<qint64>()),
                             countText(shared.at("validation_test").get<qint64>()))};
  for (const auto& [reason, count] : split.at("dropped").items()) {
    lines << SplitPreview::tr("%1 pairs are in no part: %2.")
                 .arg(countText(count.get<qint64>()), QString::fromStdString(reason));
  }
  for (const auto& note : split.at("notes")) {
    lines << QString::fromStdString(note.get<std::string>());
  }
  return lines.join('\n');
}

SplitPreview::SplitPreview(const Theme& theme, const formats::Json& result, QWidget* parent)
    : QDialog(parent),
      m_splits(result.at("splits")),
      m_which(new QComboBox(this)),
      m_model(new ValueTableModel(
          {tr("Part"), tr("Pairs"), tr("Interact"), tr("Do not interact"), tr("Proteins"),
           tr("Only interact"), tr("Never interact"), tr("Median pairs"), tr("Most pairs")},
          this)),
      m_table(new QTableView(this)),
      m_sentences(new QLabel(this)),
      m_plot(new PlotView(theme, this)) {
  setObjectName(QStringLiteral("splitPreview"));
  setWindowTitle(tr("Preview of a split"));
  for (const auto& split : m_splits) {
    m_which->addItem(QString::fromStdString(split.at("split").get<std::string>()));
  }
  m_which->setObjectName(QStringLiteral("previewWhich"));
  m_which->setVisible(m_which->count() > 1);
  buildLayout(theme);
  connect(m_which, &QComboBox::currentIndexChanged, this, &SplitPreview::showSplit);
  showSplit(0);
}

void SplitPreview::buildLayout(const Theme& theme) {
  auto* title = new QLabel(tr("Nothing is stored yet"), this);
  title->setFont(theme.font(Theme::Size::Title));
  m_table->setObjectName(QStringLiteral("previewParts"));
  m_table->setAccessibleName(tr("Parts"));
  m_table->setModel(m_model);
  applyListLook(*m_table);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->setFixedHeight(kTableHeight);
  m_sentences->setObjectName(QStringLiteral("previewSentences"));
  m_sentences->setTextFormat(Qt::PlainText);
  m_sentences->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_sentences->setWordWrap(true);
  m_plot->setObjectName(QStringLiteral("previewDegrees"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace4, Tokens::kSpace4, Tokens::kSpace4, Tokens::kSpace4);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(title);
  layout->addWidget(m_which, 0, Qt::AlignLeft);
  layout->addWidget(m_table);
  layout->addWidget(m_sentences);
  layout->addWidget(m_plot, 1);
  layout->addWidget(buttons);
  resize(kWidth, kHeight);
}

void SplitPreview::showSplit(int index) {
  const auto& split = m_splits.at(static_cast<std::size_t>(index));
  m_model->setRows(partRows(split));
  m_table->resizeColumnsToContents();
  m_sentences->setText(splitSentences(split));
  m_plot->setSpec(degreePlot(split));
}

}  // namespace twofold::ui
