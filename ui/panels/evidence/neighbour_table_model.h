// The nearest training proteins of one protein, with what each says of the pair.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/panels/evidence/neighbour_evidence.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class NeighbourTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Rank, Protein, Distance, Identity, Coverage, Evidence, Partners, kColumns };

  explicit NeighbourTableModel(const Theme& theme, QObject* parent = nullptr);

  /// `other`: the other protein of the pair.
  void setList(const NeighbourList& list, std::vector<Interolog> marks, const QString& other);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString text(int row, int column) const;
  [[nodiscard]] QString tip(int row, int column) const;
  [[nodiscard]] QString evidenceText(const Interolog& mark) const;

  const Theme& m_theme;
  NeighbourList m_list;
  std::vector<Interolog> m_marks;
  QString m_other;
};

}  // namespace twofold::ui
