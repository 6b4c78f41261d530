// The findings of an audit: light, name, count.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/panels/audit/audit_result.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class FindingTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Light, Title, Found, Count };

  explicit FindingTableModel(const Theme& theme, QObject* parent = nullptr);

  void setFindings(std::vector<AuditFinding> findings);
  [[nodiscard]] const std::vector<AuditFinding>& findings() const { return m_findings; }
  /// The row of the worst light, the first of equals; -1 when there are none.
  [[nodiscard]] int worstRow() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  const Theme& m_theme;
  std::vector<AuditFinding> m_findings;
};

/// Check, triangle or cross in the light's colour; a null icon for what was not looked at.
[[nodiscard]] QIcon lightIcon(const Theme& theme, const QString& severity);

}  // namespace twofold::ui
