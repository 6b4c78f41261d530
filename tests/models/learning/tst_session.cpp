#include <fmt/format.h>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
namespace fs = std::filesystem;

namespace {

std::string hashOfEpoch(const fs::path& folder, int epoch) {
  return sha256OfFile(folder / "checkpoints" / fmt::format("epoch-{:04}.safetensors", epoch));
}

models::TrainResult trainQuietly(const models::TrainRequest& request) {
  return models::train(request, {}, {});
}

}  // namespace

class TestSession : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_temporary = std::make_unique<QTemporaryDir>();
    m_path = m_temporary->path().toStdString();
  }

  void trainsAndMeasuresBothParts() {
    std::vector<std::string> messages;
    models::TrainObserver observer;
    observer.message = [&](const std::string& message) { messages.push_back(message); };
    const auto request = models::toyRequest(m_path);
    const auto result = models::train(request, observer, {});
    QCOMPARE(result.epochs, 4);
    for (const char* part : {"validation", "test"}) {
      const auto& measured = result.parts.at(part);
      QCOMPARE(measured.probabilities.size(), std::size_t{120});
      QVERIFY2(measured.metrics.values.at("auprc") > 0.9,
               qPrintable(QString::number(measured.metrics.values.at("auprc"))));
      QCOMPARE(measured.metrics.threshold, result.threshold);
      const auto interval = measured.metrics.intervals.at("auprc");
      QVERIFY(interval.low <= measured.metrics.values.at("auprc"));
    }
    QVERIFY(std::any_of(messages.begin(), messages.end(), [](const std::string& message) {
      return message.starts_with("Channel calpha: evidence for 40 of 60 proteins, for ");
    }));
  }

  void aChannelWithoutEvidenceInTrainingIsRefused() {
    auto request = models::toyRequest(m_path);
    // Structures of every pair of validation and test, but of no training pair.
    auto& train = request.parts.at(0);
    std::erase_if(train, [&](const models::IndexedPair& pair) {
      return request.proteins.chains[pair.a] && request.proteins.chains[pair.b];
    });
    try {
      static_cast<void>(trainQuietly(request));
      QFAIL("calpha was trained on nothing");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::BadInput);
      QVERIFY(std::string(error.what()).starts_with("channel calpha"));
    }
    request.spec.channels = {{"sequence", {}}};
    QCOMPARE(trainQuietly(request).epochs, 4);
  }

  void sameRequestGivesTheSameBits() {
    const auto first = trainQuietly(models::toyRequest(m_path / "one"));
    const auto second = trainQuietly(models::toyRequest(m_path / "two"));
    QCOMPARE(hashOfEpoch(m_path / "one", 4), hashOfEpoch(m_path / "two", 4));
    QCOMPARE(first.parts.at("test").probabilities, second.parts.at("test").probabilities);
    auto other = models::toyRequest(m_path / "three");
    other.spec.seed = 8;
    QVERIFY(trainQuietly(other).parts.at("test").probabilities !=
            first.parts.at("test").probabilities);
  }

  void resumedRunEndsWithTheSameBits_data() {
    QTest::addColumn<int>("stopAtStep");
    QTest::newRow("within the first epoch") << 3;
    QTest::newRow("at an epoch's edge") << 16;
    QTest::newRow("within the third epoch") << 40;
  }
  void resumedRunEndsWithTheSameBits() {
    QFETCH(int, stopAtStep);
    const auto undisturbed = trainQuietly(models::toyRequest(m_path / "whole"));
    auto request = models::toyRequest(m_path / "parts");
    std::stop_source stop;
    models::TrainObserver observer;
    observer.progress = [&](const Progress& progress) {
      if (progress.stage == "Training" && progress.done == stopAtStep) {
        stop.request_stop();
      }
    };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::train(request, observer, stop.get_token())),
                             StopRequested);
    request.resume = true;
    const auto resumed = trainQuietly(request);
    QCOMPARE(hashOfEpoch(m_path / "parts", 4), hashOfEpoch(m_path / "whole", 4));
    QCOMPARE(resumed.parts.at("test").probabilities, undisturbed.parts.at("test").probabilities);
    QCOMPARE(resumed.threshold, undisturbed.threshold);
  }

  /// As if the power went: nothing is written any more after that step.
  void killedAtAnyStepItEndsWithTheSameBits_data() {
    QTest::addColumn<int>("seed");
    for (const int seed : {1, 2, 3}) {
      QTest::addRow("seed %d", seed) << seed;
    }
  }
  void killedAtAnyStepItEndsWithTheSameBits() {
    QFETCH(int, seed);
    const auto request = [&](const std::string& folder) {
      auto made = models::toyRequest(m_path / folder);
      made.spec.seed = static_cast<std::uint64_t>(seed);
      return made;
    };
    constexpr int kSteps = 64;
    const auto undisturbed = trainQuietly(request("whole"));
    for (int killedAt = 3 * seed; killedAt <= kSteps; killedAt += 10) {
      auto killed = request("killed at " + std::to_string(killedAt));
      killed.keepEvery = std::chrono::milliseconds(0);
      models::TrainObserver observer;
      observer.progress = [&](const Progress& progress) {
        if (progress.stage == "Training" && progress.done == killedAt) {
          throw std::runtime_error("killed");
        }
      };
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::train(killed, observer, {})),
                               std::exception);
      killed.resume = true;
      killed.keepEvery = models::TrainRequest().keepEvery;
      observer = {};
      std::int64_t first = 0;
      observer.progress = [&](const Progress& progress) {
        first = first == 0 && progress.stage == "Training" ? progress.done : first;
      };
      const auto resumed = models::train(killed, observer, {});
      QCOMPARE(first, killedAt);  // that step alone is done again
      QCOMPARE(resumed.parts.at("test").probabilities, undisturbed.parts.at("test").probabilities);
      QCOMPARE(sha256OfFile(killed.checkpointFolder / "epoch-0004.safetensors"),
               hashOfEpoch(m_path / "whole", 4));
    }
  }

  void aStopLosesNoStep() {
    auto request = models::toyRequest(m_path);
    std::stop_source stop;
    models::TrainObserver observer;
    observer.progress = [&](const Progress& progress) {
      if (progress.stage == "Training" && progress.done == 39) {
        stop.request_stop();
      }
    };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::train(request, observer, stop.get_token())),
                             StopRequested);
    QVERIFY(fs::exists(m_path / "checkpoints" / "epoch-0002-step-000007.json"));
    request.resume = true;
    std::vector<std::string> messages;
    observer = {};
    observer.message = [&](const std::string& message) { messages.push_back(message); };
    static_cast<void>(models::train(request, observer, {}));
    QVERIFY(std::find(messages.begin(), messages.end(),
                      "Going on within epoch 3, after 7 of its steps.") != messages.end());
  }

  /// What channels learned comes back from the checkpoint; it is not learned again.
  void channelsGoOnWithWhatTheyLearned() {
    const auto request = [&](const char* folder) {
      auto made = models::toyRequest(m_path / folder);
      made.spec.channels = {{"sequence", {}}, {"neighbours", {{"count", std::int64_t{4}}}}};
      return made;
    };
    const auto undisturbed = trainQuietly(request("whole"));
    auto stopped = request("parts");
    std::stop_source stop;
    models::TrainObserver observer;
    observer.progress = [&](const Progress& progress) {
      if (progress.stage == "Training" && progress.done == 40) {
        stop.request_stop();
      }
    };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::train(stopped, observer, stop.get_token())),
                             StopRequested);
    stopped.resume = true;
    const auto resumed = trainQuietly(stopped);
    QCOMPARE(hashOfEpoch(m_path / "parts", 4), hashOfEpoch(m_path / "whole", 4));
    QCOMPARE(resumed.parts.at("test").probabilities, undisturbed.parts.at("test").probabilities);

    models::Scorer scorer({stopped.checkpointFolder, stopped.cacheFolder, "cpu", 1});
    static_cast<void>(scorer.addProteins(stopped.proteins));
    QCOMPARE(scorer.score(stopped.parts[2], scorer.channels()),
             resumed.parts.at("test").probabilities);
    QVERIFY(scorer.isPresent("neighbours", {0, 1}));
  }

  /// Many rows a protein, one token, nothing standardised.
  void theLearnedCalphaEncoderGoesOnToTheSameBits() {
    const auto request = [&](const char* folder) {
      auto made = models::toyRequest(m_path / folder);
      made.spec.channels = {{"calpha",
                             {{"encoder", std::string("graph")},
                              {"centres", std::int64_t{8}},
                              {"neighbours", std::int64_t{4}}}}};
      made.spec.training["epochs"] = std::int64_t{48};
      made.spec.training["patience"] = std::int64_t{48};
      for (std::size_t i = 0; i < made.proteins.chains.size(); ++i) {  // of all, to be learnable
        made.proteins.chains[i] = models::toyChain(20 + i % 7, i % 2 == 1 ? 1.5F : 1.9F);
      }
      return made;
    };
    const auto undisturbed = trainQuietly(request("whole"));
    const double auprc = undisturbed.parts.at("test").metrics.values.at("auprc");
    QVERIFY2(auprc > 0.9, qPrintable(QString::number(auprc)));
    auto stopped = request("parts");
    std::stop_source stop;
    models::TrainObserver observer;
    observer.epochDone = [&](std::int64_t epoch) { epoch == 2 ? stop.request_stop() : false; };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::train(stopped, observer, stop.get_token())),
                             StopRequested);
    stopped.resume = true;
    const auto resumed = trainQuietly(stopped);
    QCOMPARE(hashOfEpoch(m_path / "parts", 48), hashOfEpoch(m_path / "whole", 48));

    models::Scorer scorer({stopped.checkpointFolder, stopped.cacheFolder, "cpu", 1});
    static_cast<void>(scorer.addProteins(stopped.proteins));
    QCOMPARE(scorer.score(stopped.parts[2], scorer.channels()),
             resumed.parts.at("test").probabilities);
    auto turned = stopped.parts[2];
    for (auto& pair : turned) {
      std::swap(pair.a, pair.b);
    }
    QCOMPARE(scorer.score(turned, scorer.channels()), resumed.parts.at("test").probabilities);
  }

  void damagedCheckpointCostsOneEpochAndIsNamed() {
    auto request = models::toyRequest(m_path);
    const auto undisturbed = trainQuietly(request);
    const auto weights = hashOfEpoch(m_path, 4);
    fs::resize_file(m_path / "checkpoints" / "epoch-0004.safetensors", 100);
    request.resume = true;
    std::vector<std::string> messages;
    models::TrainObserver observer;
    observer.message = [&](const std::string& message) { messages.push_back(message); };
    static_cast<void>(models::train(request, observer, {}));
    QCOMPARE(hashOfEpoch(m_path, 4), weights);
    const auto named = [](const std::string& message) {
      return message.find("epoch 4 was passed over") != std::string::npos;
    };
    QVERIFY(std::any_of(messages.begin(), messages.end(), named));
  }

  void resumingAnotherRecipeIsRefused() {
    auto request = models::toyRequest(m_path);
    static_cast<void>(trainQuietly(request));
    request.resume = true;
    request.spec.training["learning_rate"] = 0.02;
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(trainQuietly(request)), Error);
  }

  void startingAnewForgetsOldCheckpoints() {
    auto request = models::toyRequest(m_path);
    static_cast<void>(trainQuietly(request));
    request.spec.training["epochs"] = std::int64_t{1};
    QCOMPARE(trainQuietly(request).epochs, 1);
    QVERIFY(!fs::exists(m_path / "checkpoints" / "epoch-0004.json"));
  }

  void partWithoutBothClassesIsRefused() {
    auto request = models::toyRequest(m_path);
    for (auto& pair : request.parts[1]) {
      pair.label = data::Label::Positive;
    }
    try {
      static_cast<void>(trainQuietly(request));
      QFAIL("validation without negatives was accepted");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("validation"), error.what());
    }
  }

  void unknownPartNamesTheNearest() {
    auto request = models::toyRequest(m_path);
    request.spec.fusion.id = "atention";
    try {
      static_cast<void>(trainQuietly(request));
      QFAIL("an unknown fusion was accepted");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("\"attention\""), error.what());
    }
  }

 private:
  std::unique_ptr<QTemporaryDir> m_temporary;
  fs::path m_path;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
