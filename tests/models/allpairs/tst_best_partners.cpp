#include <QTest>
#include <algorithm>

#include "core/base/random.h"
#include "models/allpairs/best_partners.h"

using namespace twofold;
using models::BestPartners;
using models::Partner;

namespace {

constexpr float kNone = -std::numeric_limits<float>::infinity();

std::vector<Partner> kept(BestPartners best, const std::vector<Partner>& partners) {
  for (const Partner& partner : partners) {
    if (partner.logit >= best.threshold()) {
      best.add(partner);
    }
  }
  return std::move(best).taken();
}

}  // namespace

class TestBestPartners : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keepsWhatSortingWould_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("top");
    QTest::addColumn<int>("levels");  // few: many partners are equal
    for (const int count : {0, 1, 99, 100, 5000}) {
      for (const int top : {1, 100, 3000}) {
        for (const int levels : {1, 7, 1000000}) {
          QTest::addRow("%d of %d, %d levels", top, count, levels) << count << top << levels;
        }
      }
    }
  }
  void keepsWhatSortingWould() {
    QFETCH(int, count);
    QFETCH(int, top);
    QFETCH(int, levels);
    Random random(5);
    std::vector<Partner> partners;
    for (int i = 0; i < count; ++i) {
      const auto level = random.below(static_cast<std::uint64_t>(levels));
      partners.push_back({static_cast<std::uint32_t>(i), static_cast<float>(level)});
    }
    auto expected = partners;
    std::stable_sort(expected.begin(), expected.end(),
                     [](const Partner& a, const Partner& b) { return a.logit > b.logit; });
    expected.resize(static_cast<std::size_t>(std::min(count, top)));
    QVERIFY(kept({static_cast<std::size_t>(top), kNone}, partners) == expected);
  }

  void withoutLimitAllAreKeptBestFirst() {
    const std::vector<Partner> partners = {{1, 0.5F}, {2, 2}, {3, -1}, {4, 2}};
    const std::vector<Partner> sorted = {{2, 2}, {4, 2}, {1, 0.5F}, {3, -1}};
    QVERIFY(kept({0, kNone}, partners) == sorted);
  }

  void smallestLogitIsKeptAndLessIsNot() {
    const std::vector<Partner> partners = {{1, 0.5F}, {2, 2}, {3, 0.49F}};
    const std::vector<Partner> expected = {{2, 2}, {1, 0.5F}};
    QVERIFY(kept({10, 0.5F}, partners) == expected);
  }
};

QTEST_GUILESS_MAIN(TestBestPartners)
#include "tst_best_partners.moc"
