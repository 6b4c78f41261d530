#include "ui/panels/structure/contact_table_model.h"

#include <QLocale>
#include <algorithm>

namespace twofold::ui {

void ContactTableModel::setContacts(const StructureScene& scene,
                                    const std::vector<bio::Contact>& contacts) {
  beginResetModel();
  const auto chainName = [&](int chain) {
    return chain < 0 ? QString()
                     : QString::fromStdString(scene.chains[static_cast<std::size_t>(chain)].name);
  };
  m_chainA = chainName(scene.chainA);
  m_chainB = chainName(scene.chainB);
  m_rows.clear();
  m_rows.reserve(contacts.size());
  for (const bio::Contact& contact : contacts) {
    const auto label = [&](int chain,
                           std::uint32_t residue) {  // "HIS 87": the header has the chain
      const std::string whole = scene.label({chain, static_cast<int>(residue)});
      return QString::fromStdString(whole.substr(whole.find(':') + 1));
    };
    m_rows.push_back({contact, label(scene.chainA, contact.a), label(scene.chainB, contact.b)});
  }
  endResetModel();
}

const bio::Contact& ContactTableModel::contact(int row) const {
  return m_rows.at(static_cast<std::size_t>(row)).contact;
}

int ContactTableModel::rowOf(int residueA, int residueB) const {
  const auto found = std::ranges::find_if(m_rows, [&](const Row& row) {
    return static_cast<int>(row.contact.a) == residueA &&
           static_cast<int>(row.contact.b) == residueB;
  });
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ContactTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ContactTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant ContactTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
    return {};
  }
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole) {
    switch (index.column()) {
      case ResidueA:
        return row.a;
      case ResidueB:
        return row.b;
      default:
        return QLocale().toString(static_cast<double>(row.contact.distance), 'f', 2);
    }
  }
  if (role == Qt::TextAlignmentRole) {
    const Qt::Alignment side = index.column() == Distance ? Qt::AlignRight : Qt::AlignLeft;
    return static_cast<int>(side | Qt::AlignVCenter);
  }
  return {};
}

QVariant ContactTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
    return {};
  }
  if (role == Qt::TextAlignmentRole && section == Distance) {
    return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  return section == ResidueA   ? tr("Chain %1").arg(m_chainA)
         : section == ResidueB ? tr("Chain %1").arg(m_chainB)
                               : tr("Cα–Cα, Å");
}

}  // namespace twofold::ui
