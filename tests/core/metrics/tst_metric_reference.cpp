// The 200 generated cases of tests/reference/make_metric_cases.py: equal to scikit-learn, scipy and
// statsmodels to 1e-12.
#include <QTest>
#include <cmath>
#include <limits>
#include <vector>

#include "core/formats/bounded_json.h"
#include "core/metrics/bootstrap.h"
#include "core/metrics/calibration.h"
#include "core/metrics/confusion.h"
#include "core/metrics/contact_ranking.h"
#include "core/metrics/delong.h"
#include "core/metrics/holm.h"
#include "core/metrics/isotonic.h"
#include "core/metrics/mcnemar.h"
#include "core/metrics/protein_mcc.h"
#include "core/metrics/ranking.h"
#include "core/metrics/selective.h"
#include "core/metrics/threshold_choice.h"

using namespace twofold;
using namespace twofold::metrics;
using formats::Json;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double number(const Json& json) {
  return json.is_null() ? kNaN : json.get<double>();
}

bool isSame(double found, double expected) {
  return std::isnan(expected) ? std::isnan(found) : std::abs(found - expected) <= 1e-12;
}

struct Case {
  explicit Case(const Json& source)
      : json(source),
        scores(source.at("scores").get<std::vector<float>>()),
        second(source.at("second").get<std::vector<float>>()),
        a(source.at("a").get<std::vector<std::int64_t>>()),
        b(source.at("b").get<std::vector<std::int64_t>>()),
        threshold(source.at("threshold").get<double>()) {
    for (const char label : source.at("labels").get<std::string>()) {
      labels.push_back(static_cast<std::int8_t>(label - '0'));
    }
  }

  [[nodiscard]] ScoredPairs pairs() const {
    return {scores, labels, a, b, json.at("is_probability").get<bool>()};
  }

  const Json& json;
  std::vector<float> scores;
  std::vector<float> second;
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  double threshold = 0;
};

}  // namespace

class TestMetricReference : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_json = formats::readJsonFile(TWOFOLD_FIXTURES "/metrics/cases.json");
    QCOMPARE(m_json.size(), 200U);
    for (const Json& json : m_json) {
      m_cases.emplace_back(json);
    }
  }

  void theMetricsOfThePart() {
    forEach([&](const Case& each) {
      const auto found = measure(each.pairs(), each.threshold, {0, 1});
      compareAll(each.json.at("values"),
                 [&](std::size_t m) { return found.values.at(metricCatalog()[m].id); });
    });
  }

  void theSingleFunctionsSayTheSame() {
    forEach([&](const Case& each) {
      const auto& expected = each.json.at("values");
      const auto at = confusionAt(each.scores, each.labels, each.threshold);
      const auto areas = rankingAreas(each.scores, each.labels);
      std::vector<double> found = {at.accuracy(), at.precision(), at.recall(), at.f1(),
                                   at.mcc(),      areas.auroc,    areas.auprc};
      if (each.pairs().areProbabilities) {
        found.push_back(brier(each.scores, each.labels));
        found.push_back(expectedCalibrationError(each.scores, each.labels));
        found.push_back(logLoss(each.scores, each.labels));
      }
      for (std::size_t m = 0; m < found.size(); ++m) {
        compare(found[m], expected.at(m));
      }
      compare(auroc(each.scores, each.labels), expected.at(5));
      compare(auprc(each.scores, each.labels), expected.at(6));
    });
  }

  void aResampleIsAWeightedMeasurement() {
    forEach([&](const Case& each) {
      // The case's multiplicities are by protein number; the meter numbers those that occur.
      const DenseProteins proteins(each.pairs());
      const auto given = each.json.at("multiplicity").get<std::vector<std::uint32_t>>();
      std::vector<std::uint32_t> multiplicity(proteins.count);
      for (std::size_t i = 0; i < each.a.size(); ++i) {
        multiplicity[proteins.a[i]] = given[static_cast<std::size_t>(each.a[i])];
        multiplicity[proteins.b[i]] = given[static_cast<std::size_t>(each.b[i])];
      }
      std::vector<double> room;
      const auto found =
          WeightedMeter(each.pairs(), proteins, each.threshold).measure(multiplicity, room);
      compareAll(each.json.at("weighted"), [&](std::size_t m) { return found[m]; });
    });
  }

  void anotherPrevalence() {
    forEach([&](const Case& each) {
      const auto at = confusionAt(each.scores, each.labels, each.threshold).atPrevalence(0.01);
      const auto& expected = each.json.at("prevalence");
      if (expected.at(3).is_null()) {
        QVERIFY(std::isnan(at.accuracy()));
        return;
      }
      const std::vector<double> found = {at.precision(), at.f1(), at.mcc(),
                                         auprcAtPrevalence(each.scores, each.labels, 0.01)};
      compareAll(expected, [&](std::size_t m) { return found[m]; });
    });
  }

  void thresholdsByAim() {
    forEach([&](const Case& each) {
      const std::vector<const char*> aims = {"f1", "mcc", "precision=0.6", "cost=5:1"};
      compareAll(each.json.at("thresholds"), [&](std::size_t m) {
        return chooseThreshold(thresholdAimFromText(aims[m]), each.scores, each.labels)
            .value_or(kNaN);
      });
    });
  }

  void isotonicRegression() {
    forEach([&](const Case& each) {
      const IsotonicScale scale(each.scores, each.labels);
      const auto& expected = each.json.at("isotonic");
      for (std::size_t i = 0; i < expected.at("x").size(); ++i) {
        compare(scale.probability(expected.at("x").at(i)), expected.at("y").at(i));
      }
    });
  }

  void deLongByMidranksIsThePlainFormula() {
    forEach([&](const Case& each) {
      const auto found = deLong(each.scores, each.second, each.labels);
      const auto& expected = each.json.at("delong");
      compare(found.second - found.first, expected.at(0));
      compare(found.variance, expected.at(1));
      if (!expected.at(2).is_null()) {
        compare(found.p, expected.at(2));
      }
    });
  }

  void mcNemarAndHolm() {
    forEach([&](const Case& each) {
      const auto& expected = each.json.at("mcnemar");
      const auto first = expected.at("only").at(0).get<std::int64_t>();
      const auto second = expected.at("only").at(1).get<std::int64_t>();
      // statsmodels takes the correction off equal counts too, and squares what is then below 0.
      compare(mcNemar(first, second).p, first == second ? Json(1.0) : expected.at("p"));
      const auto& family = each.json.at("holm");
      const auto adjusted = holm(family.at("p").get<std::vector<double>>());
      compareAll(family.at("adjusted"), [&](std::size_t i) { return adjusted[i]; });
    });
  }

  void proteinsAndTopsAndSelection() {
    forEach([&](const Case& each) {
      const auto mean = proteinMcc(each.pairs(), each.threshold, {0, 1});
      compare(mean.mean.value, each.json.at("protein_mcc").at(0));
      QCOMPARE(mean.defined, each.json.at("protein_mcc").at(1).get<std::size_t>());
      compare(precisionAtTop(each.scores, each.labels, 5), each.json.at("precision_at"));
      const auto confidences =
          callConfidences(each.scores, each.threshold, each.pairs().areProbabilities);
      std::vector<std::int8_t> right;
      for (std::size_t i = 0; i < each.labels.size(); ++i) {
        const bool called = static_cast<double>(each.scores[i]) >= each.threshold;
        right.push_back(called == (each.labels[i] != 0) ? 1 : 0);
      }
      compare(selectiveCurve(confidences, right).area, each.json.at("selective"));
    });
  }

 private:
  template <class Look>
  void forEach(Look look) {
    for (const Case& each : m_cases) {
      m_name = each.json.at("name").get<std::string>();
      look(each);
      if (QTest::currentTestFailed()) {
        return;
      }
    }
  }

  void compare(double found, const Json& expected) const {
    const auto words = m_name + ": " + std::to_string(found) + " is not " + expected.dump();
    QVERIFY2(isSame(found, number(expected)), words.c_str());
  }

  template <class Found>
  void compareAll(const Json& expected, Found found) const {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(found(i), expected.at(i));
    }
  }

  Json m_json;
  std::vector<Case> m_cases;
  std::string m_name;
};

QTEST_GUILESS_MAIN(TestMetricReference)
#include "tst_metric_reference.moc"
