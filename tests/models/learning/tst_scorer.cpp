#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "core/base/error.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;

class TestScorer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_request = models::toyRequest(m_folder.path().toStdString());
    m_result = models::train(m_request, {}, {});
  }

  void givesTheNumbersOfTheRun() {
    auto scorer = makeScorer();
    QCOMPARE(scorer.channels(), (std::vector<std::string>{"sequence", "calpha"}));
    QCOMPARE(scorer.threshold(), m_result.threshold);
    QCOMPARE(scorer.spec().seed, 7ULL);
    QCOMPARE(scorer.addProteins(m_request.proteins), 0U);
    const auto scores = scorer.score(m_request.parts[2], scorer.channels());
    QCOMPARE(scores, m_result.parts.at("test").probabilities);
  }

  void orderOfThePairNeverMatters() {
    auto scorer = makeScorer();
    static_cast<void>(scorer.addProteins(m_request.proteins));
    for (std::uint32_t a = 0; a < 30; ++a) {
      const std::vector<models::IndexedPair> pair = {{a, a + 17}};
      const std::vector<models::IndexedPair> swapped = {{a + 17, a}};
      QCOMPARE(scorer.score(pair, scorer.channels()), scorer.score(swapped, scorer.channels()));
    }
  }

  void pairGetsTheSameBitsAloneSwappedAndAmongOthers_data() {
    QTest::addColumn<int>("count");
    for (const int count : {1, 3, 77, 256, 1000}) {
      QTest::addRow("%d pairs", count) << count;
    }
  }
  void pairGetsTheSameBitsAloneSwappedAndAmongOthers() {
    QFETCH(int, count);
    auto scorer = makeScorer();
    static_cast<void>(scorer.addProteins(m_request.proteins));
    const auto pairs = models::toyPairs(static_cast<std::size_t>(count), 60, 9);
    std::vector<models::IndexedPair> both = {{5, 6}};
    both.insert(both.end(), pairs.begin(), pairs.end());
    for (const auto& pair : pairs) {
      both.push_back({pair.b, pair.a});
    }
    const auto scores = scorer.score(both, scorer.channels());
    const std::vector<float> forward(scores.begin() + 1, scores.begin() + 1 + count);
    const std::vector<float> backward(scores.begin() + 1 + count, scores.end());
    QCOMPARE(forward, backward);
    QCOMPARE(scorer.score(pairs, scorer.channels()), forward);
    QCOMPARE(scorer.score(std::span(pairs).first(1), scorer.channels()).front(), forward.front());
  }

  void proteinsMayComeOneByOne() {
    auto scorer = makeScorer();
    for (std::uint32_t i = 0; i < 4; ++i) {
      const auto& all = m_request.proteins;
      QCOMPARE(scorer.addProteins({{all.ids[i]}, {all.sequences[i]}, {all.chains[i]}}), i);
    }
    QVERIFY(scorer.isPresent("calpha", {0, 1}));
    QVERIFY(!scorer.isPresent("calpha", {0, 2}));
    QVERIFY(scorer.isPresent("sequence", {0, 2}));
    auto whole = makeScorer();
    static_cast<void>(whole.addProteins(m_request.proteins));
    const std::vector<models::IndexedPair> pair = {{0, 3}};
    QCOMPARE(scorer.score(pair, scorer.channels()), whole.score(pair, whole.channels()));
  }

  void everySubsetOfChannelsIsServed() {
    auto scorer = makeScorer();
    static_cast<void>(scorer.addProteins(m_request.proteins));
    const std::vector<models::IndexedPair> pair = {{0, 3}};
    const auto score = [&](const std::vector<std::string>& channels) {
      const float value = scorer.score(pair, channels).at(0);
      return value > 0 && value < 1 ? value : -1.0F;
    };
    const std::set<float> values = {score({}), score({"sequence"}), score({"calpha"}),
                                    score({"sequence", "calpha"})};
    QCOMPARE(values.size(), std::size_t{4});
    QVERIFY(!values.contains(-1.0F));
  }

  void missingEvidenceIsTheSameAsASwitchedOffChannel() {
    auto scorer = makeScorer();
    static_cast<void>(scorer.addProteins(m_request.proteins));
    const std::vector<models::IndexedPair> pair = {{0, 2}};
    const std::vector<std::string> sequenceOnly = {"sequence"};
    QCOMPARE(scorer.score(pair, scorer.channels()), scorer.score(pair, sequenceOnly));
  }

  void unknownChannelNamesTheNearest() {
    auto scorer = makeScorer();
    const std::vector<std::string> wrong = {"sequenze"};
    try {
      static_cast<void>(scorer.score({}, wrong));
      QFAIL("an unknown channel was accepted");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::Usage);
      QVERIFY2(QString(error.what()).contains("\"sequence\""), error.what());
    }
  }

  void folderWithoutCheckpointIsNotFound() {
    const std::filesystem::path empty = m_folder.path().toStdString();
    try {
      const models::Scorer scorer({empty / "nowhere", m_request.cacheFolder, "cpu", 1});
      QFAIL("a missing folder was accepted");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::NotFound);
    }
  }

 private:
  models::Scorer makeScorer() const {
    return models::Scorer({m_request.checkpointFolder, m_request.cacheFolder, "cpu", 1});
  }

  QTemporaryDir m_folder;
  models::TrainRequest m_request;
  models::TrainResult m_result;
};

QTEST_GUILESS_MAIN(TestScorer)
#include "tst_scorer.moc"
