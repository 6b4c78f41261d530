#include "ui/panels/errors/error_pair_model.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

/// Ascends as the value does.
std::uint32_t orderedBits(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

std::vector<std::uint32_t> idRanks(const std::vector<errors::PartProtein>& proteins) {
  std::vector<std::uint32_t> order(proteins.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t x, std::uint32_t y) { return proteins[x].id < proteins[y].id; });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    ranks[order[rank]] = rank;
  }
  return ranks;
}

}  // namespace

void ErrorPairModel::setErrors(SharedErrors loaded, double threshold) {
  beginResetModel();
  m_errors = std::move(loaded);
  m_threshold = threshold;
  m_filter = {};
  m_idRanks = m_errors != nullptr ? idRanks(m_errors->part.proteins) : std::vector<std::uint32_t>();
  arrange();
  endResetModel();
}

void ErrorPairModel::setThreshold(double threshold) {
  beginResetModel();
  m_threshold = threshold;
  arrange();
  endResetModel();
}

void ErrorPairModel::setFilter(const ErrorPairFilter& filter) {
  beginResetModel();
  m_filter = filter;
  arrange();
  endResetModel();
}

void ErrorPairModel::sort(int column, Qt::SortOrder order) {
  beginResetModel();
  m_sortColumn = column;
  m_order = order;
  arrange();
  endResetModel();
}

errors::Cell ErrorPairModel::cellAt(std::uint32_t row) const {
  const auto& part = m_errors->part;
  return errors::cellOf(part.labels[row] != 0,
                        static_cast<double>(part.scores[row]) >= m_threshold);
}

bool ErrorPairModel::passes(std::uint32_t row) const {
  const auto& part = m_errors->part;
  return (!m_filter.cell || cellAt(row) == *m_filter.cell) &&
         (!m_filter.protein || part.a[row] == *m_filter.protein ||
          part.b[row] == *m_filter.protein) &&
         (m_filter.binning == nullptr || m_filter.binning->ofPair[row] == m_filter.bin);
}

void ErrorPairModel::arrange() {
  m_rows.clear();
  if (m_errors == nullptr) {
    return;
  }
  const auto& part = m_errors->part;
  const auto key = [&](std::uint32_t row) -> std::uint32_t {
    switch (m_sortColumn) {
      case ProteinA:
        return m_idRanks[static_cast<std::size_t>(part.a[row])];
      case ProteinB:
        return m_idRanks[static_cast<std::size_t>(part.b[row])];
      case Label:
        return part.labels[row] != 0 ? 1 : 0;
      case Score:
        return orderedBits(part.scores[row]);
      default:
        return orderedBits(static_cast<float>(errors::wrongness(
            part.labels[row] != 0, static_cast<double>(part.scores[row]), m_threshold)));
    }
  };
  std::vector<std::uint64_t> words;  // the key above, the row below: sorted as numbers
  for (std::uint32_t row = 0; row < part.size(); ++row) {
    if (passes(row)) {
      const auto own = key(row);
      words.push_back(std::uint64_t{m_order == Qt::AscendingOrder ? own : ~own} << 32 | row);
    }
  }
  std::sort(words.begin(), words.end());
  m_rows.reserve(words.size());
  for (const auto word : words) {
    m_rows.push_back(static_cast<std::uint32_t>(word));
  }
}

int ErrorPairModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ErrorPairModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QVariant ErrorPairModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto row = m_rows[static_cast<std::size_t>(index.row())];
  const auto& part = m_errors->part;
  if (role == Qt::TextAlignmentRole) {
    return int((index.column() == Score ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  const auto protein = [&]() -> const errors::PartProtein& {
    return part
        .proteins[static_cast<std::size_t>(index.column() == ProteinA ? part.a[row] : part.b[row])];
  };
  if (role == Qt::ToolTipRole) {
    return index.column() <= ProteinB ? QVariant(QString::fromStdString(protein().name))
                                      : QVariant();
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (index.column()) {
    case Label:
      return part.labels[row] != 0 ? tr("interacts") : tr("does not");
    case Score:
      return probabilityText(static_cast<double>(part.scores[row]));
    case Call:
      switch (cellAt(row)) {
        case errors::Cell::TruePositive:
          return tr("TP right");
        case errors::Cell::FalsePositive:
          return tr("FP wrong");
        case errors::Cell::TrueNegative:
          return tr("TN right");
        case errors::Cell::FalseNegative:
          return tr("FN wrong");
      }
      return {};
    default:
      return QString::fromStdString(protein().id);
  }
}

QVariant ErrorPairModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section == Score ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && section == Call) {
    return tr("Sorts by how far the score lies on the wrong side of the threshold.");
  }
  return role == Qt::DisplayRole ? QVariant(QStringList{tr("Protein A"), tr("Protein B"),
                                                        tr("Label"), tr("Score"), tr("Call")}
                                                .value(section))
                                 : QVariant();
}

}  // namespace twofold::ui
