// Terms of two proteins side by side: evidence of each, how common they are, what a model reads.
#pragma once

#include <QAbstractTableModel>
#include <array>
#include <vector>

#include "ui/panels/evidence/pair_evidence.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class TermTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Term, Kind, First, Second, Proteins, Reads, kColumns };

  explicit TermTableModel(const Theme& theme, QObject* parent = nullptr);

  void setRows(std::vector<TermRow> rows, const std::array<QString, 2>& ids);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString text(const TermRow& row, int column) const;
  [[nodiscard]] QString tip(const TermRow& row, int column) const;
  [[nodiscard]] QString reads(const TermRow& row) const;

  const Theme& m_theme;
  std::vector<TermRow> m_rows;
  std::array<QString, 2> m_ids;
};

}  // namespace twofold::ui
