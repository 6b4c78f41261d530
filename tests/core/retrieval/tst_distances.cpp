#include <QTest>
#include <cmath>

#include "core/base/random.h"
#include "core/retrieval/coarse_rows.h"
#include "core/retrieval/distance_kernels.h"
#include "core/retrieval/distances.h"

using namespace twofold;
using namespace twofold::retrieval;

class TestDistances : public QObject {
  Q_OBJECT

 private:
  static std::vector<DistanceKernels> kernelsOfThisMachine() {
    std::vector<DistanceKernels> kernels = {{squaredDistancesPortable, coarseDistancesPortable}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) {
      kernels.push_back({squaredDistancesAvx2, coarseDistancesAvx2});
    }
    if (__builtin_cpu_supports("avx512f") != 0) {
      kernels.push_back({squaredDistancesAvx512, coarseDistancesAvx512});
    }
#endif
    return kernels;
  }

 private Q_SLOTS:
  void everyKernelKeepsItsBound() {
    Random random(1);
    for (const std::size_t width : {1, 3, 16, 20, 31, 320}) {
      for (const std::size_t count : {1, 4, 7}) {
        std::vector<float> values((count + 1) * width);
        for (float& value : values) {
          value = static_cast<float>(100 + random.normals().first);
        }
        for (const auto& kernels : kernelsOfThisMachine()) {
          std::vector<float> distances(count);
          kernels.exact(values.data(), values.data() + width, count, width, distances.data());
          for (std::size_t i = 0; i < count; ++i) {
            const double exact =
                squaredDistance(values.data(), values.data() + (i + 1) * width, width);
            QVERIFY(std::abs(static_cast<double>(distances[i]) - exact) <=
                    static_cast<double>(width + 3) * 0x1p-24 * exact);
          }
        }
      }
    }
  }

  /// By the triangle inequality no row is nearer than its codes are, less the misses.
  void coarseRowsKeepTheirPromise() {
    Random random(2);
    for (const std::size_t width : {1, 3, 20, 31, 320}) {
      constexpr std::size_t kCount = 50;
      std::vector<float> values((kCount + 1) * width);
      for (float& value : values) {
        value = static_cast<float>(1000 + 3 * random.normals().first);
      }
      std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(width), width, 1000.0F);
      const float* query = values.data();
      const VectorsView rows{std::span(values).subspan(width), width};
      const CoarseRows coarse(rows);
      const CoarseQuery moved(coarse, query);
      for (const auto& kernels : kernelsOfThisMachine()) {
        std::vector<float> distances(kCount);
        kernels.coarse(moved.moved.data(), coarse.codes.data(), coarse.scales.data(), kCount, width,
                       distances.data());
        for (std::size_t i = 0; i < kCount; ++i) {
          const double exact = std::sqrt(squaredDistance(query, rows.row(i), width));
          const double rough = std::sqrt(static_cast<double>(distances[i]));
          const double miss = static_cast<double>(coarse.misses[i] + moved.miss);
          QVERIFY(std::abs(rough - exact) <=
                  miss + static_cast<double>(width + 3) * 0x1p-24 * rough);
          QVERIFY(miss < 0.02 * (exact + 1) * std::sqrt(static_cast<double>(width)));
        }
      }
    }
  }

  void theSumInDoubleIsTheTextbook() {
    const std::vector<float> a = {1, 2, 3};
    const std::vector<float> b = {4, 0, 3.5F};
    QCOMPARE(squaredDistance(a.data(), b.data(), 3), 9 + 4 + 0.25);
    QCOMPARE(squaredDistance(a.data(), a.data(), 3), 0.0);
  }
};

QTEST_GUILESS_MAIN(TestDistances)
#include "tst_distances.moc"
