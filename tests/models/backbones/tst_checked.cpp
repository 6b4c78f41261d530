#include <QTest>

#include <cmath>
#include <limits>

#include "backbone_support.h"
#include "core/base/error.h"
#include "models/backbones/checked.h"

using namespace twofold;

namespace {

/// (length, first letter), turned by `drift` and counted.
class TurnedBackbone final : public models::Backbone {
 public:
  explicit TurnedBackbone(float drift, std::size_t* embedded = nullptr, std::int64_t width = 2)
      : m_drift(drift), m_embedded(embedded), m_width(width) {}
  std::int64_t width() const override { return m_width; }
  std::string identity() const override { return "turned"; }
  models::LengthLimit lengthLimit() const override { return {7, "crop"}; }
  void embed(const models::EmbedWork& work) override {
    for (std::size_t i = 0; i < work.sequences.size(); ++i) {
      throwIfStopped(work.stop);
      const auto length = static_cast<float>(work.sequences[i].size());
      const auto letter = static_cast<float>(work.sequences[i][0]);
      std::vector<float> values = {length + m_drift * letter, letter - m_drift * length};
      if (work.perResidue) {
        values.insert(values.end(), {1, 1});
      }
      work.take(i, {work.perResidue ? 2 : 0, std::move(values)});
      if (m_embedded != nullptr) {
        ++*m_embedded;
      }
      if (work.progress) {
        work.progress({"Embedding", 1, 2, "residues"});
      }
    }
  }

 private:
  float m_drift;
  std::size_t* m_embedded;
  std::int64_t m_width;
};

std::vector<std::string> sequencesOf(std::size_t count) {
  std::vector<std::string> sequences;
  for (std::size_t i = 0; i < count; ++i) {
    sequences.emplace_back(1 + i * 7 % count, 'A');
  }
  return sequences;
}

}  // namespace

class TestChecked : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSampleSpansTheLengths() {
    const auto sequences = sequencesOf(100);
    const auto sample = models::spreadOverLengths(sequences, 5);
    QCOMPARE(sample.size(), 5U);
    QCOMPARE(sequences[sample.front()].size(), 1U);
    QCOMPARE(sequences[sample[2]].size(), 50U);
    QCOMPARE(sequences[sample.back()].size(), 100U);
    QCOMPARE(models::spreadOverLengths(sequencesOf(3), 5).size(), 3U);
    QCOMPARE(models::spreadOverLengths(sequences, 1).size(), 1U);
    QCOMPARE(models::spreadOverLengths(sequences, 0).size(), 0U);
    QCOMPARE(models::spreadOverLengths({}, 5).size(), 0U);
  }

  void theReportIsTheWorst() {
    const std::vector<models::Embedding> measured = {{0, {1, 0}}, {0, {1, 1}}, {0, {0, 0}}};
    const std::vector<models::Embedding> exact = {{0, {2, 0}}, {0, {0, 1}}, {0, {0, 0}}};
    const auto drift = models::driftReport(measured, exact);
    QCOMPARE(drift.proteins, 3U);
    QCOMPARE(drift.worstCosine, std::sqrt(0.5));
    QCOMPARE(drift.meanCosine, (2 + std::sqrt(0.5)) / 3);
    QCOMPARE(drift.greatestDifference, 1.0);
  }

  void numbersThatAreNoneDoNotPass() {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<models::Embedding> measured = {{0, {nan, 1}}, {0, {1, 1}}};
    const std::vector<models::Embedding> exact = {{0, {1, 1}}, {0, {1, 1}}};
    const auto drift = models::driftReport(measured, exact);
    QCOMPARE(drift.worstCosine, 0.0);
    QVERIFY(std::isinf(drift.greatestDifference));
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(models::driftReport(measured, std::span(exact).first(1))), Error);
    const std::vector<models::Embedding> longer = {{0, {1, 1, 1}}, {0, {1, 1}}};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::driftReport(longer, exact)), Error);
  }

  void embedsOnceAndComparesASample() {
    std::size_t embedded = 0;
    std::size_t compared = 0;
    models::CheckedBackbone checked(std::make_unique<TurnedBackbone>(0.1F, &embedded),
                                    std::make_unique<TurnedBackbone>(0.0F, &compared), 4);
    QCOMPARE(checked.width(), 2);
    QCOMPARE(checked.identity(), "turned");
    QCOMPARE(checked.lengthLimit().residues, 7);
    QVERIFY(!checked.drift());
    const auto sequences = sequencesOf(10);
    const auto embeddings = models::embeddingsOf(checked, sequences);
    QCOMPARE(embedded, 10U);
    QCOMPARE(compared, 4U);
    TurnedBackbone plain(0.1F);
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      QCOMPARE(embeddings[i].values, models::embeddingsOf(plain, {sequences[i]})[0].values);
    }
    QCOMPARE(checked.drift()->proteins, 4U);
    const double cosine = 1 / std::sqrt(1.01);  // of a turn by the arc tangent of 0.1
    QVERIFY(std::fabs(checked.drift()->worstCosine - cosine) < 1e-6);
    QVERIFY(std::fabs(checked.drift()->meanCosine - cosine) < 1e-6);
    QVERIFY(std::fabs(checked.drift()->greatestDifference - 0.1 * 'A') < 1e-5);
  }

  void residuesAreComparedToo() {
    models::CheckedBackbone checked(std::make_unique<TurnedBackbone>(0.0F),
                                    std::make_unique<TurnedBackbone>(0.0F));
    QCOMPARE(models::embeddingsOf(checked, sequencesOf(3), true)[1].residues, 2);
    QCOMPARE(checked.drift()->proteins, 3U);
    QVERIFY(checked.drift()->worstCosine > 1 - 1e-12);
    QCOMPARE(checked.drift()->greatestDifference, 0.0);
  }

  void aStopLeavesNoReport() {
    std::size_t compared = 0;
    std::stop_source stop;
    models::CheckedBackbone checked(std::make_unique<TurnedBackbone>(0.0F),
                                    std::make_unique<TurnedBackbone>(0.0F, &compared));
    const auto sequences = sequencesOf(3);
    const auto ignore = [](std::size_t, models::Embedding&&) {};
    const auto stopWhenComparing = [&](const Progress& progress) {
      if (progress.stage == "Comparing with fp32") {
        stop.request_stop();
      }
    };
    QVERIFY_EXCEPTION_THROWN(
        checked.embed({sequences, false, ignore, stopWhenComparing, stop.get_token()}),
        StopRequested);
    QCOMPARE(compared, 1U);
    QVERIFY(!checked.drift());
  }

  void int8StaysCloseToFloat_data() {
    QTest::addColumn<QString>("weights");
    QTest::newRow("a small trained network") << QString(TWOFOLD_FIXTURES "/esm2_tiny");
    QTest::newRow("random weights, the 8M shape") << QString();
  }

  void int8StaysCloseToFloat() {
    QFETCH(QString, weights);
    const auto with = [&](const char* precision) {
      return models::esm2With({{"precision", precision},
                               {"weights", weights.toStdString()},
                               {"random", weights.isEmpty()}});
    };
    models::CheckedBackbone checked(with("int8"), with("fp32"));
    QVERIFY(checked.identity().find("int8") != std::string::npos);
    std::vector<std::string> sequences;
    for (std::size_t length = 1; length < 400; length = length * 3 / 2 + 1) {
      std::string sequence;
      for (std::size_t i = 0; i < length; ++i) {
        sequence += "MKTAYIAKQRGDEWLNSPHFCV"[(i * i + length * i) % 22];
      }
      sequences.push_back(std::move(sequence));
    }
    static_cast<void>(models::embeddingsOf(checked, sequences));
    const auto& drift = *checked.drift();
    QVERIFY2(drift.worstCosine >= models::kLeastDriftCosine,
             qPrintable(QString::number(drift.worstCosine)));
    QVERIFY(drift.greatestDifference > 0);
  }

  void anotherWidthIsNoSelf() {
    QVERIFY_EXCEPTION_THROWN(
        models::CheckedBackbone(std::make_unique<TurnedBackbone>(0.0F),
                                std::make_unique<TurnedBackbone>(0.0F, nullptr, 3)),
        Error);
  }
};

QTEST_GUILESS_MAIN(TestChecked)
#include "tst_checked.moc"
