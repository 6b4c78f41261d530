// The widgets of the Models panel and where they stand: actions, table, details.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/panels/list_look.h"
#include "ui/panels/models/models_panel.h"

namespace twofold::ui {

void ModelsPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* content = m_pages->content();
  m_table = new QTableView(content);
  m_table->setObjectName(QStringLiteral("weightsTable"));
  m_table->setAccessibleName(tr("Models"));
  m_table->setModel(&m_sorted);
  m_table->setSortingEnabled(true);
  m_table->sortByColumn(-1, Qt::AscendingOrder);  // as listed: the default first
  applyListLook(*m_table);
  m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_details = new WeightsDetails(m_theme, content);
  auto* split = new QSplitter(Qt::Vertical, content);
  split->setChildrenCollapsible(false);
  split->addWidget(m_table);
  split->addWidget(m_details);
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(buildButtons());
  layout->addWidget(split, 1);
}

QPushButton* ModelsPanel::button(const QString& text, const QString& name, const QString& help) {
  auto* made = new QPushButton(text, m_pages->content());
  made->setObjectName(name);
  made->setToolTip(help);
  made->setAccessibleDescription(help);
  return made;
}

QWidget* ModelsPanel::buildButtons() {
  auto* bar = new QWidget(m_pages->content());
  m_use = button(tr("Use in run set-up"), QStringLiteral("useWeights"),
                 tr("Sets backbone and weights folder of the next run. Enter does the same."));
  m_use->setProperty("role", "primary");
  m_add = button(tr("Add folder…"), QStringLiteral("addWeights"),
                 tr("A Hugging Face folder with config.json and model.safetensors. Folders can be "
                    "dropped here, too."));
  m_verifyButton = button(tr("Verify"), QStringLiteral("verifyWeights"),
                          tr("Reads every byte: hashes, shapes, numbers that are none."));
  m_reveal = button(tr("Show in files"), QStringLiteral("revealWeights"),
                    tr("Opens the folder in the file manager."));
  m_remove = button(tr("Remove from list"), QStringLiteral("removeWeights"),
                    tr("Takes the folder off the list. Its files stay."));
  m_refresh = button(tr("Read again"), QStringLiteral("refreshWeights"),
                     tr("Looks for new folders and for free memory."));
  m_count = new QLabel(bar);
  m_count->setObjectName(QStringLiteral("weightsCount"));
  m_count->setProperty("role", "muted");
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  for (auto* each : {m_use, m_add, m_verifyButton, m_reveal, m_remove, m_refresh}) {
    layout->addWidget(each);
  }
  layout->addStretch(1);
  layout->addWidget(m_count);
  return bar;
}

}  // namespace twofold::ui
