#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/weights/sequence_manifest.h"
#include "core/weights/weights_list.h"

using namespace twofold;
using twofold::weights::SequenceManifest;

class TestSequenceManifest : public QObject {
  Q_OBJECT

 private:
  std::filesystem::path folderWith(const std::string& text) {
    m_folder = std::make_unique<QTemporaryDir>();
    const std::filesystem::path path = m_folder->path().toStdString();
    std::ofstream(path / SequenceManifest::kFile) << text;
    return path;
  }

  std::unique_ptr<QTemporaryDir> m_folder;

 private Q_SLOTS:
  void hashesOfSequencesAreFound() {
    const auto manifest = SequenceManifest::of(
        folderWith(sha256("MKV").substr(0, 16) + "\n" + sha256("ACD").substr(0, 16) + "\n"));
    QVERIFY(manifest.has_value());
    QCOMPARE(manifest->size(), std::size_t{2});
    QVERIFY(manifest->has("MKV"));
    QVERIFY(manifest->has("ACD"));
    QVERIFY(!manifest->has("MKL"));
  }

  void aFolderWithoutOneSaysNothing() {
    const QTemporaryDir folder;
    QVERIFY(!SequenceManifest::of(folder.path().toStdString()));
    QVERIFY_THROWS_EXCEPTION(Error, (void)SequenceManifest::of("/nowhere/at/all"));
  }

  void whatIsNoHashIsNamedWithItsLine() {
    for (const char* line : {"0123456789abcde", "0123456789abcdefa", "0123456789abcdeg", "", " "}) {
      try {
        (void)SequenceManifest::of(folderWith(std::string("0123456789abcdef\n") + line + "\n"));
        QFAIL(line);
      } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::BadInput);
        QVERIFY(std::string(error.what()).find("sequences.sha256:2:") != std::string::npos);
      }
    }
  }

  void whatShipsHasOne() {
    const auto manifest =
        SequenceManifest::of(weights::shippedWeights(weights::weightsPlaces(), "esm2"));
    QVERIFY(manifest.has_value());
    QCOMPARE(manifest->size(), std::size_t{49916});
  }
};

QTEST_APPLESS_MAIN(TestSequenceManifest)
#include "tst_sequence_manifest.moc"
