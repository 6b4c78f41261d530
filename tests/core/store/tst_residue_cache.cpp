#include <QTest>
#include <cmath>

#include "core/base/hash.h"
#include "core/store/residue_cache.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::store;
using tests::TestFolder;

namespace {

const std::string kFirst = sha256("MKV");
const std::string kSecond = sha256("MKL");

}  // namespace

class TestResidueCache : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void valuesRoundToTheNearestEven() {
    QCOMPARE(roundedToBfloat16(1.0F), 1.0F);
    QCOMPARE(roundedToBfloat16(1.00390625F), 1.0F);       // half way, down to even
    QCOMPARE(roundedToBfloat16(1.01171875F), 1.015625F);  // half way, up to even
    QCOMPARE(roundedToBfloat16(-3.14159274F), -3.140625F);
    QVERIFY(std::isnan(roundedToBfloat16(std::nanf(""))));
    QVERIFY(std::isinf(roundedToBfloat16(HUGE_VALF)));
  }

  void rowsComeBackRounded() {
    const TestFolder folder;
    const std::vector<float> rows = {1, 2, 3.14159274F, 4, 5, 6};
    const std::vector<float> kept = {1, 2, 3.140625F, 4, 5, 6};
    {
      ResidueCache cache(folder.path("cache"), "id", 2);
      cache.append(kFirst, rows);
      QCOMPARE(*cache.find(kFirst), kept);  // before it is written as after
      cache.flush();
      QCOMPARE(*cache.find(kFirst), kept);
      cache.append(kSecond, {7, 8});  // written at the end of its life
    }
    const ResidueCache cache(folder.path("cache"), "id", 2);
    QCOMPARE(cache.size(), std::size_t{2});
    QCOMPARE(*cache.find(kFirst), kept);
    QCOMPARE(*cache.find(kSecond), (std::vector<float>{7, 8}));
    QVERIFY(!cache.find(sha256("other")));
    QVERIFY(cache.problems().empty());
  }

  void shardsStaySmall() {
    const TestFolder folder;
    ResidueCache cache(folder.path("cache"), "id", 1024);
    const std::vector<float> rows(std::size_t{1024} * 10'000, 0.5F);  // 20 MB as kept
    for (int i = 0; i < 8; ++i) {
      cache.append(sha256("protein " + std::to_string(i)), rows);
    }
    const auto shards =
        std::distance(std::filesystem::directory_iterator(folder.path("cache/id/residues")), {});
    QCOMPARE(shards, 2);
    QCOMPARE(cache.find(sha256("protein 7"))->size(), rows.size());
  }

  void aDamagedShardIsLeftOutAndNamed() {
    const TestFolder folder;
    ResidueCache(folder.path("cache"), "id", 2).append(kFirst, {1, 2});
    std::filesystem::create_directories(folder.path("cache/id/residues"));
    std::ofstream(folder.path("cache/id/residues/x.safetensors")) << "damaged";
    const ResidueCache cache(folder.path("cache"), "id", 2);
    QCOMPARE(cache.size(), std::size_t{1});
    QCOMPARE(cache.problems().size(), std::size_t{1});
    // Rows of another width are of another network.
    QCOMPARE(ResidueCache(folder.path("cache"), "id", 3).size(), std::size_t{0});
  }

  void halfARowIsRefused() {
    const TestFolder folder;
    ResidueCache cache(folder.path("cache"), "id", 2);
    EXPECT_ERROR(cache.append(kFirst, {1, 2, 3}), ErrorKind::Internal, "no rows of 2");
  }
};

QTEST_APPLESS_MAIN(TestResidueCache)
#include "tst_residue_cache.moc"
