#include <QTest>
#include <algorithm>
#include <filesystem>

#include "../base/expect_error.h"
#include "../base/test_files.h"
#include "core/formats/safetensors.h"
#include "core/retrieval/vector_index.h"
#include "vectors.h"

using namespace twofold;
using namespace twofold::retrieval;
using namespace twofold::tests;
namespace fs = std::filesystem;

class TestVectorIndexFiles : public QObject {
  Q_OBJECT

 private:
  static std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
      files.push_back(entry.path());
    }
    return files;
  }

  static void writeWith(const fs::path& file, const std::map<std::string, std::string>& metadata,
                        const std::vector<std::int64_t>& shape) {
    const std::vector<float> values(6, 1.0F);
    formats::writeSafetensors(
        file, {{"vectors", {formats::TensorType::F32, shape, std::as_bytes(std::span(values))}}},
        metadata);
  }

 private Q_SLOTS:
  void whatIsSavedIsLoaded() {
    Random random(1);
    const auto values = clusteredVectors(random, 200, 12);
    const TestFolder folder;
    for (const auto distance : {Distance::SquaredL2, Distance::Cosine}) {
      const VectorIndex index({values, 12}, distance);
      QCOMPARE(index.hash(), contentHash({values, 12}, distance));
      index.save(folder.path("index.safetensors"));
      const auto loaded = VectorIndex::load(folder.path("index.safetensors"));
      QVERIFY(loaded.distance() == distance);
      QCOMPARE(loaded.hash(), index.hash());
      const NeighbourQuery query{{std::span(values).first(24), 12}, 9, {}, 1};
      QVERIFY(loaded.search(query) == index.search(query));
    }
    EXPECT_ERROR(VectorIndex::load(folder.path("none.safetensors")), ErrorKind::NotFound, "none");
  }

  void anIndexIsMadeAgainWhenItsVectorsChange() {
    Random random(2);
    auto values = clusteredVectors(random, 50, 4);
    const TestFolder folder;
    const auto cache = folder.path("cache/neighbours");
    const auto first = loadOrBuild(cache, {values, 4}, Distance::SquaredL2);
    const auto files = filesIn(cache);
    QCOMPARE(files.size(), std::size_t{1});
    QCOMPARE(files[0].stem().string(), first.hash());
    const auto written = fs::last_write_time(files[0]);
    const auto again = loadOrBuild(cache, {values, 4}, Distance::SquaredL2);
    QCOMPARE(again.hash(), first.hash());
    QVERIFY(fs::last_write_time(files[0]) == written);

    values[7] += 1e-3F;
    const auto changed = loadOrBuild(cache, {values, 4}, Distance::SquaredL2);
    QVERIFY(changed.hash() != first.hash());
    QCOMPARE(changed.vectors().values[7], values[7]);
    QCOMPARE(filesIn(cache).size(), std::size_t{1});
    QCOMPARE(filesIn(cache)[0].stem().string(), changed.hash());
    QVERIFY(loadOrBuild(cache, {values, 4}, Distance::Cosine).hash() != changed.hash());
  }

  void aDamagedFileIsRefusedAndMadeAgain() {
    const std::vector<float> values = {1, 2, 3, 4};
    const TestFolder folder;
    const auto index = loadOrBuild(folder.path("cache"), {values, 2}, Distance::SquaredL2);
    const auto file = filesIn(folder.path("cache"))[0];
    {
      std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
      stream.seekp(-1, std::ios::end);
      stream.put('\x7f');
    }
    EXPECT_ERROR(VectorIndex::load(file), ErrorKind::BadInput, "do not fit the hash");
    const auto again = loadOrBuild(folder.path("cache"), {values, 2}, Distance::SquaredL2);
    QVERIFY(std::ranges::equal(again.vectors().values, values));
    QCOMPARE(VectorIndex::load(file).hash(), index.hash());
  }

  void otherFilesAreNoIndex() {
    const TestFolder folder;
    const auto file = folder.path("other.safetensors");
    writeWith(file, {}, {2, 3});
    EXPECT_ERROR(VectorIndex::load(file), ErrorKind::BadInput, "\"index_version\" is missing");
    writeWith(file, {{"index_version", "2"}}, {2, 3});
    EXPECT_ERROR(VectorIndex::load(file), ErrorKind::BadInput, "has version 2");
    writeWith(file, {{"index_version", "1"}, {"distance", "taxi"}}, {2, 3});
    EXPECT_ERROR(VectorIndex::load(file), ErrorKind::BadInput, "\"taxi\" is no distance");
    writeWith(file, {{"index_version", "1"}, {"distance", "cosine"}, {"made_from", ""}}, {6});
    EXPECT_ERROR(VectorIndex::load(file), ErrorKind::BadInput, "wrong type or shape");
    (void)folder.write("text.safetensors", "not tensors");
    EXPECT_ERROR(VectorIndex::load(folder.path("text.safetensors")), ErrorKind::BadInput, "text");
  }
};

QTEST_GUILESS_MAIN(TestVectorIndexFiles)
#include "tst_vector_index_files.moc"
