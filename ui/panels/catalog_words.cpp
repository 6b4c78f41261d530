#include "ui/panels/catalog_words.h"

#include <QObject>

namespace twofold::ui {

QString missingCatalogWords(const CatalogLoader& catalog) {
  return catalog.problem().isEmpty()
             ? QObject::tr("Asking the worker for its backbones and channels.")
             : QObject::tr("The worker's catalog could not be read. %1").arg(catalog.problem());
}

}  // namespace twofold::ui
