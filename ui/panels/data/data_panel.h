// All that was brought in: proteins, pair sets, structures, splits; and the ways to bring in more.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QWidget>

#include "ui/bridge/background.h"
#include "ui/panels/data/data_view.h"
#include "ui/panels/data/import_box.h"
#include "ui/panels/data/split_form.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Files can be dropped anywhere on it; their kind is told from the name's ending.
class DataPanel : public QWidget {
  Q_OBJECT
 public:
  DataPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

  /// Imports files of one kind: "proteins", "pairs", "structures" or "annotations"; "channel" asks
  /// first what its table is to become.
  void import(const QString& kind, const QStringList& files);
  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildLayout();
  QWidget* buildActions();
  QWidget* buildImports();
  QLabel* title(const QString& text);
  void buildViews();
  void connectParts();
  void askForChannel(const QString& file);
  void copyCommand(const QStringList& arguments);
  void importParts(const QStringList& files, const QString& name);
  void showProject();
  void showPreview(const formats::Json& result);
  void refresh();
  void loadProteins();
  void showCounts();
  void chooseFiles(const QString& kind);
  void runCommand(const QStringList& arguments, const QString& name);

  Session& m_session;
  const Theme& m_theme;
  BackgroundTask m_task;
  QTabWidget* m_tabs;
  DataView* m_sets;
  DataView* m_proteins;
  DataView* m_structures;
  DataView* m_splits;
  DataView* m_channels;
  QLineEdit* m_setName;
  SplitForm* m_splitForm;
  ImportBox* m_box;
};

}  // namespace twofold::ui
