#include <QTest>
#include <cmath>
#include <limits>
#include <thread>

#include "core/base/hash.h"
#include "core/store/embedding_cache.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

const std::string kFirst = sha256("MKV");
const std::string kSecond = sha256("MKL");

std::filesystem::path onlyShard(const std::filesystem::path& folder) {
  return std::filesystem::directory_iterator(folder)->path();
}

}  // namespace

class TestEmbeddingCache : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void embeddingsComeBackFromTheirShards() {
    const TestFolder folder;
    {
      EmbeddingCache cache(folder.path("cache"), "esm2-t6_mean.f32");
      cache.append(kFirst, {1, 2, 3});
      cache.flush();
      cache.append(kSecond, {4, 5, std::numeric_limits<float>::infinity()});
      cache.flush();
      cache.flush();
    }
    const EmbeddingCache cache(folder.path("cache"), "esm2-t6_mean.f32");
    QCOMPARE(cache.size(), std::size_t{2});
    QVERIFY(cache.problems().empty());
    QCOMPARE(*cache.find(kFirst), (std::vector<float>{1, 2, 3}));
    QVERIFY(std::isinf(cache.find(kSecond)->at(2)));
    QVERIFY(cache.find(sha256("other")) == nullptr);
    QCOMPARE(EmbeddingCache(folder.path("cache"), "another").size(), std::size_t{0});
  }

  void manySmallShardsBecomeOne() {
    const TestFolder folder;
    const auto hash = [](int i) { return sha256("protein " + std::to_string(i)); };
    const auto shards = [&] {
      return std::distance(std::filesystem::directory_iterator(folder.path("cache/id")), {});
    };
    EmbeddingCache other(folder.path("cache"), "id");  // opened before, as another program may
    {
      EmbeddingCache cache(folder.path("cache"), "id");
      for (int i = 0; i < 500; ++i) {
        cache.append(hash(i), {static_cast<float>(i), 1});
        cache.flush();
        QVERIFY(shards() <= 32);
      }
    }
    other.append(hash(0), {0, 1});
    other.append(hash(1000), {1000, 1});
    other.flush();
    const EmbeddingCache read(folder.path("cache"), "id");
    QCOMPARE(read.size(), std::size_t{501});
    for (int i = 0; i < 500; ++i) {
      QCOMPARE(read.find(hash(i))->at(0), static_cast<float>(i));
    }
  }

  void twoProgramsMergeAtOnce() {
    const TestFolder folder;
    const auto hash = [](int i) { return sha256("protein " + std::to_string(i)); };
    const auto fill = [&](int from, int step) {
      for (int i = from; i < 300; i += step) {
        EmbeddingCache cache(folder.path("cache"), "id");
        cache.append(hash(i), {static_cast<float>(i)});
        cache.flush();
      }
    };
    std::thread first(fill, 0, 2);
    std::thread second(fill, 1, 2);
    first.join();
    second.join();
    const EmbeddingCache read(folder.path("cache"), "id");
    QCOMPARE(read.size(), std::size_t{300});
    QVERIFY(read.problems().empty());
  }

  void aDamagedShardIsLeftOutAndNamed() {
    const TestFolder folder;
    {
      EmbeddingCache cache(folder.path("cache"), "id");
      cache.append(kFirst, {1, 2, 3});
      cache.flush();
    }
    const auto shard = onlyShard(folder.path("cache/id"));
    {
      std::fstream file(shard, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(-1, std::ios::end);
      file.put('\x7f');
    }
    const EmbeddingCache cache(folder.path("cache"), "id");
    QCOMPARE(cache.size(), std::size_t{0});
    QCOMPARE(cache.problems().size(), std::size_t{1});
    QVERIFY(cache.problems().at(0).find(shard.filename().string()) != std::string::npos);
    std::filesystem::resize_file(shard, 20);
    QCOMPARE(EmbeddingCache(folder.path("cache"), "id").problems().size(), std::size_t{1});
  }

  void aSecondEmbeddingOfOneSequenceIsNotStoredTwice() {
    const TestFolder folder;
    EmbeddingCache cache(folder.path("cache"), "id");
    cache.append(kFirst, {1});
    cache.append(kFirst, {2});
    QCOMPARE(cache.find(kFirst)->at(0), 1.0F);
  }

  void wrongKeysWidthsAndFolderNamesAreRefused() {
    const TestFolder folder;
    EmbeddingCache cache(folder.path("cache"), "id");
    cache.append(kFirst, {1, 2});
    EXPECT_ERROR(cache.append("abc", {1, 2}), ErrorKind::Internal, "SHA-256");
    EXPECT_ERROR(cache.append(kSecond, {1}), ErrorKind::Internal, "width");
    for (const char* name : {"", "..", "a/b", ".hidden"}) {
      EXPECT_ERROR(EmbeddingCache(folder.path("cache"), name), ErrorKind::Internal, "folder");
    }
  }
};

QTEST_GUILESS_MAIN(TestEmbeddingCache)
#include "tst_embedding_cache.moc"
