#include <QTest>
#include <algorithm>
#include <functional>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/bio/alignment.h"
#include "core/bio/blosum62.h"
#include "core/bio/sequence.h"

using namespace twofold;
using namespace twofold::bio;

class TestAlignment : public QObject {
  Q_OBJECT

 private:
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

  static std::string randomSequence(Random& random, std::size_t length) {
    std::string sequence;
    for (std::size_t i = 0; i < length; ++i) {
      sequence += kStandardResidues[random.below(kStandardResidues.size())];
    }
    return sequence;
  }

  /// A relative: residues replaced, left out and put in.
  static std::string relativeOf(Random& random, const std::string& sequence) {
    std::string relative;
    for (const char residue : sequence) {
      const auto fate = random.below(20);
      if (fate == 0) {
        relative += randomSequence(random, 1 + random.below(6));
      } else if (fate > 1) {
        relative += fate < 6 ? randomSequence(random, 1)[0] : residue;
      }
    }
    return relative;
  }

  static int gap(std::size_t length) { return length == 0 ? 0 : 11 + static_cast<int>(length); }

  /// What hangs over at an end: one sequence's part costs nothing, the other's is a gap.
  static int overhang(std::size_t a, std::size_t b) { return std::min(gap(a), gap(b)); }

  static int scoreOf(const Alignment& alignment, const std::string& a, const std::string& b) {
    const auto& pairs = alignment.pairs;
    if (pairs.empty()) {
      return 0;
    }
    int score = -overhang(pairs.front().first, pairs.front().second) -
                overhang(a.size() - 1 - pairs.back().first, b.size() - 1 - pairs.back().second);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto [x, y] = pairs[i];
      score += kBlosum62[blosumIndex(a[x])][blosumIndex(b[y])];
      if (i > 0) {
        score -= gap(x - pairs[i - 1].first - 1) + gap(y - pairs[i - 1].second - 1);
      }
    }
    return score;
  }

  /// The best score by trying every pair before every pair.
  static int bestByTrying(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> ending(a.size(), std::vector<int>(b.size()));
    int best = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) {
        int before = -overhang(i, j);
        for (std::size_t x = 0; x < i; ++x) {
          for (std::size_t y = 0; y < j; ++y) {
            before = std::max(before, ending[x][y] - gap(i - x - 1) - gap(j - y - 1));
          }
        }
        ending[i][j] = before + kBlosum62[blosumIndex(a[i])][blosumIndex(b[j])];
        best = std::max(best, ending[i][j] - overhang(a.size() - 1 - i, b.size() - 1 - j));
      }
    }
    return best;
  }

  static SequenceIdentity identityOf(const std::string& a, const std::string& b) {
    return identityIn(alignSequences(a, b), a, b);
  }

 private Q_SLOTS:
  void theMatrixIsSymmetric() {
    for (std::size_t i = 0; i < kBlosum62.size(); ++i) {
      for (std::size_t j = 0; j < kBlosum62.size(); ++j) {
        QCOMPARE(kBlosum62[i][j], kBlosum62[j][i]);
      }
    }
    QCOMPARE(int{kBlosum62[blosumIndex('W')][blosumIndex('W')]}, 11);
    QCOMPARE(int{kBlosum62[blosumIndex('L')][blosumIndex('I')]}, 2);
    QCOMPARE(blosumIndex('U'), blosumIndex('X'));
  }

  void aSequenceIsItself() {
    const std::string a = "MKTAYIAKQRW";
    const auto alignment = alignSequences(a, a);
    QCOMPARE(alignment.score, 5 + 5 + 5 + 4 + 7 + 4 + 4 + 5 + 5 + 5 + 11);
    QCOMPARE(alignment.pairs.size(), a.size());
    const auto same = identityOf(a, a);
    QCOMPARE(same.identity, 1.0);
    QCOMPARE(same.coverageA, 1.0);
    QCOMPARE(same.columns, std::int64_t{11});
  }

  /// WWWW--WWWW over WWWWGGWWWW: 8 pairs of 11, less 11 + 2.
  void aGapIsOpenedWhereItPays() {
    const auto alignment = alignSequences("WWWWWWWW", "WWWWGGWWWW");
    QCOMPARE(alignment.score, 8 * 11 - 13);
    const auto found = identityOf("WWWWWWWW", "WWWWGGWWWW");
    QCOMPARE(found.identical, std::int64_t{8});
    QCOMPARE(found.columns, std::int64_t{10});
    QCOMPARE(found.coverageA, 1.0);
    QCOMPARE(found.coverageB, 0.8);
  }

  void whatHangsOverCostsNothing() {
    const auto alignment = alignSequences("GGGGMKWC", "MKWCPPPP");
    QVERIFY((alignment.pairs == Pairs{{4, 0}, {5, 1}, {6, 2}, {7, 3}}));
    QCOMPARE(alignment.score, 5 + 5 + 11 + 9);
    const auto found = identityOf("GGGGMKWC", "MKWCPPPP");
    QCOMPARE(found.identity, 1.0);
    QCOMPARE(found.coverageA, 0.5);
    QCOMPARE(found.columns, std::int64_t{4});
  }

  void nothingIsAlikeInWhatIsNot() {
    QVERIFY(alignSequences("", "MK").pairs.empty());
    QVERIFY(alignSequences("WWW", "PPP").pairs.empty());
    QCOMPARE(identityOf("WWW", "PPP").identity, 0.0);
    QCOMPARE(identityOf("XXWX", "XXWX").identical, std::int64_t{1});
  }

  void noAlignmentScoresHigher() {
    Random random(1);
    for (int turn = 0; turn < 200; ++turn) {
      const auto a = randomSequence(random, 1 + random.below(14));
      const auto b = turn % 2 == 0 ? relativeOf(random, a) : randomSequence(random, 12);
      const auto alignment = alignSequences(a, b);
      QCOMPARE(alignment.score, scoreOf(alignment, a, b));
      QCOMPARE(alignment.score, bestByTrying(a, b));
    }
  }

  void theOrderDoesNotMatter() {
    Random random(2);
    for (int turn = 0; turn < 40; ++turn) {
      const auto a = randomSequence(random, 20 + random.below(200));
      const auto b = turn % 2 == 0 ? relativeOf(random, a) : randomSequence(random, 100);
      const auto there = alignSequences(a, b);
      auto back = alignSequences(b, a);
      QCOMPARE(back.score, there.score);
      for (auto& [i, j] : back.pairs) {
        std::swap(i, j);
      }
      QVERIFY(back.pairs == there.pairs);
      const auto one = identityOf(a, b);
      const auto other = identityOf(b, a);
      QCOMPARE(one.identity, other.identity);
      QCOMPARE(one.coverageA, other.coverageB);
      QCOMPARE(scoreOf(there, a, b), there.score);
    }
  }

  void relativesAreFoundAndStrangersAreNot() {
    Random random(3);
    const auto a = randomSequence(random, 400);
    const auto relative = identityOf(a, relativeOf(random, a));
    QVERIFY(relative.identity > 0.6 && relative.coverageA > 0.85);
    QVERIFY(identityOf(a, randomSequence(random, 400)).identity < 0.35);
  }

  /// 7,000 x 7,000 is more than one block of steps.
  void longSequencesGoBlockByBlock() {
    Random random(4);
    const auto a = randomSequence(random, 7000);
    const auto b = relativeOf(random, a);
    const auto alignment = alignSequences(a, b);
    QCOMPARE(alignment.score, scoreOf(alignment, a, b));
    QVERIFY(identityIn(alignment, a, b).identity > 0.6);
    QVERIFY(std::ranges::is_sorted(alignment.pairs));
  }

  void observedResiduesFindTheirPlace() {
    const std::string full = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";
    auto observed = full.substr(3, 10);
    observed.append(full, 18, 12);
    const auto positions = positionsIn(alignSequences(observed, full), observed.size());
    for (std::size_t i = 0; i < observed.size(); ++i) {
      QVERIFY(positions[i].has_value());
      QCOMPARE(std::size_t{*positions[i]}, i < 10 ? i + 3 : i + 8);
    }
  }

  void aStopIsSeen() {
    std::stop_source source;
    source.request_stop();
    QVERIFY_THROWS_EXCEPTION(StopRequested, (void)alignSequences("MKT", "MKT", source.get_token()));
  }
};

QTEST_GUILESS_MAIN(TestAlignment)
#include "tst_alignment.moc"
