#include <QTest>
#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <vector>

#include "core/base/random.h"

using namespace twofold;

class TestRandom : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // The first outputs of Vigna's splitmix64.c for seed 1234567.
  void theStreamIsSplitMix64() {
    Random random(1234567);
    QCOMPARE(random.next(), std::uint64_t{6457827717110365317ULL});
    QCOMPARE(random.next(), std::uint64_t{3203168211198807973ULL});
    QCOMPARE(random.next(), std::uint64_t{9817491932198370423ULL});
  }

  void numbersBelowABoundAreEven() {
    Random random(1);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i) {
      ++counts.at(random.below(7));
    }
    for (const int count : counts) {
      QVERIFY2(count > 9'500 && count < 10'500, qPrintable(QString::number(count)));
    }
    QCOMPARE(random.below(1), std::uint64_t{0});
  }

  void uniformStaysBelowOne() {
    Random random(2);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
      const double value = random.uniform();
      QVERIFY(value >= 0 && value < 1);
      sum += value;
    }
    QVERIFY(sum > 4'800 && sum < 5'200);
  }

  void shufflingIsAPermutationFixedByTheSeed() {
    std::vector<int> first(100);
    std::iota(first.begin(), first.end(), 0);
    auto second = first;
    const auto sorted = first;
    Random one(3);
    one.shuffle(std::span(first));
    Random two(3);
    two.shuffle(std::span(second));
    QVERIFY(first == second);
    QVERIFY(first != sorted);
    std::sort(first.begin(), first.end());
    QVERIFY(first == sorted);
  }

  void derivedSeedsDiffer() {
    std::set<std::uint64_t> seeds;
    for (std::uint64_t purpose = 0; purpose < 30; ++purpose) {
      for (std::uint64_t step = 0; step < 30; ++step) {
        seeds.insert(derivedSeed(42, purpose, step));
      }
    }
    QCOMPARE(seeds.size(), std::size_t{900});
  }
};

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
