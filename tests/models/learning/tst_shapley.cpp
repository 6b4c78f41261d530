#include <QTest>
#include <bit>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "models/learning/shapley.h"

using namespace twofold;
using namespace twofold::models;

namespace {

double sumOf(const ShapleyShares& shares) {
  return std::accumulate(shares.players.begin(), shares.players.end(), 0.0,
                         [](double sum, const ShapleyShare& share) { return sum + share.value; });
}

/// Every player brings its number; the first, the second and the last together bring 3 more.
CoalitionWorths worthsOf(int players) {
  return [players](std::span<const Coalition> coalitions) {
    std::vector<double> worths;
    for (const Coalition coalition : coalitions) {
      double worth = 0.5;
      for (int p = 0; p < players; ++p) {
        worth += (coalition >> p & 1U) != 0 ? p : 0;
      }
      const bool together = (coalition & 3U) == 3U && (coalition >> (players - 1) & 1U) != 0;
      worths.push_back(worth + (together ? 3 : 0));
    }
    return worths;
  };
}

}  // namespace

class TestShapley : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  /// The glove game: one left glove, two right ones; a pair is worth 1.
  void theGloveGameHasItsKnownShares() {
    const auto worths = [](std::span<const Coalition> coalitions) {
      std::vector<double> values;
      for (const Coalition c : coalitions) {
        values.push_back((c & 1U) != 0 && (c & 6U) != 0 ? 1.0 : 0.0);
      }
      return values;
    };
    const auto shares = shapleyShares(3, worths);
    QVERIFY(std::fabs(shares.players[0].value - 4.0 / 6) < 1e-12);
    QVERIFY(std::fabs(shares.players[1].value - 1.0 / 6) < 1e-12);
    QVERIFY(std::fabs(shares.players[2].value - 1.0 / 6) < 1e-12);
  }

  void sharesAddUpAndSplitWhatThreeBringTogether_data() {
    QTest::addColumn<int>("players");
    for (const int players : {3, 5, kExactPlayers, kExactPlayers + 1, 16}) {
      QTest::addRow("%d players", players) << players;
    }
  }
  void sharesAddUpAndSplitWhatThreeBringTogether() {
    QFETCH(int, players);
    const auto shares = shapleyShares(players, worthsOf(players));
    QVERIFY(std::fabs(sumOf(shares) - (shares.all - shares.none)) < 1e-9);
    QCOMPARE(shares.none, 0.5);
    for (int p = 0; p < players; ++p) {
      const bool isOfThree = p < 2 || p == players - 1;
      const auto& share = shares.players[static_cast<std::size_t>(p)];
      QVERIFY2(std::fabs(share.value - (p + (isOfThree ? 1 : 0))) <= 4 * share.error + 1e-9,
               qPrintable(QString::number(share.value)));
    }
    QCOMPARE(shares.players[0].error > 0, players > kExactPlayers);
  }

  void nobodyHasNothingToShare() {
    const auto shares = shapleyShares(0, worthsOf(1));
    QVERIFY(shares.players.empty());
    QCOMPARE(shares.all, shares.none);
  }

  void moreThanTwentyFourAreRefused() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(shapleyShares(25, worthsOf(25))), Error);
  }
};

QTEST_GUILESS_MAIN(TestShapley)
#include "tst_shapley.moc"
