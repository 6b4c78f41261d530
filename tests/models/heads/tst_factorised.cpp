#include <QTest>
#include <cmath>

#include "core/base/error.h"

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/allpairs/table_of_model.h"
#include "models/builtin_models.h"
#include "models/heads/factorised.h"
#include "models/learning/assembly.h"
#endif

using namespace twofold;

namespace {

/// A channel without a source: only its default encoder is of interest.
class FakeChannel : public models::Channel {
 public:
  models::ChannelInputs inputs(const models::ChannelWork& /*work*/) override { return {}; }
};

/// Two channels with 1 and 2 rows of 5 features.
std::shared_ptr<models::PairModel> makeModel(const std::string& head, const std::string& fusion,
                                             std::int64_t pairFeatures = 0, std::int64_t rows = 2) {
  models::FrozenParts parts;
  runs::RunSpec spec;
  spec.head.id = head;
  spec.fusion.id = fusion;
  for (const char* id : {"one", "two"}) {
    parts.ids.emplace_back(id);
    parts.channels.push_back(std::make_unique<FakeChannel>());
  }
  auto model = models::makePairModel(models::builtinParts(), spec, parts,
                                     {{"one", 1, 5}, {"two", rows, 5, pairFeatures}});
  model->eval();
  return model;
}

/// 300 proteins, some without the second channel.
models::InputTable makeTable() {
  at::manual_seed(4);
  const std::size_t n = 300;
  std::vector<models::ChannelInputs> inputs;
  for (const std::int64_t rows : {1, 2}) {
    models::ChannelInputs input{rows, 5, {}, std::vector<std::uint8_t>(n, 1)};
    const auto values = at::randn({static_cast<std::int64_t>(n) * rows * 5});
    const float* first = values.const_data_ptr<float>();
    input.values.assign(first, first + values.numel());
    inputs.push_back(std::move(input));
  }
  for (std::size_t i = 0; i < n; i += 3) {
    inputs[1].present[i] = 0;
    inputs[1].values[i * 10] = std::nanf("");
  }
  models::InputTable table(2, at::kCPU);
  table.append(inputs);
  return table;
}

models::PairBatch pairs(const models::InputTable& table) {
  const auto first = at::arange(200, at::kLong);
  return table.gather({first, first + 100, {}});
}

const char* const kFusions[] = {"attention", "concat", "gated"};

}  // namespace

class TestFactorised : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void orderOfThePairNeverMatters() {
    const auto table = makeTable();
    for (const char* fusion : kFusions) {
      const auto model = makeModel("factorised", fusion);
      auto batch = pairs(table);
      const auto forward = model->forward(batch);
      QCOMPARE(forward.sizes(), at::IntArrayRef({200}));
      QVERIFY(at::isfinite(forward).all().item().toBool());
      std::swap(batch.a, batch.b);
      std::swap(batch.presentA, batch.presentB);
      QVERIFY2(at::equal(forward, model->forward(batch)), fusion);
    }
  }

  void aProteinShowsItsChannelsWhateverItsPartnerHas() {
    const auto table = makeTable();
    const auto model = makeModel("factorised", "attention");
    // Protein 0 lacks the second channel, 1 and 2 have it.
    const auto a = at::tensor({1, 1}, at::kLong);
    const auto b = at::tensor({0, 2}, at::kLong);
    auto batch = table.gather({a, b, {}});
    const auto before = model->forward(batch);
    batch.presentA.select(1, 1).fill_(false);
    const auto after = model->forward(batch);
    QVERIFY(((before - after).abs() > 0).all().item().toBool());
    batch.presentA.fill_(false);
    batch.presentB.fill_(false);
    const auto nothing = model->forward(batch);
    QVERIFY(at::isfinite(nothing).all().item().toBool());
    QVERIFY(at::equal(nothing[0], nothing[1]));
  }

  void channelsAreHiddenFromEachProtein() {
    const auto table = makeTable();
    const auto model = makeModel("factorised", "attention");
    auto batch = pairs(table);
    const auto shown = batch;
    model->hideAtRandom(batch, 0.5);
    QVERIFY(at::equal(batch.presentA.any(1), shown.presentA.any(1)));
    QVERIFY(!at::equal(batch.presentA, shown.presentA));
    QVERIFY(!at::equal(batch.presentA, batch.presentB));
    QVERIFY(!(batch.presentA & ~shown.presentA).any().item().toBool());
  }

  void missingNotANumberNeverReachesTheGradient() {
    const auto table = makeTable();
    const auto model = makeModel("factorised", "attention");
    model->forward(pairs(table)).sum().backward();
    for (const auto& parameter : model->named_parameters()) {
      QVERIFY2(parameter.value().grad().defined() &&
                   at::isfinite(parameter.value().grad()).all().item().toBool(),
               parameter.key().c_str());
    }
  }

  void tableGivesTheModelsLogits_data() {
    QTest::addColumn<bool>("isSecondActive");
    QTest::newRow("all channels") << true;
    QTest::newRow("one switched off") << false;
  }
  void tableGivesTheModelsLogits() {
    QFETCH(bool, isSecondActive);
    const at::NoGradGuard noGradients;
    const auto inputs = makeTable();
    const auto model = makeModel("factorised", "gated");
    // A bias that the halves must share.
    model->named_parameters()["head.hidden_bias"].uniform_(-1, 1);
    const bool active[] = {true, isSecondActive};
    const models::EvaluationWork work{*model, inputs, active, {}, {}};
    const auto table = models::factorisedTableOf(work);
    QCOMPARE(table.proteins(), std::size_t{300});
    const auto list = [&](std::uint32_t a) { return models::IndexedPair{a, 299 - a}; };
    std::vector<models::IndexedPair> pairs;
    for (std::uint32_t a = 0; a < 150; ++a) {
      pairs.push_back(list(a));
    }
    const auto scores = models::probabilities(work, models::toTensors(pairs, at::kCPU));
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const double expected = scores[i];
      const double probability = 1 / (1 + std::exp(-logit(table, pairs[i].a, pairs[i].b)));
      QVERIFY2(std::abs(probability - expected) < 1e-6, qPrintable(QString::number(probability)));
    }
  }

  void channelThatTellsOfPairsAloneIsRefused() {
    try {
      static_cast<void>(makeModel("factorised", "attention", 3, 0));
      QFAIL("evidence of pairs was accepted");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::Usage);
      QVERIFY2(QString(error.what()).contains("channel two"), error.what());
    }
    static_cast<void>(makeModel("mlp", "attention", 3, 0));
    // What a channel with rows knows of pairs is left out.
    const auto table = makeTable();
    const auto batch = pairs(table);
    at::manual_seed(1);
    QVERIFY(makeModel("factorised", "attention", 3)->forward(batch).sizes() ==
            at::IntArrayRef({200}));
  }

  void otherHeadsHaveNoTable() {
    const auto inputs = makeTable();
    const auto model = makeModel("mlp", "attention");
    try {
      static_cast<void>(models::factorisedTableOf({*model, inputs, {}, {}, {}}));
      QFAIL("a table was made from another head");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::Usage);
      QVERIFY2(QString(error.what()).contains("head = factorised"), error.what());
    }
  }

 private:
  static double logit(const models::FactorisedTable& table, std::size_t a, std::size_t b) {
    double sum = table.bias + table.linear[a] + table.linear[b];
    const std::size_t hidden = table.hiddenWeights.size();
    for (std::size_t h = 0; h < hidden; ++h) {
      const double both = table.hidden[a * hidden + h] + table.hidden[b * hidden + h];
      sum += table.hiddenWeights[h] * std::max(both, 0.0);
    }
    const std::size_t products = table.bilinearWeights.size();
    for (std::size_t k = 0; k < products; ++k) {
      sum += static_cast<double>(table.bilinearWeights[k]) * table.bilinear[a * products + k] *
             table.bilinear[b * products + k];
    }
    return sum;
  }
};

QTEST_GUILESS_MAIN(TestFactorised)
#include "tst_factorised.moc"
