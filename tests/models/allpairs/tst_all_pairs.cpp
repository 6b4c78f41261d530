#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "models/allpairs/all_pairs.h"

using namespace twofold;
using models::AllPairs;
using models::AllPairsOptions;
using models::FactorisedTable;
using models::Partner;
using models::Precision;

namespace {

using Lists = std::map<std::uint32_t, std::vector<Partner>>;

struct Sizes {
  std::size_t proteins = 0;
  std::size_t hidden = 0;
  std::size_t bilinear = 0;
};

FactorisedTable randomTable(const Sizes& sizes) {
  Random random(11);
  const auto values = [&](std::size_t count) {
    std::vector<float> result(count);
    for (float& value : result) {
      value = static_cast<float>(4 * random.uniform() - 2);
    }
    return result;
  };
  FactorisedTable table;
  table.hiddenWeights = values(sizes.hidden);
  table.bilinearWeights = values(sizes.bilinear);
  table.bias = 0.3F;
  table.hidden = values(sizes.proteins * sizes.hidden);
  table.bilinear = values(sizes.proteins * sizes.bilinear);
  table.linear = values(sizes.proteins);
  return table;
}

double directLogit(const FactorisedTable& table, std::size_t a, std::size_t b) {
  double sum = table.bias + table.linear[a] + table.linear[b];
  const std::size_t hidden = table.hiddenWeights.size();
  for (std::size_t h = 0; h < hidden; ++h) {
    const double both = table.hidden[a * hidden + h] + table.hidden[b * hidden + h];
    sum += table.hiddenWeights[h] * std::max(both, 0.0);
  }
  const std::size_t products = table.bilinearWeights.size();
  for (std::size_t k = 0; k < products; ++k) {
    sum += static_cast<double>(table.bilinearWeights[k]) * table.bilinear[a * products + k] *
           table.bilinear[b * products + k];
  }
  return sum;
}

Lists listsOf(const FactorisedTable& table, const AllPairs& allPairs,
              const AllPairsOptions& options) {
  Lists lists;
  allPairs.score(models::allProteins(table), options,
                 [&](std::uint32_t protein, std::span<const Partner> partners) {
                   lists[protein].assign(partners.begin(), partners.end());
                 });
  return lists;
}

AllPairsOptions everything() {
  AllPairsOptions options;
  options.top = 0;
  options.threads = 2;
  return options;
}

/// Logits by pair, each way round.
std::map<std::pair<std::uint32_t, std::uint32_t>, float> logitsOf(const Lists& lists) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, float> logits;
  for (const auto& [protein, partners] : lists) {
    for (const Partner& partner : partners) {
      logits[{protein, partner.protein}] = partner.logit;
    }
  }
  return logits;
}

}  // namespace

class TestAllPairs : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalsTheDirectForm_data() {
    QTest::addColumn<int>("proteins");
    QTest::addColumn<int>("hidden");
    QTest::addColumn<int>("bilinear");
    QTest::addColumn<bool>("isPortable");
    for (const bool isPortable : {false, true}) {
      const char* kernel = isPortable ? "portable" : "fastest";
      QTest::addRow("one pair, %s", kernel) << 2 << 3 << 1 << isPortable;
      QTest::addRow("odd sizes, %s", kernel) << 77 << 17 << 5 << isPortable;
      QTest::addRow("usual sizes, %s", kernel) << 200 << 128 << 32 << isPortable;
      QTest::addRow("no products, %s", kernel) << 65 << 8 << 0 << isPortable;
      QTest::addRow("no hidden units, %s", kernel) << 66 << 0 << 4 << isPortable;
    }
  }
  void equalsTheDirectForm() {
    QFETCH(int, proteins);
    QFETCH(int, hidden);
    QFETCH(int, bilinear);
    QFETCH(bool, isPortable);
    const auto table =
        randomTable({static_cast<std::size_t>(proteins), static_cast<std::size_t>(hidden),
                     static_cast<std::size_t>(bilinear)});
    const auto kernel = isPortable ? AllPairs::Kernel::Portable : AllPairs::Kernel::Fastest;
    const auto logits = logitsOf(listsOf(
        table, AllPairs(table, models::allProteins(table), Precision::Fp32, kernel), everything()));
    QCOMPARE(logits.size(), static_cast<std::size_t>(proteins * (proteins - 1)));
    for (const auto& [pair, logit] : logits) {
      const double direct = directLogit(table, pair.first, pair.second);
      QVERIFY2(std::abs(logit - direct) < 1e-4, qPrintable(QString::number(logit - direct)));
    }
  }

  void bothSidesOfAPairGetTheSameBits_data() {
    QTest::addColumn<bool>("isNarrow");
    QTest::addColumn<bool>("isPortable");
    for (const bool isNarrow : {false, true}) {
      for (const bool isPortable : {false, true}) {
        QTest::addRow("%s %s", isNarrow ? "bf16" : "fp32", isPortable ? "portable" : "fastest")
            << isNarrow << isPortable;
      }
    }
  }
  void bothSidesOfAPairGetTheSameBits() {
    QFETCH(bool, isNarrow);
    QFETCH(bool, isPortable);
    const auto table = randomTable({150, 21, 6});
    const AllPairs allPairs(table, {}, isNarrow ? Precision::Bf16 : Precision::Fp32,
                            isPortable ? AllPairs::Kernel::Portable : AllPairs::Kernel::Fastest);
    const auto logits = logitsOf(listsOf(table, allPairs, everything()));
    for (const auto& [pair, logit] : logits) {
      QCOMPARE(logits.at({pair.second, pair.first}), logit);
    }
  }

  void narrowNumbersStayNear_data() {
    QTest::addColumn<bool>("isPortable");
    QTest::newRow("fastest") << false;
    QTest::newRow("portable") << true;
  }
  void narrowNumbersStayNear() {
    QFETCH(bool, isPortable);
    const auto table = randomTable({130, 64, 16});
    const auto kernel = isPortable ? AllPairs::Kernel::Portable : AllPairs::Kernel::Fastest;
    const auto logits = logitsOf(listsOf(
        table, AllPairs(table, models::allProteins(table), Precision::Bf16, kernel), everything()));
    double squares = 0;
    for (const auto& [pair, logit] : logits) {
      const double direct = directLogit(table, pair.first, pair.second);
      squares += (logit - direct) * (logit - direct);
    }
    // Logits here are spread by about 20; halves lose one part in 512 at most.
    const double error = std::sqrt(squares / static_cast<double>(logits.size()));
    QVERIFY2(error > 1e-4 && error < 0.05, qPrintable(QString::number(error)));
  }

  void topPartnersAreThoseOfTheDirectForm() {
    const auto table = randomTable({700, 32, 8});
    AllPairsOptions options;
    options.top = 10;
    const auto lists =
        listsOf(table, AllPairs(table, models::allProteins(table), Precision::Fp32), options);
    QCOMPARE(lists.size(), std::size_t{700});
    for (const auto& [protein, partners] : lists) {
      QCOMPARE(partners.size(), std::size_t{10});
      std::vector<std::pair<double, std::uint32_t>> direct;
      for (std::uint32_t other = 0; other < 700; ++other) {
        if (other != protein) {
          direct.emplace_back(-directLogit(table, protein, other), other);
        }
      }
      std::sort(direct.begin(), direct.end());
      for (std::size_t i = 0; i < partners.size(); ++i) {
        // Where two are nearer to each other than rounding, either may come first.
        const double difference = std::abs(-direct[i].first - partners[i].logit);
        QVERIFY(partners[i].protein == direct[i].second || difference < 1e-4);
      }
    }
  }

  void threadsNeverMatter() {
    const auto table = randomTable({500, 30, 7});
    const AllPairs allPairs(table, models::allProteins(table), Precision::Bf16);
    AllPairsOptions options;
    options.top = 20;
    options.threads = 1;
    const auto one = listsOf(table, allPairs, options);
    for (const int threads : {2, 5}) {
      options.threads = threads;
      QVERIFY(listsOf(table, allPairs, options) == one);
    }
  }

  void baitAgainstPrey() {
    const auto table = randomTable({300, 12, 3});
    const std::vector<std::uint32_t> baits = {250, 7, 100};
    const std::vector<std::uint32_t> preys = {299, 7, 8, 9, 200, 8};
    const AllPairs allPairs(table, preys, Precision::Fp32);
    std::vector<std::uint32_t> order;
    allPairs.score(baits, everything(), [&](std::uint32_t protein, std::span<const Partner> found) {
      order.push_back(protein);
      std::set<std::uint32_t> partners;
      for (const Partner& partner : found) {
        partners.insert(partner.protein);
        QVERIFY(std::abs(partner.logit - directLogit(table, protein, partner.protein)) < 1e-4);
      }
      std::set<std::uint32_t> expected = {7, 8, 9, 200, 299};
      expected.erase(protein);
      QVERIFY(partners == expected);
    });
    QVERIFY(order == baits);
  }

  void eachPairOnceAboveAThreshold() {
    const auto table = randomTable({400, 16, 4});
    auto options = everything();
    options.eachPairOnce = true;
    options.smallestLogit = 1.5F;
    const auto logits = logitsOf(
        listsOf(table, AllPairs(table, models::allProteins(table), Precision::Fp32), options));
    std::size_t expected = 0;
    for (std::uint32_t a = 0; a < 400; ++a) {
      for (std::uint32_t b = a + 1; b < 400; ++b) {
        const double direct = directLogit(table, a, b);
        expected += direct >= 1.5 ? 1U : 0U;
        QVERIFY(logits.contains({a, b}) == (direct >= 1.5) || std::abs(direct - 1.5) < 1e-4);
      }
    }
    QVERIFY(expected > 1000 && expected < 79000);
    for (const auto& [pair, logit] : logits) {
      QVERIFY(pair.first < pair.second);
    }
  }

  void equalPartnersGoByNumber() {
    auto table = randomTable({600, 4, 2});
    std::fill(table.hidden.begin(), table.hidden.end(), 0.25F);
    std::fill(table.bilinear.begin(), table.bilinear.end(), 0.5F);
    std::fill(table.linear.begin(), table.linear.end(), 0.0F);
    AllPairsOptions options;
    options.top = 3;
    const auto lists =
        listsOf(table, AllPairs(table, models::allProteins(table), Precision::Fp32), options);
    for (const auto& [protein, partners] : lists) {
      for (std::uint32_t i = 0; i < 3; ++i) {
        QCOMPARE(partners[i].protein, protein <= i ? i + 1 : i);
      }
    }
  }

  void stopEndsTheWorkAndProgressCountsPairs() {
    const auto table = randomTable({1000, 8, 2});
    const AllPairs allPairs(table, models::allProteins(table), Precision::Fp32);
    std::stop_source stop;
    std::int64_t done = 0;
    const auto progress = [&](const Progress& report) {
      QCOMPARE(report.total, std::int64_t{1'000'000});
      done = report.done;
      if (done >= 300'000) {
        stop.request_stop();
      }
    };
    const auto ignore = [](std::uint32_t, std::span<const Partner>) {};
    QVERIFY_EXCEPTION_THROWN(
        allPairs.score(models::allProteins(table), {}, ignore, progress, stop.get_token()),
        StopRequested);
    QVERIFY(done < 400'000);
    allPairs.score(models::allProteins(table), {}, ignore,
                   [&](const Progress& report) { done = report.done; });
    QCOMPARE(done, std::int64_t{1'000'000});
  }

  void sinksErrorComesOut() {
    const auto table = randomTable({1000, 8, 2});
    const AllPairs allPairs(table, models::allProteins(table), Precision::Fp32);
    const auto full = [](std::uint32_t, std::span<const Partner>) {
      throw Error(ErrorKind::Io, "the disk is full");
    };
    QVERIFY_EXCEPTION_THROWN(allPairs.score(models::allProteins(table), {}, full), Error);
  }

  void brokenTablesAreRefused() {
    const auto refuses = [](const FactorisedTable& table, const char* words) {
      try {
        const AllPairs allPairs(table, models::allProteins(table), Precision::Fp32);
      } catch (const Error& error) {
        return QString(error.what()).contains(words);
      }
      return false;
    };
    auto table = randomTable({10, 4, 2});
    table.hidden[4 * 7 + 1] = std::nanf("");
    QVERIFY(refuses(table, "protein 7"));
    table = randomTable({10, 4, 2});
    table.bilinearWeights[0] = std::numeric_limits<float>::infinity();
    QVERIFY(refuses(table, "a weight"));
    table = randomTable({10, 4, 2});
    table.hidden.pop_back();
    QVERIFY(refuses(table, "do not agree"));
    table = randomTable({10, 4, 2});
    const std::vector<std::uint32_t> columns = {10};
    QVERIFY_EXCEPTION_THROWN(AllPairs(table, columns, Precision::Fp32), Error);
  }

  void noProteinsGiveNoRows() {
    const FactorisedTable table = randomTable({0, 4, 2});
    const AllPairs allPairs(table, models::allProteins(table), Precision::Fp32);
    QVERIFY(listsOf(table, allPairs, {}).empty());
  }
};

QTEST_GUILESS_MAIN(TestAllPairs)
#include "tst_all_pairs.moc"
