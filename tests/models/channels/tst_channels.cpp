#include <QTest>

#include "models/channels/calpha.h"
#include "models/channels/calpha_descriptors.h"
#include "models/channels/sequence.h"
#include "tests/models/support/fake_backbone.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;

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
    const auto channel = models::makeCalpha(Options("calpha", {}, {}));
    const auto inputs = channel->inputs({proteins, backbone, {}, {}});
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 1, 0, 1, 1, 0}));
    QCOMPARE(inputs.values.size(), 6 * models::kCalphaFeatures);
    QCOMPARE(backbone.embedded, 0);
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
        static_cast<void>(models::makeCalpha(Options("calpha", {}, {}))->inputs(work)),
        StopRequested);
  }
};

QTEST_GUILESS_MAIN(TestChannels)
#include "tst_channels.moc"
