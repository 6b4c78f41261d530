// Channels that learn from the training part: neighbours, annotation, degree.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "models/builtin_models.h"
#include "models/learning/channel.h"
#include "tests/core/base/expect_error.h"
#include "tests/models/support/fake_backbone.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;

namespace {

std::unique_ptr<Channel> made(const std::string& id, const OptionValues& values = {}) {
  const auto& entry = builtinParts().channels.find(id);
  const Options options(id, entry.descriptor.options, values);
  auto channel = entry.make({options});
  options.requireAllRead();
  return channel;
}

/// Twenty proteins: those of even number have one term, the others another; the first twelve are
/// the training part.
ProteinInputs annotatedProteins() {
  auto proteins = toyProteins(20, 3);
  std::vector<data::Term> terms;
  for (const char* id : {"GO:1", "GO:2", "GO:3"}) {
    terms.push_back({id, id, data::AnnotationKind::Process, false});
  }
  proteins.terms = std::make_shared<data::TermGraph>(
      terms, std::vector<data::TermEdge>{{1, 0, data::TermRelation::IsA},
                                         {2, 0, data::TermRelation::IsA}});
  for (std::size_t i = 0; i < proteins.ids.size(); ++i) {
    data::ProteinAnnotations known;
    if (i != 19) {
      known.annotations.push_back(
          {data::AnnotationKind::Process, i % 2 == 0 ? "GO:2" : "GO:3", "IDA"});
    }
    proteins.annotations.push_back(std::move(known));
  }
  return proteins;
}

struct Training {
  ProteinInputs proteins = annotatedProteins();
  std::vector<std::uint32_t> own = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  std::vector<IndexedPair> pairs = toyPairs(60, 12, 1);
  FakeBackbone backbone;

  [[nodiscard]] ChannelWork work() { return {proteins, backbone, {}, {}}; }
  void fit(Channel& channel) { channel.fit({own, pairs}, work()); }
};

/// Sums that hold a label and lose it again keep its rounding.
bool areAlike(const std::vector<float>& one, const std::vector<float>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](float a, float b) { return std::fabs(a - b) < 1e-5F; });
}

}  // namespace

class TestTrainingChannels : public QObject {
  Q_OBJECT

 private:
  static void channels() {
    QTest::addColumn<QString>("id");
    for (const char* id : {"neighbours", "annotation", "degree"}) {
      QTest::newRow(id) << id;
    }
  }

 private Q_SLOTS:
  void theOrderOfAPairNeverMatters_data() { channels(); }
  void theOrderOfAPairNeverMatters() {
    QFETCH(QString, id);
    Training training;
    const auto channel = made(id.toStdString());
    training.fit(*channel);
    static_cast<void>(channel->inputs(training.work()));
    for (std::uint32_t a = 0; a < 20; ++a) {
      for (std::uint32_t b = 0; b < 20; ++b) {
        const std::vector<IndexedPair> pair = {{a, b}};
        const std::vector<IndexedPair> swapped = {{b, a}};
        QCOMPARE(channel->describePairs(pair).values, channel->describePairs(swapped).values);
        QCOMPARE(channel->describePairs(pair).present, channel->describePairs(swapped).present);
      }
    }
  }

  void labelsOfThePairsAskedForAreNotLookedAt_data() { channels(); }
  void labelsOfThePairsAskedForAreNotLookedAt() {
    QFETCH(QString, id);
    Training training;
    const auto channel = made(id.toStdString());
    training.fit(*channel);
    static_cast<void>(channel->inputs(training.work()));
    auto pairs = toyPairs(100, 20, 5);
    const auto with = channel->describePairs(pairs).values;
    for (auto& pair : pairs) {
      pair.label = data::Label::Unknown;
    }
    QCOMPARE(channel->describePairs(pairs).values, with);
  }

  /// Changing one label of the training part changes nothing of what that pair is told.
  void aPairsOwnLabelIsNoEvidenceForIt_data() { channels(); }
  void aPairsOwnLabelIsNoEvidenceForIt() {
    QFETCH(QString, id);
    Training training;
    training.pairs = {{0, 1, data::Label::Positive},
                      {2, 3, data::Label::Positive},
                      {4, 5, data::Label::Negative},
                      {0, 5, data::Label::Negative}};
    const auto before = made(id.toStdString());
    training.fit(*before);
    static_cast<void>(before->inputs(training.work()));
    training.pairs[0].label = data::Label::Negative;
    const auto after = made(id.toStdString());
    training.fit(*after);
    static_cast<void>(after->inputs(training.work()));
    const std::vector<IndexedPair> pair = {{0, 1}};
    QVERIFY(areAlike(before->describePairs(pair).values, after->describePairs(pair).values));
  }

  /// The same sequence under another id is the same protein, in pairs with itself too.
  void twinsAreOneProtein_data() { channels(); }
  void twinsAreOneProtein() {
    QFETCH(QString, id);
    Training training;
    training.proteins.sequences[11] = training.proteins.sequences[1];
    training.proteins.annotations[11] = training.proteins.annotations[1];
    for (const IndexedPair asked : {IndexedPair{0, 11}, IndexedPair{11, 11}, IndexedPair{1, 11}}) {
      std::vector<std::vector<float>> told;
      for (const auto label : {data::Label::Positive, data::Label::Negative}) {
        training.pairs = {{2, 3, data::Label::Positive}, {4, 5, data::Label::Negative}};
        training.pairs.push_back({asked.a, asked.b, label});
        const auto channel = made(id.toStdString());
        training.fit(*channel);
        static_cast<void>(channel->inputs(training.work()));
        told.push_back(channel->describePairs(std::span(&asked, 1)).values);
      }
      QVERIFY(areAlike(told[0], told[1]));
    }
  }

  /// Twins may be annotated each in its own way; a pair's label still does not come back to it.
  void twinsOfOtherAnnotationsLearnNothingOfTheirOwnPair() {
    std::vector<std::vector<float>> told;
    for (const auto label : {data::Label::Positive, data::Label::Negative}) {
      Training training;
      training.proteins.sequences[11] = training.proteins.sequences[2];  // of the other kind
      training.pairs = {
          {2, 3, data::Label::Positive}, {4, 5, data::Label::Negative}, {11, 0, label}};
      const auto channel = made("annotation");
      training.fit(*channel);
      static_cast<void>(channel->inputs(training.work()));
      const std::vector<IndexedPair> pair = {{11, 0}};
      told.push_back(channel->describePairs(pair).values);
    }
    QVERIFY(areAlike(told[0], told[1]));
  }

  void aCallThatFailedLeavesNothing_data() { channels(); }
  void aCallThatFailedLeavesNothing() {
    QFETCH(QString, id);
    Training training;
    const auto channel = made(id.toStdString());
    training.fit(*channel);
    static_cast<void>(channel->inputs(training.work()));
    const auto pairs = toyPairs(100, 20, 5);
    const auto before = channel->describePairs(pairs).values;
    static_cast<void>(channel->inputs(training.work()));  // known is 0: the first was not kept
    QCOMPARE(channel->describePairs(pairs).values, before);
    auto more = training.work();
    more.known = 20;
    static_cast<void>(channel->inputs(more));
    std::vector<IndexedPair> later;
    for (const auto& pair : pairs) {
      later.push_back({pair.a + 20, pair.b + 20, pair.label});
    }
    QCOMPARE(channel->describePairs(later).values, before);
  }

  void whatWasLearnedComesBackFromACheckpoint_data() { channels(); }
  void whatWasLearnedComesBackFromACheckpoint() {
    QFETCH(QString, id);
    Training training;
    const auto channel = made(id.toStdString());
    training.fit(*channel);
    const auto rows = channel->inputs(training.work());
    const auto restored = made(id.toStdString());
    restored->restore(channel->state());
    const auto again = restored->inputs(training.work());
    QCOMPARE(again.values, rows.values);
    QCOMPARE(again.present, rows.present);
    const auto pairs = toyPairs(100, 20, 5);
    QCOMPARE(restored->describePairs(pairs).values, channel->describePairs(pairs).values);
    QCOMPARE(restored->pairFeatures(), channel->describePairs(pairs).features);
    EXPECT_ERROR(made(id.toStdString())->restore({}), ErrorKind::BadInput, "checkpoint");
  }

  void proteinsMayComeInGroups_data() { channels(); }
  void proteinsMayComeInGroups() {
    QFETCH(QString, id);
    Training training;
    const auto whole = made(id.toStdString());
    training.fit(*whole);
    static_cast<void>(whole->inputs(training.work()));
    const auto grouped = made(id.toStdString());
    grouped->restore(whole->state());
    for (const std::size_t first : {std::size_t{0}, std::size_t{7}}) {
      const auto cut = [&](const auto& all) {
        return std::decay_t<decltype(all)>(
            all.begin() + static_cast<std::ptrdiff_t>(first),
            all.begin() + static_cast<std::ptrdiff_t>(first == 0 ? 7 : 20));
      };
      const auto& all = training.proteins;
      const ProteinInputs some{cut(all.ids), cut(all.sequences), cut(all.chains),
                               cut(all.annotations), all.terms};
      static_cast<void>(grouped->inputs({some, training.backbone, {}, {}, first}));
    }
    const auto pairs = toyPairs(100, 20, 5);
    QCOMPARE(grouped->describePairs(pairs).values, whole->describePairs(pairs).values);
  }

  void aProteinWithoutAnnotationsIsAbsent() {
    Training training;
    const auto channel = made("annotation", {{"evidence", std::string("all")}});
    training.fit(*channel);
    const auto rows = channel->inputs(training.work());
    QCOMPARE(rows.present[18], std::uint8_t{1});
    QCOMPARE(rows.present[19], std::uint8_t{0});
    const std::vector<IndexedPair> pairs = {{0, 2}, {0, 1}, {0, 19}};
    const auto described = channel->describePairs(pairs);
    QCOMPARE(described.present, (std::vector<std::uint8_t>{1, 1, 0}));
    QVERIFY(described.values[0] > described.values[25]);  // the same term beside different ones
  }

  void withoutAGraphNoTermOfGoIsRead() {
    Training training;
    training.proteins.terms = nullptr;
    const auto channel = made("annotation");
    training.fit(*channel);
    const auto rows = channel->inputs(training.work());
    QCOMPARE(std::count(rows.present.begin(), rows.present.end(), 0), 20);
  }

  void theRuleSaysWhatIsRead() {
    Training training;
    const auto channel = made("annotation", {{"evidence", std::string("electronic")}});
    training.fit(*channel);
    const auto rows = channel->inputs(training.work());  // all of it is by experiment
    QCOMPARE(std::count(rows.present.begin(), rows.present.end(), 0), 20);
  }

  void onlyTrainingProteinsHaveADegree() {
    Training training;
    const auto channel = made("degree");
    training.fit(*channel);
    const auto present = channel->inputs(training.work()).present;
    QCOMPARE(std::count(present.begin(), present.end(), 1), 12);
    const std::vector<IndexedPair> unknown = {{15, 16}};
    QCOMPARE(channel->describePairs(unknown).present.front(), std::uint8_t{0});
  }

  void stopEndsThem() {
    Training training;
    std::stop_source stop;
    stop.request_stop();
    const ChannelWork work{training.proteins, training.backbone, {}, stop.get_token()};
    for (const char* id : {"neighbours", "annotation"}) {
      QVERIFY_EXCEPTION_THROWN(made(id)->fit({training.own, training.pairs}, work), StopRequested);
    }
  }
};

QTEST_GUILESS_MAIN(TestTrainingChannels)
#include "tst_training_channels.moc"
