#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "models/learning/attribution.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;

class TestAttribution : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_request = toyRequest(m_folder.path().toStdString());
    static_cast<void>(train(m_request, {}, {}));
    m_scorer.emplace(ScorerRequest{m_request.checkpointFolder, m_request.cacheFolder, "cpu", 1});
    QCOMPARE(m_scorer->addProteins(m_request.proteins), 0U);
  }

  void answersHaveTheBitsOfScores() {
    const IndexedPair pair{0, 3};
    const std::vector<std::uint32_t> sets = {0, 1, 2, 3};
    const auto answers = m_scorer->answers(pair, sets);
    const std::vector<std::vector<std::string>> names = {
        {}, {"sequence"}, {"calpha"}, {"sequence", "calpha"}};
    for (std::size_t i = 0; i < sets.size(); ++i) {
      QCOMPARE(answers[i].probability, m_scorer->score({&pair, 1}, names[i]).at(0));
    }
  }

  void shapleyValuesAddUpToTheLogit() {
    const auto found = attributeChannels(*m_scorer, {0, 3}, m_scorer->channels());
    const double sum = found.channels[0].shapley + found.channels[1].shapley;
    QVERIFY(std::fabs(sum - (found.logit - found.base)) < 1e-6);
    const auto answers = m_scorer->answers({0, 3}, std::vector<std::uint32_t>{3, 2});
    QCOMPARE(found.channels[0].ablation, double{answers[0].logit} - double{answers[1].logit});
    QVERIFY(found.channels[0].shapley != 0 && found.channels[1].shapley != 0);
  }

  void channelsWithoutEvidenceOrSwitchedOffHaveNoPart() {
    const auto absent = attributeChannels(*m_scorer, {0, 2}, m_scorer->channels());
    QVERIFY(!absent.channels[1].isPresent);
    QCOMPARE(absent.channels[1].shapley, 0.0);
    QCOMPARE(absent.channels[1].ablation, 0.0);
    const std::vector<std::string> on = {"calpha"};
    const auto off = attributeChannels(*m_scorer, {0, 3}, on);
    QVERIFY(off.channels[0].isPresent);
    QCOMPARE(off.channels[0].shapley, 0.0);
    QVERIFY(std::fabs(off.channels[1].shapley - (off.logit - off.base)) < 1e-9);
  }

  void theOrderOfThePairNeverMatters() {
    const auto one = attributeChannels(*m_scorer, {0, 3}, m_scorer->channels());
    const auto other = attributeChannels(*m_scorer, {3, 0}, m_scorer->channels());
    QCOMPARE(one.channels[0].shapley, other.channels[0].shapley);
    QCOMPARE(one.channels[1].ablation, other.channels[1].ablation);
  }

  /// Pairs of two proteins rich in leucine interact: the half that has it must stand out.
  void residuesThatMakeTheKindSpeakForInteraction() {
    const std::string sequence = "LLLLLLLLLLLLLLLLLLLLLLLLACDFGHIKMNPQRSTVWYACDFGH";
    const ProteinInputs two{{"one", "other"}, {sequence, sequence}, {std::nullopt, std::nullopt}};
    const auto first = m_scorer->addProteins(two);
    const std::vector<std::string> on = {"sequence"};
    const auto residues = attributeResidues(*m_scorer, {two, {first, first + 1}, on});
    QCOMPARE(residues.size(), std::size_t{2});
    for (const auto& of : residues) {
      QCOMPARE(of.values.size(), sequence.size());
      const auto half = of.values.begin() + 24;
      const double own = std::accumulate(of.values.begin(), half, 0.0);
      const double others = std::accumulate(half, of.values.end(), 0.0);
      QVERIFY2(own > others, qPrintable(QStringLiteral("%1 %2").arg(own).arg(others)));
    }
  }

  /// A head that takes proteins sees what one of them has, whatever its partner has.
  void aHeadOfProteinsCountsWhatEitherHas() {
    QTemporaryDir folder;
    auto request = toyRequest(folder.path().toStdString());
    request.spec.head = {"factorised", {}};
    static_cast<void>(train(request, {}, {}));
    Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
    static_cast<void>(scorer.addProteins(request.proteins));
    const IndexedPair pair{0, 2};  // only the first has a structure
    const auto found = attributeChannels(scorer, pair, scorer.channels());
    QVERIFY(found.channels[1].isPresent);
    QVERIFY(found.channels[1].ablation != 0);
    const double sum = found.channels[0].shapley + found.channels[1].shapley;
    QVERIFY(std::fabs(sum - (found.logit - found.base)) < 1e-6);
    QCOMPARE(static_cast<float>(found.probability),
             scorer.score({&pair, 1}, scorer.channels()).at(0));
  }

  void windowsAreBoundedForLongProteins() {
    const auto residues = attribute({0, 6}, {"sequence"}, 3);
    const auto length = static_cast<std::int64_t>(m_request.proteins.sequences[0].size());
    QVERIFY((length + residues[0].step - 1) / residues[0].step <= 3);
    QCOMPARE(residues[0].window, 2 * residues[0].step);
  }

  void nothingOfItIsKept() {
    const auto before = m_scorer->score(m_request.parts[2], m_scorer->channels());
    static_cast<void>(attribute({0, 6}, {"sequence", "calpha"}));
    QCOMPARE(m_scorer->score(m_request.parts[2], m_scorer->channels()), before);
  }

  void aModelThatReadsNoSequenceIsToldSo() {
    try {
      static_cast<void>(attribute({0, 6}, {"calpha"}));
      QFAIL("residues of a channel that reads none");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::Usage);
      QVERIFY2(QString(error.what()).contains("switch channel sequence on"), error.what());
    }
  }

 private:
  std::vector<ResidueAttribution> attribute(const IndexedPair& pair,
                                            const std::vector<std::string>& on,
                                            std::int64_t windows = 64) {
    const auto& all = m_request.proteins;
    const ProteinInputs two{{all.ids[pair.a], all.ids[pair.b]},
                            {all.sequences[pair.a], all.sequences[pair.b]}};
    return attributeResidues(*m_scorer, {two, pair, on, windows});
  }

  QTemporaryDir m_folder;
  TrainRequest m_request;
  std::optional<Scorer> m_scorer;
};

QTEST_GUILESS_MAIN(TestAttribution)
#include "tst_attribution.moc"
