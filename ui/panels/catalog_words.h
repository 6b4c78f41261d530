// Why a panel that offers backbones and channels has none to offer.
#pragma once

#include <QString>

#include "ui/bridge/catalog_loader.h"

namespace twofold::ui {

/// For the time without a catalog: it is asked for, or cannot be read and why.
[[nodiscard]] QString missingCatalogWords(const CatalogLoader& catalog);

}  // namespace twofold::ui
