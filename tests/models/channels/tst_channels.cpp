#include <QTest>

#include <algorithm>

#include "models/channels/calpha.h"
#include "models/channels/calpha_descriptors.h"
#include "models/channels/calpha_graph.h"
#include "models/channels/sequence.h"
#include "tests/models/support/fake_backbone.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;

namespace {

Options calphaOptions(const std::string& encoder) {
  return {"calpha", models::calphaDescriptor().options, {{"encoder", encoder}}};
}

}  // namespace

class TestChannels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sequenceTakesEachProteinsOwnEmbedding() {
    models::ProteinInputs proteins{{"P", "Q", "R"}, {"AC", "", "WWW"}, {{}, {}, {}}};
    models::FakeBackbone backbone;
    const auto channel = models::makeSequence(Options("sequence", {}, {}));
    const auto inputs = channel->inputs({proteins, backbone, {}, {}});
    QCOMPARE(inputs.features, 2);
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 0, 1}));
    QCOMPARE(inputs.values, (std::vector<float>{2, 'A', 0, 0, 3, 'W'}));
    QCOMPARE(backbone.embedded, 2);
  }

  void calphaIsPresentWhereAChainIs() {
    const auto proteins = models::toyProteins(6, 1);
    models::FakeBackbone backbone;
    const auto channel = models::makeCalpha(calphaOptions("descriptors"));
    const auto inputs = channel->inputs({proteins, backbone, {}, {}});
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 1, 0, 1, 1, 0}));
    QCOMPARE(inputs.values.size(), 6 * models::kCalphaFeatures);
    QCOMPARE(backbone.embedded, 0);
  }

  void theGraphHasOneRowACentre() {
    const auto proteins = models::toyProteins(6, 1);
    models::FakeBackbone backbone;
    const auto channel = models::makeCalpha(calphaOptions("graph"));
    const auto inputs = channel->inputs({proteins, backbone, {}, {}});
    const models::CalphaGraphShape shape;
    QCOMPARE(inputs.rows, shape.centres);
    QCOMPARE(inputs.features, shape.features());
    QVERIFY(!inputs.standardised);
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 1, 0, 1, 1, 0}));
    // A protein's rows are its own chain's, wherever it stands in the list.
    const auto graph = models::calphaGraph(*proteins.chains[3], shape);
    const auto size = static_cast<std::ptrdiff_t>(graph.size());
    QVERIFY(std::equal(graph.begin(), graph.end(), inputs.values.begin() + 3 * size));
  }

  void chainsTooShortForAFrameAreAbsent() {
    models::ProteinInputs proteins{{"P", "Q", "R"}, {"A", "AC", "ACD"}, {}};
    for (std::size_t length = 1; length <= 3; ++length) {
      proteins.chains.emplace_back(models::toyChain(length, 1.5F));
    }
    models::FakeBackbone backbone;
    const auto channel = models::makeCalpha(calphaOptions("graph"));
    QCOMPARE(channel->inputs({proteins, backbone, {}, {}}).present,
             (std::vector<std::uint8_t>{0, 0, 1}));
  }

  void stopEndsThem() {
    const auto proteins = models::toyProteins(6, 1);
    models::FakeBackbone backbone;
    std::stop_source stop;
    stop.request_stop();
    const models::ChannelWork work{proteins, backbone, {}, stop.get_token()};
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(models::makeSequence(Options("sequence", {}, {}))->inputs(work)),
        StopRequested);
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(models::makeCalpha(calphaOptions("graph"))->inputs(work)), StopRequested);
  }
};

QTEST_GUILESS_MAIN(TestChannels)
#include "tst_channels.moc"
