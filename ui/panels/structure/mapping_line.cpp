#include "ui/panels/structure/mapping_line.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/structure/mapping_table_model.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

MappingLine::MappingLine(QWidget* parent)
    : QWidget(parent), m_text(new QLabel(this)), m_table(new QPushButton(tr("Mapping…"), this)) {
  m_text->setObjectName(QStringLiteral("mappingText"));
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_table->setObjectName(QStringLiteral("mappingButton"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_table);
  connect(m_table, &QPushButton::clicked, this, &MappingLine::showTable);
  setMapping({});
}

void MappingLine::setMapping(const std::optional<ChainMapping>& mapping) {
  m_mapping = mapping;
  setVisible(mapping.has_value());
  if (!mapping) {
    return;
  }
  const QString summary =
      QString::fromStdString(bio::summaryOf(mapping->mapping, mapping->protein));
  m_text->setText(summary);
  m_text->setToolTip(
      tr("%1\nThe chain covers %2 % of the sequence. Outside are residues before or behind all of "
         "it, such as tags; between are residues that the sequence lacks.")
          .arg(summary)
          .arg(static_cast<int>(100 * mapping->mapping.alike.coverageA)));
  m_table->setAccessibleName(
      tr("Mapping of chain %1").arg(QString::fromStdString(mapping->mapping.chain)));
}

void MappingLine::showTable() {
  auto* dialog = new QDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setObjectName(QStringLiteral("mappingDialog"));
  dialog->setWindowTitle(m_text->text());
  auto* model = new MappingTableModel(dialog);
  model->setMapping(*m_mapping);
  auto* table = new QTableView(dialog);
  table->setObjectName(QStringLiteral("mappingTable"));
  table->setAccessibleName(m_table->accessibleName());
  table->setModel(model);
  table->setTabKeyNavigation(false);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setStretchLastSection(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  auto* layout = new QVBoxLayout(dialog);
  layout->addWidget(table, 1);
  layout->addWidget(buttons);
  dialog->resize(640, 560);
  dialog->open();
}

}  // namespace twofold::ui
