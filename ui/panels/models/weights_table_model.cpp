#include "ui/panels/models/weights_table_model.h"

#include <QFont>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

using weights::Fit;
using weights::MemoryNeed;
using weights::WeightsFolder;
using Model = WeightsTableModel;

QString text(const std::string& words) {
  return words.empty() ? QStringLiteral("–") : QString::fromStdString(words);
}

/// The first that fits, else the first that is tight, else the smallest.
const MemoryNeed& bestNeed(const WeightsFolder& folder) {
  for (const auto wanted : {Fit::Fits, Fit::Tight}) {
    for (const auto& need : folder.memory) {
      if (need.fit == wanted) {
        return need;
      }
    }
  }
  return folder.memory.back();
}

QString cell(const WeightsFolder& folder, int column) {
  switch (column) {
    case Model::Name:
      return text(folder.name);
    case Model::Architecture:
      return text(folder.architecture);
    case Model::Shape:
      return text(folder.shapeText());
    case Model::Parameters:
      return folder.parameters == 0 ? text({}) : countText(folder.parameters);
    case Model::Size:
      return folder.bytes == 0 ? text({}) : bytesText(folder.bytes);
    case Model::Precision:
      return text(folder.precision);
    case Model::Memory:
      return fitWords(folder);
    case Model::Licence:
      return text(folder.licence);
    case Model::Origin:
      return originWords(folder);
    default:
      return text(folder.path.string());
  }
}

QVariant sortValue(const WeightsFolder& folder, int column) {
  if (column == Model::Parameters) {
    return QVariant::fromValue<qlonglong>(folder.parameters);
  }
  return column == Model::Size ? QVariant::fromValue<qlonglong>(folder.bytes)
                               : QVariant(cell(folder, column));
}

QString toolTip(const WeightsFolder& folder, int column) {
  if (!folder.problem.empty() && (column == Model::Name || column == Model::Memory)) {
    return text(folder.problem);
  }
  if (column == Model::Licence && folder.licence.empty()) {
    return Model::tr("No licence lies in the folder: ask whoever published the weights.");
  }
  if ((column == Model::Parameters || column == Model::Memory) && folder.parameters == 0) {
    return Model::tr("It is not known, since the folder cannot be read.");
  }
  return cell(folder, column);
}

bool isNumber(int column) {
  return column == Model::Parameters || column == Model::Size;
}

}  // namespace

QString fitWords(const WeightsFolder& folder) {
  if (!folder.problem.empty()) {
    return Model::tr("cannot be used");
  }
  const auto& need = bestNeed(folder);
  const QString precision = QString::fromStdString(need.precision);
  switch (need.fit) {
    case Fit::Fits:
      return Model::tr("fits in %1").arg(precision);
    case Fit::Tight:
      return Model::tr("tight in %1").arg(precision);
    case Fit::DoesNotFit:
      return Model::tr("does not fit");
    case Fit::Unknown:
      break;
  }
  return text({});
}

QIcon fitIcon(const Theme& theme, const WeightsFolder& folder) {
  const auto fit = bestNeed(folder).fit;
  if (!folder.problem.empty() || fit == Fit::DoesNotFit) {
    return theme.icon(QStringLiteral("cross"), theme.colors().bad);
  }
  if (fit == Fit::Unknown) {
    return {};
  }
  return fit == Fit::Fits ? theme.icon(QStringLiteral("check"), theme.colors().good)
                          : theme.icon(QStringLiteral("triangle"), theme.colors().warn);
}

QString originWords(const WeightsFolder& folder) {
  const auto words = [&] {
    switch (folder.origin) {
      case WeightsFolder::Origin::Shipped:
        return Model::tr("shipped");
      case WeightsFolder::Origin::Installed:
        return Model::tr("installed");
      case WeightsFolder::Origin::Added:
        break;
    }
    return Model::tr("added");
  }();
  return folder.isDefault ? Model::tr("%1, default").arg(words) : words;
}

WeightsTableModel::WeightsTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {
  connect(&theme, &Theme::changed, this, [this] {
    if (!m_folders.empty()) {
      Q_EMIT dataChanged(index(0, Memory), index(rowCount() - 1, Memory), {Qt::DecorationRole});
    }
  });
}

void WeightsTableModel::setFolders(std::vector<WeightsFolder> folders) {
  beginResetModel();
  m_folders = std::move(folders);
  endResetModel();
}

int WeightsTableModel::rowOf(const QString& path) const {
  const auto found = std::find_if(
      m_folders.begin(), m_folders.end(),
      [&](const WeightsFolder& folder) { return folder.path.string() == path.toStdString(); });
  return found == m_folders.end() ? -1 : static_cast<int>(found - m_folders.begin());
}

const WeightsFolder* WeightsTableModel::folder(const QString& path) const {
  const int row = rowOf(path);
  return row < 0 ? nullptr : &m_folders[static_cast<std::size_t>(row)];
}

int WeightsTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_folders.size());
}

int WeightsTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant WeightsTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& folder = m_folders[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return cell(folder, index.column());
    case Qt::DecorationRole:
      return index.column() == Memory ? QVariant(fitIcon(m_theme, folder)) : QVariant();
    case Qt::ToolTipRole:
      return toolTip(folder, index.column());
    case Qt::TextAlignmentRole:
      return int((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole: {
      QFont font;  // the default stands out among many
      font.setBold(true);
      return index.column() == Name && folder.isDefault ? QVariant(font) : QVariant();
    }
    case SortRole:
      return sortValue(folder, index.column());
    case PathRole:
      return QString::fromStdString(folder.path.string());
    default:
      return {};
  }
}

QVariant WeightsTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  const std::array<QString, ColumnCount> titles = {
      tr("Name"),      tr("Architecture"), tr("Shape"),   tr("Parameters"), tr("Size"),
      tr("Stored in"), tr("Memory"),       tr("Licence"), tr("Origin"),     tr("Folder")};
  return role == Qt::DisplayRole ? QVariant(titles[static_cast<std::size_t>(section)]) : QVariant();
}

}  // namespace twofold::ui
