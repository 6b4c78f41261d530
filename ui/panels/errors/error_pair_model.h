// The called pairs of a part: which are wrong, and how far.
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "core/errors/cell.h"
#include "ui/panels/errors/errors_data.h"

namespace twofold::ui {

struct ErrorPairFilter {
  std::optional<errors::Cell> cell;
  std::optional<std::uint32_t> protein;  // in the part
  SharedBinning binning;                 // with `bin`; null: any
  std::uint32_t bin = 0;
};

class ErrorPairModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { ProteinA, ProteinB, Label, Score, Call, Count };

  using QAbstractTableModel::QAbstractTableModel;

  /// Drops the filter. `loaded` may be null.
  void setErrors(SharedErrors loaded, double threshold);
  void setThreshold(double threshold);
  void setFilter(const ErrorPairFilter& filter);
  [[nodiscard]] const ErrorPairFilter& filter() const { return m_filter; }
  /// Rows of the part, as they are shown.
  [[nodiscard]] const std::vector<std::uint32_t>& rows() const { return m_rows; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;
  void sort(int column, Qt::SortOrder order) override;

 private:
  void arrange();
  [[nodiscard]] errors::Cell cellAt(std::uint32_t row) const;
  [[nodiscard]] bool passes(std::uint32_t row) const;

  SharedErrors m_errors;
  double m_threshold = 0.5;
  ErrorPairFilter m_filter;
  std::vector<std::uint32_t> m_idRanks;  // of the part's proteins
  std::vector<std::uint32_t> m_rows;
  int m_sortColumn = Call;
  Qt::SortOrder m_order = Qt::DescendingOrder;
};

}  // namespace twofold::ui
