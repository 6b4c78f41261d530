#include "ui/bridge/catalog_loader.h"

#include <QStandardPaths>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::ui {

namespace {

constexpr std::uintmax_t kLargest = std::uintmax_t{4} << 20;

std::filesystem::path cacheFile() {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
  return std::filesystem::path(folder.toStdString()) / "catalog-" TWOFOLD_VERSION ".json";
}

/// The cached text, or nothing: a cache that cannot be read is no cache.
std::string cachedText() {
  try {
    return readFile(cacheFile(), kLargest);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

CatalogLoader::CatalogLoader(QObject* parent) : QObject(parent) {}

const runs::ComponentCatalog* CatalogLoader::catalog() const {
  return m_catalog ? &*m_catalog : nullptr;
}

void CatalogLoader::load() {
  m_text = cachedText();
  if (!m_text.empty()) {
    try {
      m_catalog = runs::catalogFromJson(formats::parseJson(m_text, "cached catalog"));
      Q_EMIT loaded();
    } catch (const Error&) {
      m_text.clear();  // the worker's answer replaces it
    }
  }
  m_command = std::make_unique<WorkerCommand>(QString(), QStringList{"catalog"});
  connect(m_command.get(), &WorkerCommand::succeeded, this, &CatalogLoader::take);
  connect(m_command.get(), &WorkerCommand::failed, this, [this](const QString& message) {
    m_problem = message;
    Q_EMIT failed(message);
  });
  m_command->start();
}

void CatalogLoader::take(const runs::ResultEvent& result) {
  try {
    const auto& json = result.body.at("catalog");
    std::string text = json.dump();
    if (text == m_text) {
      return;
    }
    m_catalog = runs::catalogFromJson(json);
    m_text = std::move(text);
    makeFolders(cacheFile().parent_path());
    writeFileAtomically(cacheFile(), m_text);
  } catch (const std::exception& error) {
    m_problem = QString::fromUtf8(error.what());
  }
  if (m_catalog) {
    Q_EMIT loaded();
  } else {
    Q_EMIT failed(m_problem);
  }
}

}  // namespace twofold::ui
