#include <QTest>
#include <limits>

#include "core/base/error.h"
#include "tests/models/support/toy_pairs.h"

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/learning/assembly.h"
#include "models/learning/device.h"
#include "models/learning/trainer.h"
#endif

using namespace twofold;

namespace {

/// A model of one channel with two features, the toy kinds as +1 and -1.
struct Bench {
  explicit Bench(OptionValues training = {}) : table(1, at::kCPU) {
    spec.training = std::move(training);
    options = models::trainingOptions(spec.training);
    models::ChannelInputs inputs{1, 2, {}, {}};
    for (int i = 0; i < 40; ++i) {
      const float kind = i % 2 == 1 ? 1.0F : -1.0F;
      inputs.values.insert(inputs.values.end(), {kind, 0.1F * static_cast<float>(i % 5)});
      inputs.present.push_back(1);
    }
    table.append({inputs});
    models::FrozenParts parts;
    parts.ids = {"sequence"};
    const auto& sequence = models::builtinParts().channels.find("sequence");
    parts.channels.push_back(sequence.make({Options("sequence", {}, {})}));
    model = models::makePairModel(models::builtinParts(), spec, parts, {{"sequence", 1, 2, 0}});
  }

  models::Trainer trainer(const models::TrainObserver& observer, std::stop_token stop = {}) {
    return models::Trainer({*model, table, models::toTensors(train, at::kCPU),
                            models::toTensors(validation, at::kCPU), models::partArrays(validation),
                            options, spec.seed, observer, stop});
  }

  runs::RunSpec spec;
  models::TrainingOptions options;
  models::InputTable table;
  std::vector<models::IndexedPair> train = models::toyPairs(300, 40, 1);
  std::vector<models::IndexedPair> validation = models::toyPairs(80, 40, 2);
  std::shared_ptr<models::PairModel> model;
};

}  // namespace

class TestTrainer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { models::useThreads(1); }

  void learnsASeparableProblem_data() {
    QTest::addColumn<QString>("precision");
    QTest::newRow("fp32") << "fp32";
    QTest::newRow("bf16") << "bf16";
  }
  void learnsASeparableProblem() {
    QFETCH(QString, precision);
    Bench bench({{"learning_rate", 0.02},
                 {"batch_size", std::int64_t{32}},
                 {"precision", precision.toStdString()}});
    std::map<std::string, double> last;
    models::TrainObserver observer;
    observer.metric = [&](const runs::MetricEvent& event) {
      last[event.part + "." + event.metric] = event.value;
    };
    auto trainer = bench.trainer(observer);
    models::TrainingPosition position;
    for (int epoch = 0; epoch < 8; ++epoch) {
      position = trainer.trainEpoch(position);
    }
    QCOMPARE(position.epoch, 8);
    QVERIFY2(position.bestAuprc > 0.98, qPrintable(QString::number(position.bestAuprc)));
    QVERIFY(last.at("train.loss") < 0.4);
    for (const char* metric : {"loss", "auprc", "auroc", "accuracy", "f1", "mcc"}) {
      QVERIFY2(last.contains(std::string("validation.") + metric), metric);
    }
  }

  void lossThatIsNoNumberNamesTheStep() {
    Bench bench({{"batch_size", std::int64_t{100}}});
    models::ChannelInputs poisoned{1, 2, {}, std::vector<std::uint8_t>(40, 1)};
    poisoned.values.assign(80, std::numeric_limits<float>::quiet_NaN());
    bench.table = models::InputTable(1, at::kCPU);
    bench.table.append({poisoned});
    const models::TrainObserver observer;
    auto trainer = bench.trainer(observer);
    try {
      static_cast<void>(trainer.trainEpoch({}));
      QFAIL("a loss that is not a number went unseen");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("step 1;"), error.what());
    }
  }

  void stopEndsAnEpochWithinAStep() {
    Bench bench({{"batch_size", std::int64_t{1}}});
    std::stop_source stop;
    std::int64_t steps = 0;
    models::TrainObserver observer;
    observer.progress = [&](const Progress& progress) {
      steps = progress.done;
      if (steps == 5) {
        stop.request_stop();
      }
    };
    auto trainer = bench.trainer(observer, stop.get_token());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(trainer.trainEpoch({})), StopRequested);
    QCOMPARE(steps, 5);
  }

  void patienceEndsTraining() {
    Bench bench({{"epochs", std::int64_t{50}}, {"patience", std::int64_t{3}}});
    const models::TrainObserver observer;
    const auto trainer = bench.trainer(observer);
    QVERIFY(!trainer.isFinished({0, 0, -1, 0.5}));
    QVERIFY(!trainer.isFinished({4, 2, 0.6, 0.5}));
    QVERIFY(trainer.isFinished({5, 2, 0.6, 0.5}));
    QVERIFY(trainer.isFinished({50, 50, 0.6, 0.5}));
  }
};

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
