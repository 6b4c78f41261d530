// Fine-tuning as the first stage of a run.
#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <thread>

#include "core/base/hash.h"
#include "models/backbones/adapters.h"
#include "models/finetuning/finetune.h"
#include "models/learning/assembly.h"
#include "tests/core/base/expect_error.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;
namespace fs = std::filesystem;

namespace {

TrainRequest tunedRequest(const fs::path& folder) {
  auto request = toyRequest(folder);
  request.spec.channels = {{"sequence", {}}};
  request.spec.backbone = {"esm2",
                           {{"random", true},
                            {"layers", std::int64_t{2}},
                            {"width", std::int64_t{32}},
                            {"heads", std::int64_t{4}},
                            {"lora_rank", std::int64_t{4}},
                            {"lora_epochs", std::int64_t{3}},
                            {"lora_rate", 0.01}}};
  return request;
}

fs::path adaptersOf(const TrainRequest& request) {
  return adaptersFile(request.checkpointFolder);
}

/// Of messages as "Fine-tuning epoch 2: loss 0.1234, validation AUPRC 0.5."
std::vector<double> losses(const std::vector<std::string>& messages) {
  std::vector<double> found;
  for (const auto& message : messages) {
    const auto at = message.find(": loss ");
    if (message.starts_with("Fine-tuning epoch") && at != std::string::npos) {
      found.push_back(std::stod(message.substr(at + 7)));
    }
  }
  return found;
}

}  // namespace

class TestFinetune : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_temporary;
  fs::path m_path;

 private Q_SLOTS:
  void init() {
    m_temporary = std::make_unique<QTemporaryDir>();
    m_path = m_temporary->path().toStdString();
  }

  void trainingLearnsAndTheRunGoesOnWithIt() {
    const auto request = tunedRequest(m_path);
    std::vector<std::string> messages;
    TrainObserver observer;
    observer.message = [&](const std::string& message) { messages.push_back(message); };
    std::int64_t steps = 0;
    observer.progress = [&](const Progress& progress) {
      if (progress.stage == "Fine-tuning") {
        QVERIFY(progress.done > steps && progress.done <= progress.total);
        steps = progress.done;
      }
    };
    const auto result = train(request, observer, {});
    const auto loss = losses(messages);
    QVERIFY(loss.size() >= 2);
    QVERIFY2(loss.back() < loss.front(), qPrintable(QString::number(loss.back())));
    QVERIFY(steps > 0);
    QVERIFY(messages.front().find("GiB of memory") != std::string::npos);
    QVERIFY(fs::exists(adaptersOf(request)));

    // What the folder holds is all that scoring needs.
    Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
    const auto first = scorer.addProteins(request.proteins);
    QCOMPARE(first, 0U);
    const std::vector<std::string> channels = {"sequence"};
    const auto again = scorer.score(request.parts.at(2), channels);
    QCOMPARE(again, result.parts.at("test").probabilities);
  }

  void sameRequestGivesTheSameAdapters() {
    const auto one = tunedRequest(m_path / "one");
    const auto two = tunedRequest(m_path / "two");
    static_cast<void>(train(one, {}, {}));
    static_cast<void>(train(two, {}, {}));
    QCOMPARE(sha256OfFile(adaptersOf(one)), sha256OfFile(adaptersOf(two)));
    auto other = tunedRequest(m_path / "three");
    other.spec.seed = 9;
    static_cast<void>(train(other, {}, {}));
    QVERIFY(sha256OfFile(adaptersOf(one)) != sha256OfFile(adaptersOf(other)));
  }

  void aResumedRunKeepsItsAdapters() {
    auto request = tunedRequest(m_path);
    static_cast<void>(train(request, {}, {}));
    const auto written = fs::last_write_time(adaptersOf(request));
    request.resume = true;
    static_cast<void>(train(request, {}, {}));
    QVERIFY(fs::last_write_time(adaptersOf(request)) == written);
  }

  void proteinsArePooledAsTheBackbonePoolsThem() {
    const auto mean = tunedRequest(m_path / "mean");
    auto first = tunedRequest(m_path / "first");
    first.spec.backbone.options["pooling"] = "first";
    static_cast<void>(train(mean, {}, {}));
    static_cast<void>(train(first, {}, {}));
    const auto ofMean = readAdapters(adaptersOf(mean));
    const auto ofFirst = readAdapters(adaptersOf(first));
    const auto& [name, matrices] = *ofMean.changes.begin();
    QVERIFY(!at::equal(matrices.b, ofFirst.changes.at(name).b));
  }

  void windowsOverLongProteinsAreTold() {
    auto request = tunedRequest(m_path);
    request.spec.backbone.options["long"] = "windows";
    request.spec.backbone.options["limit"] = std::int64_t{16};
    std::vector<std::string> messages;
    TrainObserver observer;
    observer.message = [&](const std::string& message) { messages.push_back(message); };
    static_cast<void>(train(request, observer, {}));
    QVERIFY(messages.front().starts_with("Fine-tuning reads the first 16 residues"));
  }

  void stopEndsIt() {
    std::stop_source stop;
    TrainObserver observer;
    observer.progress = [&](const Progress& progress) {
      if (progress.stage == "Fine-tuning") {
        stop.request_stop();
      }
    };
    const auto request = tunedRequest(m_path);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(train(request, observer, stop.get_token())),
                             StopRequested);
    QVERIFY(!fs::exists(adaptersOf(request)));
  }

  /// Wherever in a step the stop falls: on the way forward, on the way back or between.
  void aStopIsAStopAtAnyMoment() {
    const auto request = tunedRequest(m_path);
    int stopped = 0;
    for (int i = 0; i < 12; ++i) {
      std::stop_source stop;
      TrainObserver observer;
      std::jthread later;
      observer.progress = [&](const Progress& progress) {
        if (progress.stage == "Fine-tuning" && !later.joinable()) {
          later = std::jthread([&stop, i] {
            std::this_thread::sleep_for(std::chrono::microseconds(300 * i));
            stop.request_stop();
          });
        }
      };
      try {
        static_cast<void>(train(request, observer, stop.get_token()));
      } catch (const StopRequested&) {
        ++stopped;
      }
    }
    QVERIFY(stopped > 5);
  }

  void interruptedAtAnyStepItEndsWithTheSameBits_data() {
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("asked to stop") << false;
    QTest::newRow("killed") << true;
  }

  void interruptedAtAnyStepItEndsWithTheSameBits() {
    QFETCH(bool, isKilled);
    struct Killed {};
    const auto undisturbed = tunedRequest(m_path / "undisturbed");
    std::int64_t steps = 0;
    TrainObserver counting;
    counting.progress = [&](const Progress& progress) {
      steps += progress.stage == "Fine-tuning" ? 1 : 0;
    };
    const auto expected = train(undisturbed, counting, {});
    QVERIFY(steps >= 4);

    auto request = tunedRequest(m_path / "disturbed");
    request.keepEvery = std::chrono::milliseconds(isKilled ? 0 : 3'600'000);
    std::int64_t done = 0;
    int goneOn = 0;
    bool isOver = false;
    for (std::int64_t round = 0; round < 4 * steps && !isOver; ++round) {
      std::stop_source stop;
      TrainObserver observer;
      std::int64_t ofRound = 0;
      observer.message = [&](const std::string& message) {
        goneOn += message.starts_with("Fine-tuning goes on") ? 1 : 0;
      };
      observer.progress = [&](const Progress& progress) {
        if (progress.stage != "Fine-tuning") {
          return;
        }
        ++done;
        if (++ofRound == 2) {
          if (isKilled) {
            throw Killed{};  // its second step is not kept
          }
          stop.request_stop();
        }
      };
      try {
        const auto result = train(request, observer, stop.get_token());
        QCOMPARE(result.parts.at("test").probabilities, expected.parts.at("test").probabilities);
        isOver = true;
      } catch (const StopRequested&) {
      } catch (const Killed&) {
      }
      request.resume = true;
    }
    QVERIFY(isOver && goneOn >= 2);
    QVERIFY(done <= 2 * steps);  // nothing begins from the start again
    QCOMPARE(sha256OfFile(adaptersOf(request)), sha256OfFile(adaptersOf(undisturbed)));
    QVERIFY(!fs::exists(request.checkpointFolder / "tuning.safetensors"));
  }

  void whatIsKeptOfAnotherRecipeIsNotTakenUp() {
    auto request = tunedRequest(m_path);
    request.keepEvery = std::chrono::milliseconds(0);
    std::stop_source stop;
    TrainObserver observer;
    observer.progress = [&](const Progress& progress) {
      if (progress.stage == "Fine-tuning") {
        stop.request_stop();
      }
    };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(train(request, observer, stop.get_token())),
                             StopRequested);
    request.resume = true;
    request.spec.seed = 77;
    std::vector<std::string> messages;
    TrainObserver listening;
    listening.message = [&](const std::string& message) { messages.push_back(message); };
    static_cast<void>(train(request, listening, {}));
    QVERIFY(std::any_of(messages.begin(), messages.end(), [](const std::string& message) {
      return message.find("belongs to another fine-tuning; fine-tuning starts anew") !=
             std::string::npos;
    }));
    auto fresh = tunedRequest(m_path / "fresh");
    fresh.spec.seed = 77;
    static_cast<void>(train(fresh, {}, {}));
    QCOMPARE(sha256OfFile(adaptersOf(request)), sha256OfFile(adaptersOf(fresh)));
  }

  void adaptersOfOneRunServeAnother() {
    const auto tuned = tunedRequest(m_path / "tuned");
    static_cast<void>(train(tuned, {}, {}));
    auto plain = tuned.spec.backbone;
    plain.options.erase("lora_rank");
    auto with = plain;
    with.options["adapters"] = tuned.checkpointFolder.string();
    const auto base = makeBackbone(builtinParts(), plain, "cpu");
    const auto adapted = makeBackbone(builtinParts(), with, "cpu");
    QVERIFY(base->identity() != adapted->identity());

    auto both = tuned;
    both.spec.backbone.options["adapters"] = tuned.checkpointFolder.string();
    EXPECT_ERROR(train(both, {}, {}), ErrorKind::Usage, "lora_rank");
    with.options["width"] = std::int64_t{64};
    EXPECT_ERROR(makeBackbone(builtinParts(), with, "cpu"), ErrorKind::BadInput, "other weights");
  }

  void memoryGrowsWithTheNetwork() {
    std::int64_t most = 0;
    const auto needed = [&](std::int64_t layers) {
      const auto backbone =
          makeBackbone(builtinParts(), {"esm2", {{"random", true}, {"layers", layers}}}, "cpu");
      const auto* packed = dynamic_cast<const PackedBackbone*>(backbone.get());
      const auto& network = *packed->setup().network;
      QVERIFY(finetuneMemory(network, 1'000'000, 4096) > finetuneMemory(network, 1'000'000, 2048));
      most = finetuneMemory(network, 1'000'000, 2048);
    };
    needed(6);
    const auto six = most;
    needed(12);
    QVERIFY(most - 12'000'000 >= 2 * (six - 12'000'000));
  }
};

QTEST_GUILESS_MAIN(TestFinetune)
#include "tst_finetune.moc"
