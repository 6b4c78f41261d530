#include <QTest>
#include <cmath>
#include <limits>
#include <numeric>

#include "../base/expect_error.h"
#include "core/retrieval/vector_index.h"
#include "vectors.h"

using namespace twofold;
using namespace twofold::retrieval;
using namespace twofold::tests;

class TestVectorIndex : public QObject {
  Q_OBJECT

 private:
  static constexpr std::size_t kMany = 64;  // enough for FAISS's matrix products

  /// Compares each query's k with the plainest loop, and with itself asked one by one.
  static void compareWithBruteForce(const VectorIndex& index, VectorsView queries, std::size_t k) {
    for (const int threads : {1, 3}) {
      const auto together = index.search({queries, k, {}, threads});
      QCOMPARE(together.size(), queries.rows() * k);
      for (std::size_t q = 0; q < queries.rows(); ++q) {
        const VectorsView one{{queries.row(q), queries.width}, queries.width};
        const auto alone = index.search({one, k, {}, threads});
        const auto expected = bruteForce(index.vectors(), queries.row(q), k);
        QVERIFY(alone == expected);
        QVERIFY(std::equal(alone.begin(), alone.end(),
                           together.begin() + static_cast<std::ptrdiff_t>(q * k)));
      }
    }
  }

 private Q_SLOTS:
  void fewAndManyQueriesFindWhatBruteForceFinds() {
    Random random(1);
    for (const std::size_t width : {1, 3, 20, 64}) {
      const auto values = clusteredVectors(random, 3000, width);
      const auto queries = clusteredVectors(random, kMany, width);
      const VectorIndex index({values, width}, Distance::SquaredL2);
      QCOMPARE(index.size(), std::size_t{3000});
      QCOMPARE(index.width(), width);
      for (const std::size_t k : {1, 10, 150}) {
        compareWithBruteForce(index, {queries, width}, k);
      }
    }
  }

  /// |q|^2 + |v|^2 - 2 q v has no digit left here; the proof fails and the scan decides.
  void farFromTheOriginNothingCancels() {
    Random random(2);
    auto values = clusteredVectors(random, 2000, 16);
    for (float& value : values) {
      value += 5000;
    }
    const VectorIndex index({values, 16}, Distance::SquaredL2);
    compareWithBruteForce(index, {std::span(values).first(16 * kMany), 16}, 25);
  }

  void equalDistancesGoByIndex() {
    std::vector<float> values(500 * 4, 1.0F);
    const VectorIndex index({values, 4}, Distance::SquaredL2);
    for (const std::size_t count : {std::size_t{1}, kMany}) {
      const auto found = index.search({{std::span(values).first(count * 4), 4}, 40, {}, 2});
      for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(found[i].index, static_cast<std::uint32_t>(i % 40));
        QCOMPARE(found[i].distance, 0.0F);
      }
    }
  }

  void aQueryNeedNotFindItself() {
    Random random(3);
    const auto values = clusteredVectors(random, 300, 8);
    const VectorIndex index({values, 8}, Distance::SquaredL2);
    std::vector<std::int64_t> own(300);
    std::iota(own.begin(), own.end(), 0);
    for (const std::size_t count : {std::size_t{5}, std::size_t{300}}) {
      for (const std::size_t k : {std::size_t{1}, std::size_t{299}}) {
        const auto found = index.search(
            {{std::span(values).first(count * 8), 8}, k, std::span(own).first(count), 2});
        for (std::size_t q = 0; q < count; ++q) {
          const auto expected = bruteForce(index.vectors(), values.data() + q * 8, k, own[q]);
          QVERIFY(std::equal(expected.begin(), expected.end(),
                             found.begin() + static_cast<std::ptrdiff_t>(q * k)));
        }
      }
    }
    EXPECT_ERROR(index.search({{std::span(values).first(8), 8}, 300, std::span(own).first(1), 1}),
                 ErrorKind::Usage, "300 neighbours were asked for; there are 299 to find");
  }

  void cosineComparesDirections() {
    const std::vector<float> values = {1, 0, 0, 2, -3, 0, 5, 5};
    const VectorIndex index({values, 2}, Distance::Cosine);
    const std::vector<float> query = {10, 0};
    const auto found = index.search({{query, 2}, 4, {}, 1});
    QCOMPARE(found[0], (Neighbour{0, 0.0F}));
    QCOMPARE(found[1].index, 3U);
    QVERIFY(std::abs(found[1].distance - (1 - std::sqrt(0.5F))) < 1e-6F);
    QCOMPARE(found[2], (Neighbour{1, 1.0F}));
    QCOMPARE(found[3], (Neighbour{2, 2.0F}));
  }

  void vectorsThatCannotBeComparedAreNamed() {
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    constexpr float kInf = std::numeric_limits<float>::infinity();
    for (const float wrong : {kNan, kInf, -kInf, 1e20F}) {
      std::vector<float> values(30, 1.0F);
      values[17] = wrong;
      EXPECT_ERROR(VectorIndex({values, 3}, Distance::SquaredL2), ErrorKind::BadInput, "vector 5");
      const VectorIndex index({std::span(values).first(15), 3}, Distance::SquaredL2);
      EXPECT_ERROR(index.search({{std::span(values).subspan(15), 3}, 1, {}, 1}),
                   ErrorKind::BadInput, "query vector 0");
    }
    const std::vector<float> zeros(6, 0.0F);
    EXPECT_ERROR(VectorIndex({zeros, 3}, Distance::Cosine), ErrorKind::BadInput,
                 "vector 0 is all zeros");
    EXPECT_ERROR(VectorIndex({{}, 3}, Distance::SquaredL2), ErrorKind::Internal, "at least one");
    EXPECT_ERROR(VectorIndex({zeros, 4}, Distance::SquaredL2), ErrorKind::Internal, "one width");
  }

  void wrongQueriesAreRefused() {
    const std::vector<float> values(12, 1.0F);
    const VectorIndex index({values, 3}, Distance::SquaredL2);
    EXPECT_ERROR(index.search({{values, 4}, 1, {}, 1}), ErrorKind::BadInput,
                 "have 4 values and those of the index 3");
    EXPECT_ERROR(index.search({{values, 3}, 5, {}, 1}), ErrorKind::Usage, "there are 4 to find");
    EXPECT_ERROR(index.search({{values, 3}, 0, {}, 1}), ErrorKind::Usage, "there are 4 to find");
    const std::vector<std::int64_t> one = {0};
    EXPECT_ERROR(index.search({{values, 3}, 1, one, 1}), ErrorKind::Internal, "each query");
    QVERIFY(index.search({{{}, 3}, 1, {}, 1}).empty());
  }

  void aStopIsSeenBetweenBatches() {
    Random random(4);
    const auto values = clusteredVectors(random, 1000, 4);
    const VectorIndex index({values, 4}, Distance::SquaredL2);
    for (const std::size_t queries : {std::size_t{5}, std::size_t{1000}}) {
      std::stop_source source;
      std::int64_t done = 0;
      const auto progress = [&](const Progress& report) {
        done = report.done;
        QCOMPARE(report.total, static_cast<std::int64_t>(queries));
        source.request_stop();
      };
      QVERIFY_THROWS_EXCEPTION(
          StopRequested, (void)index.search({{std::span(values).first(queries * 4), 4}, 3, {}, 1},
                                            progress, source.get_token()));
      QVERIFY(done > 0 && done < static_cast<std::int64_t>(queries));
    }
  }
};

QTEST_GUILESS_MAIN(TestVectorIndex)
#include "tst_vector_index.moc"
