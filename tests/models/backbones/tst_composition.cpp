#include <QTest>

#include "backbone_support.h"
#include "core/base/error.h"
#include "models/backbones/composition.h"

using namespace twofold;

class TestComposition : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    const Descriptor descriptor = models::compositionDescriptor();
    const Options options("backbone", descriptor.options, {});
    m_backbone = models::makeComposition({options, "cpu"});
  }

  void fractionsAndLogLength() {
    const auto values = models::embeddingsOf(*m_backbone, {"AAYX"})[0].values;
    QCOMPARE(values.size(), 21U);
    QCOMPARE(values[0], 0.5F);
    QCOMPARE(values[19], 0.25F);
    QCOMPARE(values[20], std::log(4.0F));
  }

  void residuesAverageToThePooledEmbedding() {
    const std::string sequence = "MKTAYIAKQRXX";
    const auto residues = models::embeddingsOf(*m_backbone, {sequence}, true)[0];
    QCOMPARE(residues.residues, 12);
    std::vector<float> mean(21, 0.0F);
    for (std::size_t i = 0; i < residues.values.size(); ++i) {
      mean[i % 21] += residues.values[i] / 12.0F;
    }
    const auto pooled = models::embeddingsOf(*m_backbone, {sequence})[0].values;
    QVERIFY(models::worstDifference(mean, pooled) < 1e-6);
  }

  void anEmptySequenceIsRefused() {
    QVERIFY_EXCEPTION_THROWN(models::embeddingsOf(*m_backbone, {"MK", ""}), Error);
  }

  void aStopEndsTheWork() {
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::string> sequences = {"MK"};
    QVERIFY_EXCEPTION_THROWN(
        m_backbone->embed(
            {sequences, false, [](std::size_t, models::Embedding&&) {}, {}, stop.get_token()}),
        StopRequested);
  }

 private:
  std::unique_ptr<models::Backbone> m_backbone;
};

QTEST_GUILESS_MAIN(TestComposition)
#include "tst_composition.moc"
