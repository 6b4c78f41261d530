#include "ui/panels/errors/protein_error_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

void ProteinErrorModel::setList(SharedErrors loaded, errors::ProteinErrorList list) {
  beginResetModel();
  m_errors = std::move(loaded);
  m_list = std::move(list);
  arrange();
  endResetModel();
}

void ProteinErrorModel::setNearest(SharedNearest nearest) {
  beginResetModel();
  m_nearest = std::move(nearest);
  arrange();
  endResetModel();
}

std::uint32_t ProteinErrorModel::proteinAt(int row) const {
  return m_list.proteins[m_rows.at(static_cast<std::size_t>(row))].protein;
}

int ProteinErrorModel::rowOf(std::uint32_t protein) const {
  const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](std::uint32_t place) {
    return m_list.proteins[place].protein == protein;
  });
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void ProteinErrorModel::sort(int column, Qt::SortOrder order) {
  beginResetModel();
  m_sortColumn = column;
  m_order = order;
  arrange();
  endResetModel();
}

double ProteinErrorModel::key(const errors::ProteinErrors& own) const {
  const auto& protein = m_errors->part.proteins[own.protein];
  switch (m_sortColumn) {
    case Pairs:
      return static_cast<double>(own.pairs);
    case Wrong:
      return static_cast<double>(own.wrong);
    case Expected:
      return own.expected;
    case Mcc:
      return own.mcc;
    case Training:
      return protein.trainingPairs;
    case Length:
      return protein.length;
    case Nearest:
      return m_nearest == nullptr                      ? 0
             : m_nearest->at(own.protein).isInTraining ? 2
                                                       : m_nearest->at(own.protein).identity;
    default:
      return own.rate.low;
  }
}

/// The list is by the lower end of the interval, which a stable sort keeps among equals.
void ProteinErrorModel::arrange() {
  m_rows.resize(m_list.proteins.size());
  std::iota(m_rows.begin(), m_rows.end(), 0U);
  const bool ascending = m_order == Qt::AscendingOrder;
  if (m_sortColumn == Protein) {
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](std::uint32_t x, std::uint32_t y) {
      const auto& proteins = m_errors->part.proteins;
      const auto& first = proteins[m_list.proteins[x].protein].id;
      const auto& second = proteins[m_list.proteins[y].protein].id;
      return ascending ? first < second : second < first;
    });
    return;
  }
  std::vector<double> keys;
  keys.reserve(m_rows.size());
  for (const auto& own : m_list.proteins) {
    const double value = ascending ? key(own) : -key(own);
    keys.push_back(std::isnan(value) ? std::numeric_limits<double>::infinity() : value);
  }
  std::stable_sort(m_rows.begin(), m_rows.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return keys[x] < keys[y]; });
}

int ProteinErrorModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProteinErrorModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QString ProteinErrorModel::nearestText(std::uint32_t protein) const {
  if (m_nearest == nullptr) {
    return QStringLiteral("–");
  }
  const auto& nearest = m_nearest->at(protein);
  return nearest.isInTraining   ? tr("in training")
         : nearest.identity > 0 ? tr("%1 %").arg(std::floor(100 * nearest.identity))
                                : tr("none found");
}

QString ProteinErrorModel::text(const errors::ProteinErrors& own, int column) const {
  const auto& protein = m_errors->part.proteins[own.protein];
  switch (column) {
    case Protein:
      return QString::fromStdString(protein.id);
    case Pairs:
      return countText(own.pairs);
    case Wrong:
      return countText(own.wrong);
    case Expected:
      return QString::number(own.expected, 'f', 1);
    case ErrorRate:
      return intervalText(own.errorRate(), own.rate.low, own.rate.high);
    case Mcc:
      return probabilityText(own.mcc);
    case Training:
      return m_errors->part.hasTraining ? countText(protein.trainingPairs) : QStringLiteral("–");
    case Length:
      return countText(protein.length);
    default:
      return nearestText(own.protein);
  }
}

QVariant ProteinErrorModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& own = m_list.proteins[m_rows[static_cast<std::size_t>(index.row())]];
  switch (role) {
    case Qt::DisplayRole:
      return text(own, index.column());
    case Qt::TextAlignmentRole:
      return int((index.column() == Protein ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      if (index.column() == Protein) {
        return QString::fromStdString(m_errors->part.proteins[own.protein].name);
      }
      if (index.column() == Mcc && std::isnan(own.mcc)) {
        return tr("Its pairs here all have one label: there is nothing to tell apart.");
      }
      return index.column() == Nearest && m_nearest == nullptr
                 ? QVariant(tr("Not looked for yet: Kinds of pairs, Likeness to training"))
                 : QVariant();
    default:
      return {};
  }
}

QVariant ProteinErrorModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  static const QStringList kTitles = {
      tr("Protein"),        tr("Error rate"), tr("Wrong"),
      tr("Pairs"),          tr("Expected"),   tr("MCC"),
      tr("Training pairs"), tr("Length"),     tr("Nearest in training")};
  static const QStringList kHelp = {
      {},
      tr("With Wilson's 95 % interval. Sorts by the lower end, so that one wrong pair of one does "
         "not lead."),
      tr("Pairs called wrongly at the threshold"),
      tr("Labelled pairs of this part that it stands in"),
      tr("Wrong pairs it would have if it were wrong as often as the part"),
      tr("Over its own pairs; 0 says that they are not told apart"),
      tr("Pairs of the training part that it stands in"),
      tr("Residues"),
      tr("Identity to the nearest relative of the training part")};
  if (role == Qt::TextAlignmentRole) {
    return int((section == Protein ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  return role == Qt::DisplayRole   ? QVariant(kTitles.value(section))
         : role == Qt::ToolTipRole ? QVariant(kHelp.value(section))
                                   : QVariant();
}

}  // namespace twofold::ui
