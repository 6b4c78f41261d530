// Contact pairs of the interface as a table: residue of A, residue of B, distance. Read-only.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/bio/contacts.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

class ContactTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { ResidueA, ResidueB, Distance, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  /// `contacts` of the scene's focused pair, nearest first.
  void setContacts(const StructureScene& scene, const std::vector<bio::Contact>& contacts);
  [[nodiscard]] const bio::Contact& contact(int row) const;
  /// The first row with these residues, or -1.
  [[nodiscard]] int rowOf(int residueA, int residueB) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  struct Row {
    bio::Contact contact;
    QString a, b;
  };
  std::vector<Row> m_rows;
  QString m_chainA, m_chainB;
};

}  // namespace twofold::ui
