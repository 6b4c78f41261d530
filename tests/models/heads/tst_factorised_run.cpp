// Runs with the factorised head, through the same doors as any other.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "models/allpairs/all_pairs.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;

class TestFactorisedRun : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_request = models::toyRequest(m_folder.path().toStdString());
    m_request.spec.head = {"factorised", {{"hidden", std::int64_t{24}}}};
    m_result = models::train(m_request, {}, {});
  }

  void learnsWhichKindsInteract() {
    const double auprc = m_result.parts.at("test").metrics.values.at("auprc");
    QVERIFY2(auprc > 0.9, qPrintable(QString::number(auprc)));
  }

  void checkpointGivesTheNumbersOfTheRun() {
    auto scorer = makeScorer();
    const auto scores = scorer.score(m_request.parts[2], scorer.channels());
    QCOMPARE(scores, m_result.parts.at("test").probabilities);
  }

  void pairGetsTheSameBitsAloneAndSwapped() {
    auto scorer = makeScorer();
    const auto pairs = models::toyPairs(300, 60, 9);
    std::vector<models::IndexedPair> swapped;
    for (const auto& pair : pairs) {
      swapped.push_back({pair.b, pair.a});
    }
    const auto scores = scorer.score(pairs, scorer.channels());
    QCOMPARE(scorer.score(swapped, scorer.channels()), scores);
    QCOMPARE(scorer.score(std::span(pairs).last(1), scorer.channels()).front(), scores.back());
  }

  void everySubsetOfChannelsIsServed() {
    auto scorer = makeScorer();
    const std::vector<models::IndexedPair> pair = {{0, 3}};
    const std::vector<std::string> sequence = {"sequence"};
    const std::vector<std::string> calpha = {"calpha"};
    const std::vector<float> all = scorer.score(pair, scorer.channels());
    QVERIFY(all != scorer.score(pair, sequence));
    QVERIFY(all != scorer.score(pair, calpha));
    QVERIFY(all != scorer.score(pair, std::vector<std::string>()));
  }

  void resumedRunEndsWithTheSameBits() {
    auto request = m_request;
    const std::filesystem::path folder = m_folder.path().toStdString();
    request.checkpointFolder = folder / "resumed";
    std::stop_source stop;
    models::TrainObserver observer;
    observer.epochDone = [&](std::int64_t epoch) {
      if (epoch == 2) {
        stop.request_stop();
      }
    };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::train(request, observer, stop.get_token())),
                             StopRequested);
    request.resume = true;
    QCOMPARE(models::train(request, {}, {}).parts.at("test").probabilities,
             m_result.parts.at("test").probabilities);
  }

  void allPairsAgreeWithTheScorer() {
    auto scorer = makeScorer();
    const auto table = scorer.factorisedTable(scorer.channels());
    const models::AllPairs allPairs(table, models::allProteins(table), models::Precision::Fp32);
    models::AllPairsOptions options;
    options.top = 0;
    options.eachPairOnce = true;
    std::vector<models::IndexedPair> pairs;
    std::vector<double> probabilities;
    allPairs.score(
        models::allProteins(table), options,
        [&](std::uint32_t protein, std::span<const models::Partner> found) {
          for (const auto& partner : found) {
            pairs.push_back({protein, partner.protein});
            probabilities.push_back(1 / (1 + std::exp(-static_cast<double>(partner.logit))));
          }
        });
    QCOMPARE(pairs.size(), std::size_t{60 * 59 / 2});
    const auto scores = scorer.score(pairs, scorer.channels());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      QVERIFY(std::abs(static_cast<double>(scores[i]) - probabilities[i]) < 1e-5);
    }
  }

  void ordinaryHeadIsRefusedWithTheCure() {
    const std::filesystem::path folder = m_folder.path().toStdString();
    auto request = models::toyRequest(folder / "mlp");
    request.spec.training["epochs"] = std::int64_t{1};
    static_cast<void>(models::train(request, {}, {}));
    models::Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
    try {
      static_cast<void>(scorer.factorisedTable(scorer.channels()));
      QFAIL("a table was made from another head");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::Usage);
    }
  }

 private:
  models::Scorer makeScorer() const {
    models::Scorer scorer({m_request.checkpointFolder, m_request.cacheFolder, "cpu", 1});
    static_cast<void>(scorer.addProteins(m_request.proteins));
    return scorer;
  }

  QTemporaryDir m_folder;
  models::TrainRequest m_request;
  models::TrainResult m_result;
};

QTEST_GUILESS_MAIN(TestFactorisedRun)
#include "tst_factorised_run.moc"
