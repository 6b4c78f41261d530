// Which proteins a run fails on, by hand.
#include <QTest>
#include <cmath>

#include "core/errors/error_tables.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/errors/made_up_run.h"

using namespace twofold;
using namespace twofold::errors;
using namespace twofold::tests;

class TestProteinErrors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void proteinsComeByTheLowerEndOfTheirErrorRate() {
    MadeUpRun made;
    const auto list = proteinErrors(made.part(), 0.5);
    QCOMPARE(list.errorRate, 0.5);
    std::vector<std::uint32_t> order;
    for (const auto& own : list.proteins) {
      order.push_back(own.protein);
    }
    // 2 of 2, 1 of 1 twice, 1 of 2 twice, 0 of 3
    QCOMPARE(order, (std::vector<std::uint32_t>{4, 2, 5, 0, 1, 3}));
    const auto& worst = list.proteins.front();
    QCOMPARE(worst.pairs, std::int64_t(2));
    QCOMPARE(worst.wrong, std::int64_t(2));
    QCOMPARE(worst.expected, 1.0);
    QVERIFY2(std::isnan(worst.mcc), "it has no positive pair");
    QVERIFY(!worst.isAbove);
    QVERIFY(std::abs(list.proteins[1].rate.low - 0.2065493) < 1e-6);
    QCOMPARE(list.proteins[1].rate.high, 1.0);
    const auto& best = list.proteins.back();
    QCOMPARE(best.pairs, std::int64_t(3));  // its pair with itself counts once
    QCOMPARE(best.mcc, 1.0);
    QCOMPARE(list.proteins[3].mcc, 0.0);  // both of its pairs are called positive
    QCOMPARE(list.above, std::int64_t(0));
    QCOMPARE(list.aboveByChance, 0.0);  // of three pairs, not even three wrong are beyond one half
  }

  /// 30 of 40 says more than 1 of 1.
  void oneWrongPairDoesNotLead() {
    std::vector<HandPair> pairs = {{0, 1, true, 0.1F}};
    for (int i = 0; i < 40; ++i) {
      pairs.push_back({2, 3 + i, i % 2 == 0, (i < 30) == (i % 2 == 0) ? 0.1F : 0.9F});
    }
    for (int i = 0; i < 200; ++i) {
      pairs.push_back({43 + 2 * i, 44 + 2 * i, true, 0.9F});
    }
    const auto list = proteinErrors(handMade(pairs), 0.5);
    QCOMPARE(list.proteins.front().protein, 2U);
    QVERIFY(list.proteins.front().isAbove);
    QVERIFY(std::abs(list.proteins.front().rate.low - 0.5980604) < 1e-6);
  }

  /// Four of four is beyond one half, and happens to one protein of sixteen by accident.
  void whatAccidentAloneGivesIsCounted() {
    const auto list = proteinErrors(handMade({{0, 1, true, 0.1F},
                                              {0, 2, true, 0.1F},
                                              {0, 3, false, 0.9F},
                                              {0, 4, false, 0.9F},
                                              {1, 2, true, 0.9F},
                                              {3, 4, true, 0.9F},
                                              {1, 3, false, 0.1F},
                                              {2, 4, false, 0.1F}}),
                                    0.5);
    QCOMPARE(list.errorRate, 0.5);
    QCOMPARE(list.above, std::int64_t(1));
    QVERIFY(std::abs(list.aboveByChance - 1.0 / 16) < 1e-12);
  }

  void nothingWrongAndNothingAtAll() {
    const auto right = proteinErrors(handMade({{0, 1, true, 0.9F}}), 0.5);
    QCOMPARE(right.errorRate, 0.0);
    QCOMPARE(right.above, std::int64_t(0));
    const auto none = proteinErrors({}, 0.5);
    QVERIFY(std::isnan(none.errorRate) && none.proteins.empty());
    EXPECT_ERROR(proteinErrors({}, std::nan("")), ErrorKind::Usage, "no threshold");
  }

  void theTableHasEveryProteinInOrder() {
    MadeUpRun made;
    const auto part = made.part();
    const auto text = proteinsTsv(part, proteinErrors(part, 0.5), {});
    QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t(7));
    QVERIFY2(text.find("\nP4\t2\t2\t1\t0.34") != std::string::npos, text.c_str());
    QVERIFY2(text.find("\t1\t0\t0\t2\t0\t0\t\t900\t0\n") != std::string::npos, text.c_str());
  }
};

QTEST_GUILESS_MAIN(TestProteinErrors)
#include "tst_protein_errors.moc"
