// The worker's catalog of parts, asked for once and kept in the cache folder for the next start.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/runs/component_catalog.h"
#include "ui/bridge/worker_bridge.h"

namespace twofold::ui {

class CatalogLoader : public QObject {
  Q_OBJECT
 public:
  explicit CatalogLoader(QObject* parent = nullptr);

  /// From the cache at once when it is this version's, then again from the worker.
  void load();
  /// Null until the first catalog is there.
  [[nodiscard]] const runs::ComponentCatalog* catalog() const;
  [[nodiscard]] const QString& problem() const { return m_problem; }

 Q_SIGNALS:
  void loaded();
  void failed(const QString& message);

 private:
  void take(const runs::ResultEvent& result);

  std::optional<runs::ComponentCatalog> m_catalog;
  std::string m_text;  // as cached
  QString m_problem;
  std::unique_ptr<WorkerCommand> m_command;
};

}  // namespace twofold::ui
