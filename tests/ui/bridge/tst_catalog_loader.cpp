#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/bridge/catalog_loader.h"

using namespace twofold::ui;

class TestCatalogLoader : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    QDir(QStandardPaths::writableLocation(QStandardPaths::CacheLocation)).removeRecursively();
  }

  void catalogComesFromTheWorkerAndThenFromTheCache() {
    CatalogLoader first;
    QSignalSpy loaded(&first, &CatalogLoader::loaded);
    QVERIFY(first.catalog() == nullptr);
    first.load();
    QTRY_COMPARE(loaded.count(), 1);
    QCOMPARE(first.catalog()->backbones.size(), std::size_t{2});

    qputenv("TWOFOLD_WORKER", "/nowhere/twofold-worker");
    CatalogLoader second;
    second.load();
    QVERIFY(second.catalog() != nullptr);
    QCOMPARE(second.catalog()->channels[1].id, std::string("calpha"));
  }

  void brokenCacheIsReplaced() {
    CatalogLoader first;
    QSignalSpy loaded(&first, &CatalogLoader::loaded);
    first.load();
    QTRY_COMPARE(loaded.count(), 1);
    const QDir cache(QStandardPaths::writableLocation(QStandardPaths::CacheLocation));
    QFile file(cache.filePath(cache.entryList(QDir::Files).value(0)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"backbones\": 3");
    file.close();
    CatalogLoader second;
    second.load();
    QVERIFY(second.catalog() == nullptr);
    QTRY_VERIFY(second.catalog() != nullptr);
  }

  void missingWorkerIsSaidInWords() {
    qputenv("TWOFOLD_WORKER", "/nowhere/twofold-worker");
    CatalogLoader loader;
    QSignalSpy failed(&loader, &CatalogLoader::failed);
    loader.load();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(loader.problem().contains("/nowhere"));
  }

  void garbageIsSaidInWords() {
    useFakeWorker("garbage");
    CatalogLoader loader;
    QSignalSpy failed(&loader, &CatalogLoader::failed);
    loader.load();
    QTRY_COMPARE(failed.count(), 1);
  }
};

QTEST_GUILESS_MAIN(TestCatalogLoader)
#include "tst_catalog_loader.moc"
