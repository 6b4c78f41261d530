// A table of the user's as a channel: normalised, pooled, masked as was chosen, and no other table
// than the recorded one.
#include <QTest>
#include <cmath>

#include "models/channels/user_table.h"
#include "models/learning/session.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"
#include "tests/models/support/fake_backbone.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;
using data::Missing;
using data::Normalisation;
using data::Pooling;

namespace {

runs::PartSpec spec(const std::string& hash = "abc", const std::string& name = "mine") {
  return {"user:" + name, {{"table", hash}}};
}

data::UserTable table(std::vector<std::vector<float>> rows, std::int64_t width) {
  data::UserTable table;
  table.channel.name = "mine";
  table.channel.width = width;
  table.channel.hash = "abc";
  table.rows = std::move(rows);
  return table;
}

struct Work {
  explicit Work(data::UserTable table) {
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      proteins.ids.push_back("P" + std::to_string(i));
      proteins.sequences.emplace_back("MKV");
    }
    proteins.tables["user:mine"] = std::move(table);
  }
  [[nodiscard]] ChannelWork work() { return {proteins, backbone, {}, {}}; }

  ProteinInputs proteins;
  FakeBackbone backbone;
};

/// Numbers that tell the kind of a toy protein in the first column, noise in the others.
data::UserTable toyTable(const std::string& name, std::size_t proteins, std::uint64_t seed) {
  Random random(seed);
  auto made = table({}, 3);
  made.channel.name = name;
  for (std::size_t i = 0; i < proteins; ++i) {
    const auto noise = [&] { return static_cast<float>(random.uniform()); };
    made.rows.push_back(i % 5 == 4 ? std::vector<float>()
                                   : std::vector<float>{static_cast<float>(i % 2) + noise(),
                                                        noise(), 100 * noise()});
  }
  return made;
}

TrainRequest toyRequestWith(const std::filesystem::path& folder, std::size_t channels) {
  auto request = toyRequest(folder);
  request.spec.channels.clear();
  for (std::size_t c = 0; c < channels; ++c) {
    const auto name = "t" + std::to_string(c);
    request.spec.channels.push_back(spec("abc", name));
    request.proteins.tables["user:" + name] = toyTable(name, 60, c);
  }
  return request;
}

}  // namespace

class TestUserTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreMaskedWhereThereAreNone() {
    Work work(table({{1, 2}, {}, {5, 6}}, 2));
    const auto channel = makeUserTable(spec());
    const auto inputs = channel->inputs(work.work());
    QCOMPARE(inputs.rows, 1);
    QCOMPARE(inputs.features, 2);
    QCOMPARE(inputs.values, (std::vector<float>{1, 2, 0, 0, 5, 6}));
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 0, 1}));
    QVERIFY(inputs.standardised);
    QVERIFY(!channel->usesBackbone());
    QVERIFY(channel->state().arrays().empty());
  }

  void normalisations() {
    auto rows = table({{3, 4}, {0, 0}, {-3, 0}}, 2);
    const auto valuesOf = [&](Normalisation normalisation) {
      rows.channel.normalisation = normalisation;
      Work work(rows);
      const auto channel = makeUserTable(spec());
      const auto inputs = channel->inputs(work.work());
      return std::pair(inputs.values, inputs.standardised);
    };
    const auto log = std::log1p(3.0F);
    QCOMPARE(valuesOf(Normalisation::Standard),
             std::pair(std::vector<float>{3, 4, 0, 0, -3, 0}, true));
    QCOMPARE(valuesOf(Normalisation::None),
             std::pair(std::vector<float>{3, 4, 0, 0, -3, 0}, false));
    QCOMPARE(valuesOf(Normalisation::Unit),
             std::pair(std::vector<float>{0.6F, 0.8F, 0, 0, -1, 0}, true));
    QCOMPARE(valuesOf(Normalisation::Log),
             std::pair(std::vector<float>{log, std::log1p(4.0F), 0, 0, -log, 0}, true));
  }

  void residuesArePooled() {
    auto rows = table({{1, 10, 3, -20}, {}, {7, 8}}, 2);
    rows.channel.perResidue = true;
    Work mean(rows);
    QCOMPARE(makeUserTable(spec())->inputs(mean.work()).values,
             (std::vector<float>{2, -5, 0, 0, 7, 8}));
    rows.channel.pooling = Pooling::MeanMax;
    Work both(rows);
    const auto inputs = makeUserTable(spec())->inputs(both.work());
    QCOMPARE(inputs.features, 4);
    QCOMPARE(inputs.values, (std::vector<float>{2, -5, 3, 10, 0, 0, 0, 0, 7, 8, 7, 8}));
  }

  void theMeanIsOfTrainingProteinsAlone() {
    auto rows = table({{1, 2}, {}, {3, 4}, {100, 100}}, 2);
    rows.channel.missing = Missing::Mean;
    Work work(rows);
    const auto channel = makeUserTable(spec());
    const std::vector<std::uint32_t> training = {0, 1, 2};
    channel->fit({training, {}}, work.work());
    const auto inputs = channel->inputs(work.work());
    QCOMPARE(inputs.values, (std::vector<float>{1, 2, 2, 3, 3, 4, 100, 100}));
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 1, 1, 1}));
    const auto restored = makeUserTable(spec());
    restored->restore(channel->state());
    QCOMPARE(restored->inputs(work.work()).values, inputs.values);
  }

  void aProteinWithoutARowIsRefusedWhereThatWasChosen() {
    auto rows = table({{1, 2}, {}}, 2);
    rows.channel.missing = Missing::Refuse;
    Work work(rows);
    EXPECT_ERROR(makeUserTable(spec())->inputs(work.work()), ErrorKind::BadInput,
                 "protein \"P1\" has no row");
  }

  void anotherTableThanTheRecordedOneIsRefused() {
    Work work(table({{1, 2}}, 2));
    EXPECT_ERROR(makeUserTable(spec("def"))->inputs(work.work()), ErrorKind::Usage,
                 "another than the one that the run was made for");
    EXPECT_ERROR(makeUserTable({"user:mine", {}}), ErrorKind::Usage, "the hash of its table");
    EXPECT_ERROR(makeUserTable(spec("abc", "other"))->inputs(work.work()), ErrorKind::Internal,
                 "without the table of channel user:other");
  }

  void slicesTakeTheirRowsAlong() {
    const Work work(table({{1, 2}, {}, {5, 6}}, 2));
    const auto some = work.proteins.slice(1, 3);
    QCOMPARE(some.ids, (std::vector<std::string>{"P1", "P2"}));
    QCOMPARE(some.tables.at("user:mine").rows, (std::vector<std::vector<float>>{{}, {5, 6}}));
    QVERIFY(some.annotations.empty());
  }

  void sixteenChannelsTrainAndScore_data() {
    QTest::addColumn<QString>("fusion");
    QTest::addColumn<QString>("head");
    for (const char* fusion : {"attention", "concat", "gated"}) {
      for (const char* head : {"mlp", "factorised"}) {
        QTest::newRow(qPrintable(QString("%1, %2").arg(fusion, head))) << fusion << head;
      }
    }
  }
  void sixteenChannelsTrainAndScore() {
    QFETCH(QString, fusion);
    QFETCH(QString, head);
    const tests::TestFolder folder;
    auto request = toyRequestWith(folder.path("run"), 16);
    request.spec.fusion.id = fusion.toStdString();
    request.spec.head.id = head.toStdString();
    request.spec.training["epochs"] = std::int64_t{6};
    const auto result = train(request, {}, {});
    const auto& measured = result.parts.at("test");
    QVERIFY2(measured.metrics.values.at("auroc") > 0.8,
             std::to_string(measured.metrics.values.at("auroc")).c_str());
    Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
    QCOMPARE(scorer.channels().size(), std::size_t{16});
    // In two pieces, as predict does.
    static_cast<void>(scorer.addProteins(request.proteins.slice(0, 20)));
    static_cast<void>(scorer.addProteins(request.proteins.slice(20, 60)));
    const auto& pairs = request.parts[2];
    QCOMPARE(scorer.score(pairs, scorer.channels()), measured.probabilities);
    const std::vector<std::string> one = {"user:t7"};
    QVERIFY(scorer.score(pairs, one) != measured.probabilities);
    QVERIFY(scorer.isPresent("user:t7", {0, 1}));
    // A head that takes proteins counts what either has.
    QCOMPARE(scorer.isPresent("user:t7", {0, 4}), request.spec.head.id == "factorised");
    QVERIFY(!scorer.isPresent("user:t7", {4, 4}));
  }

  void numbersThatAreNotStandardisedReachTheModelAsTheyAre() {
    const tests::TestFolder folder;
    auto request = toyRequestWith(folder.path("run"), 1);
    auto& own = request.proteins.tables.at("user:t0");
    own.channel.normalisation = Normalisation::None;
    const auto setColumn = [&](std::size_t column, float value) {
      for (auto& row : own.rows) {
        if (!row.empty()) {
          row[column] = value;
        }
      }
    };
    setColumn(2, 0);
    request.spec.training["calibration"] = std::string("none");  // which would drive both to 1
    const auto result = train(request, {}, {});
    const auto scored = [&] {
      Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
      static_cast<void>(scorer.addProteins(request.proteins));
      return scorer.score(request.parts[2], scorer.channels());
    };
    QCOMPARE(scored(), result.parts.at("test").probabilities);
    // Of a column within 0 and 1: standardised ones would be cut at 2.3 and could not be told
    // apart.
    setColumn(1, 5);
    const auto five = scored();
    setColumn(1, 6);
    QVERIFY(scored() != five);
  }
};

QTEST_GUILESS_MAIN(TestUserTable)
#include "tst_user_table.moc"
