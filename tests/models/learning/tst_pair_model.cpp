#include <QTest>

#include "models/builtin_models.h"

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/learning/assembly.h"
#include "models/learning/input_table.h"
#include "models/learning/pair_model.h"
#include "models/learning/token_encoder.h"
#endif

using namespace twofold;

namespace {

/// A channel without a source: only its default encoder is of interest.
class FakeChannel : public models::Channel {
 public:
  models::ChannelInputs inputs(const models::ChannelWork& work) override {
    const std::size_t n = work.proteins.ids.size();
    return {1, 1, std::vector<float>(n, 1), std::vector<std::uint8_t>(n, 1)};
  }
};

/// The mean of a protein's rows, said twice.
class MeanTwice : public models::TokenEncoder {
 public:
  explicit MeanTwice(const models::EncoderShape& shape)
      : m_weights(register_parameter("weights", at::randn({shape.features, shape.width}))) {}
  std::int64_t tokens(std::int64_t /*rows*/) const override { return 2; }
  at::Tensor forward(const at::Tensor& rows) override {
    return at::matmul(rows.mean(1, true), m_weights).expand({-1, 2, -1});
  }

 private:
  at::Tensor m_weights;
};

class PoolingChannel : public FakeChannel {
 public:
  std::shared_ptr<models::TokenEncoder> makeEncoder(
      const models::EncoderShape& shape) const override {
    return std::make_shared<MeanTwice>(shape);
  }
};

/// Channel 0 as ever, channel 1 makes two tokens of its `rows` rows of 5.
std::shared_ptr<models::PairModel> makePoolingModel(std::int64_t rows, const std::string& fusion) {
  models::FrozenParts parts;
  parts.ids = {"fake", "pooling"};
  parts.channels.push_back(std::make_unique<FakeChannel>());
  parts.channels.push_back(std::make_unique<PoolingChannel>());
  runs::RunSpec spec;
  spec.fusion.id = fusion;
  auto model = models::makePairModel(models::builtinParts(), spec, parts,
                                     {{"fake", 1, 5, 0}, {"pooling", rows, 5, 0}});
  model->eval();
  return model;
}

/// `channels` channels; channel c has c + 1 rows of 5 features, every second one 3 numbers a pair.
std::shared_ptr<models::PairModel> makeModel(int channels, const std::string& fusion) {
  models::FrozenParts parts;
  std::vector<models::ChannelShape> shapes;
  runs::RunSpec spec;
  spec.fusion.id = fusion;
  for (int c = 0; c < channels; ++c) {
    parts.ids.push_back("fake" + std::to_string(c));
    parts.channels.push_back(std::make_unique<FakeChannel>());
    shapes.push_back({parts.ids.back(), c + 1, 5, c % 2 == 1 ? 3 : 0});
  }
  auto model = models::makePairModel(models::builtinParts(), spec, parts, shapes);
  model->eval();
  return model;
}

models::PairBatch randomBatch(std::int64_t size, int channels) {
  models::PairBatch batch;
  for (int c = 0; c < channels; ++c) {
    batch.a.push_back(at::randn({size, c + 1, 5}));
    batch.b.push_back(at::randn({size, c + 1, 5}));
    batch.pair.push_back(c % 2 == 1 ? at::randn({size, 1, 3}) : at::Tensor());
  }
  batch.presentA = at::rand({size, channels}) < 0.8;
  batch.presentB = at::rand({size, channels}) < 0.8;
  batch.present = batch.presentA & batch.presentB;
  batch.pairPresent = at::rand({size, channels}) < 0.6;
  return batch;
}

}  // namespace

class TestPairModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void orderOfThePairNeverMatters_data() {
    QTest::addColumn<int>("channels");
    QTest::addColumn<QString>("fusion");
    for (const int channels : {1, 2, 5}) {
      for (const char* fusion : {"attention", "concat", "gated"}) {
        QTest::addRow("%d %s", channels, fusion) << channels << fusion;
      }
    }
  }
  void orderOfThePairNeverMatters() {
    QFETCH(int, channels);
    QFETCH(QString, fusion);
    const auto model = makeModel(channels, fusion.toStdString());
    for (const std::int64_t size : {1, 7, 300}) {
      auto batch = randomBatch(size, channels);
      const auto forward = model->forward(batch);
      std::swap(batch.a, batch.b);
      QVERIFY(at::equal(forward, model->forward(batch)));
    }
  }

  void anEncoderMayMakeFewerTokensThanRows_data() {
    QTest::addColumn<QString>("fusion");
    for (const char* fusion : {"attention", "concat", "gated"}) {
      QTest::addRow("%s", fusion) << fusion;
    }
  }
  void anEncoderMayMakeFewerTokensThanRows() {
    QFETCH(QString, fusion);
    const auto model = makePoolingModel(9, fusion.toStdString());
    models::PairBatch batch;
    batch.a = {at::randn({6, 1, 5}), at::randn({6, 9, 5})};
    batch.b = {at::randn({6, 1, 5}), at::randn({6, 9, 5})};
    batch.pair = {{}, {}};
    batch.presentA = batch.presentB = batch.present =
        at::tensor({1, 1, 1, 0, 0, 0}).to(at::kBool).unsqueeze(1).expand({6, 2}).contiguous();
    batch.pairPresent = at::zeros_like(batch.present);
    const auto forward = model->forward(batch);
    std::swap(batch.a, batch.b);
    QVERIFY(at::equal(forward, model->forward(batch)));
    batch.a[1] = batch.a[1].masked_fill(~batch.present.select(1, 1).view({6, 1, 1}), std::nan(""));
    QVERIFY(at::equal(forward, model->forward(batch)));
    QVERIFY(at::allclose(forward[3], forward[5], 0, 1e-6));  // nothing is known of either
  }

  void missingChannelHasNoInfluence() {
    const auto model = makeModel(3, "attention");
    auto batch = randomBatch(40, 3);
    const auto before = model->forward(batch);
    for (int c = 0; c < 3; ++c) {
      const auto hidden = ~batch.present.select(1, c).view({-1, 1, 1});
      batch.a[c] = batch.a[c].masked_fill(hidden, std::nan(""));
      batch.b[c] = batch.b[c].masked_fill(hidden, 1e30);
      if (batch.pair[c].defined()) {
        batch.pair[c] = batch.pair[c].masked_fill(~batch.pairPresent.select(1, c).view({-1, 1, 1}),
                                                  std::nan(""));
      }
    }
    QVERIFY(at::equal(before, model->forward(batch)));
  }

  void missingChannelsNotANumberNeverReachesTheGradient() {
    const auto model = makeModel(2, "attention");
    auto batch = randomBatch(10, 2);
    batch.present.select(1, 1).fill_(false);
    batch.pairPresent.fill_(false);
    batch.a[1].fill_(std::nan(""));
    batch.pair[1].fill_(std::nan(""));
    model->forward(batch).sum().backward();
    for (const auto& parameter : model->named_parameters()) {
      const auto& gradient = parameter.value().grad();
      QVERIFY2(!gradient.defined() || at::isfinite(gradient).all().item().toBool(),
               parameter.key().c_str());
    }
  }

  void noChannelAtAllIsScored() {
    const auto model = makeModel(2, "attention");
    auto batch = randomBatch(4, 2);
    batch.present.fill_(false);
    batch.pairPresent.fill_(false);
    const auto logits = model->forward(batch);
    QVERIFY(at::isfinite(logits).all().item().toBool());
    QVERIFY(at::equal(logits, logits[0].expand({4})));
  }

  void togglingAChannelChangesTheLogit() {
    const auto model = makeModel(2, "attention");
    auto batch = randomBatch(4, 2);
    batch.present.fill_(true);
    batch.pairPresent.fill_(true);
    const auto both = model->forward(batch);
    batch.pairPresent.select(1, 1).fill_(false);
    const auto without = model->forward(batch);
    QVERIFY((both - without).abs().min().item().toDouble() > 0);
    batch.keep(at::tensor({1, 0}).to(at::kBool).unsqueeze(0));
    QVERIFY((without - model->forward(batch)).abs().min().item().toDouble() > 0);
  }

  void channelDropoutKeepsOnePresentChannel() {
    at::manual_seed(3);
    const auto present = at::rand({2000, 4}) < 0.5;
    models::RowNoise noise;
    noise.begin(3, 0);
    const auto kept = models::withChannelDropout(present, 0.9, noise);
    QVERIFY(!(kept & ~present).any().item().toBool());
    QVERIFY(at::equal(kept.any(1), present.any(1)));
    QVERIFY(kept.sum().item().toLong() < present.sum().item().toLong());
    QVERIFY(at::equal(models::withChannelDropout(present, 0, noise), present));
  }

  void tableMarksAPairPresentWhenBothProteinsAre() {
    models::InputTable table(1, at::kCPU);
    table.append({{1, 2, {1, 2, 3, 4}, {1, 0}}});
    table.append({{1, 2, {5, 6}, {1}}});
    QCOMPARE(table.proteins(), 3);
    QVERIFY(table.isPresent(0, 2) && !table.isPresent(0, 1));
    const std::vector<models::IndexedPair> pairs = {{0, 2}, {0, 1}};
    const auto tensors = models::toTensors(pairs, at::kCPU);
    const auto batch = table.gather(tensors);
    QVERIFY(batch.present[0][0].item().toBool());
    QVERIFY(!batch.present[1][0].item().toBool());
    QCOMPARE(batch.b[0][0][0][1].item().toFloat(), 6.0F);
  }
};

QTEST_GUILESS_MAIN(TestPairModel)
#include "tst_pair_model.moc"
