// The backbones' weights on this machine: what there is, whether it fits, and into a run with it.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QWidget>
#include <map>
#include <memory>

#include "ui/bridge/catalog_loader.h"
#include "ui/bridge/worker_bridge.h"
#include "ui/panels/models/weights_details.h"
#include "ui/panels/models/weights_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Everything that opens a weights file happens in the worker, so that a broken one cannot take the
/// window down. The list is read when the panel is first shown.
class ModelsPanel : public QWidget {
  Q_OBJECT
 public:
  ModelsPanel(Session& session, const Theme& theme, CatalogLoader& catalog,
              QWidget* parent = nullptr);
  ~ModelsPanel() override;

  /// While the list is being read or changed; not while a folder is verified.
  [[nodiscard]] bool isLoading() const { return m_list != nullptr || m_details->isLoading(); }
  /// Adds a folder, as "Add folder" does after its dialog.
  void add(const QString& folder);

 Q_SIGNALS:
  /// "Use in run set-up".
  void useWanted(const QString& backbone, const QString& folder);

 protected:
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildLayout();
  QWidget* buildButtons();
  QPushButton* button(const QString& text, const QString& name, const QString& help);
  void connectParts();
  /// One of list, add and remove: each ends with the list as it is then.
  void ask(const QStringList& arguments, const QString& selectAfter);
  void takeList(const runs::ResultEvent& result, const QString& selectAfter);
  void endList(const QString& problem);
  void chooseFolder();
  void verify();
  void endVerify(WeightsDetails::Check check, const QString& words);
  void showSelected();
  void use();
  void reveal();
  [[nodiscard]] QString selectedPath() const;
  [[nodiscard]] const weights::WeightsFolder* selected() const;

  struct Checked {
    WeightsDetails::Check check = WeightsDetails::Check::None;
    QString words;
  };

  Session& m_session;
  const Theme& m_theme;
  CatalogLoader& m_catalog;
  WeightsTableModel m_model;
  QSortFilterProxyModel m_sorted;
  std::unique_ptr<WorkerCommand> m_list;
  std::unique_ptr<WorkerCommand> m_verify;
  QString m_verifying;                  // path
  std::map<QString, Checked> m_checks;  // by path, since the window was opened
  std::int64_t m_available = 0;
  bool m_isRead = false;

  PanelPages* m_pages;
  QTableView* m_table;
  WeightsDetails* m_details;
  QPushButton* m_add;
  QPushButton* m_use;
  QPushButton* m_verifyButton;
  QPushButton* m_reveal;
  QPushButton* m_remove;
  QPushButton* m_refresh;
  QLabel* m_count;
};

}  // namespace twofold::ui
