#include <ATen/ATen.h>

#include <QTest>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/base/random.h"
#include "models/channels/pair_ridge.h"
#include "models/channels/random_features.h"

using namespace twofold;
using namespace twofold::models;

namespace {

constexpr std::int64_t kProteins = 9;
constexpr std::int64_t kWidth = 4;
constexpr double kPenalty = 0.7;

std::vector<float> randomVectors(std::int64_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(static_cast<float>(random.normals().first));
  }
  return values;
}

std::vector<IndexedPair> trainingPairs() {
  using data::Label;
  return {{0, 1, Label::Positive}, {1, 2, Label::Negative}, {2, 3, Label::Positive},
          {3, 4, Label::Negative}, {0, 5, Label::Positive}, {5, 6, Label::Negative},
          {7, 8, Label::Positive}, {2, 7, Label::Negative}, {4, 4, Label::Positive}};
}

struct Fitted {
  std::vector<float> vectors = randomVectors(kProteins * kWidth, 3);
  PairRidge ridge{vectors, kWidth, TrainingGraph(kProteins, trainingPairs()), kPenalty, {}};

  [[nodiscard]] RidgeProtein training(std::int64_t number) const {
    return ridge.protein(std::span(vectors).subspan(number * kWidth, kWidth), number);
  }
};

/// What row `row` of a ridge regression without `leftOut` gives each training protein's label.
at::Tensor smoother(const at::Tensor& z, const at::Tensor& row, std::int64_t leftOut) {
  at::Tensor kept = z.clone();
  if (leftOut >= 0) {
    kept[leftOut].zero_();
  }
  const auto gram = kept.t().mm(kept) + kPenalty * at::eye(kWidth, at::kDouble);
  return kept.mv(at::linalg_inv(gram).mv(row));
}

/// The definition, with matrices written out.
double direct(const std::vector<float>& vectors, const at::Tensor& a, std::int64_t ownA,
              const at::Tensor& b, std::int64_t ownB) {
  const at::Tensor z = at::tensor(vectors).reshape({kProteins, kWidth}).to(at::kDouble);
  at::Tensor labels = at::zeros({kProteins, kProteins}, at::kDouble);
  for (const auto& pair : trainingPairs()) {
    const bool isAsked = (pair.a == ownA && pair.b == ownB) || (pair.a == ownB && pair.b == ownA);
    const double label = pair.label == data::Label::Positive ? 1 : -1;
    labels[pair.a][pair.b] = isAsked ? 0 : label;
    labels[pair.b][pair.a] = isAsked ? 0 : label;
  }
  return smoother(z, a, ownA).dot(labels.mv(smoother(z, b, ownB))).item().toDouble();
}

}  // namespace

class TestPairRidge : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void newProteinsGetTheTwoStepRegression() {
    const Fitted fitted;
    const auto fresh = randomVectors(2 * kWidth, 5);
    const std::span all(fresh);
    const auto a = fitted.ridge.protein(all.first(kWidth), -1);
    const auto b = fitted.ridge.protein(all.last(kWidth), -1);
    const at::Tensor rows = at::tensor(fresh).reshape({2, kWidth}).to(at::kDouble);
    const double expected = direct(fitted.vectors, rows[0], -1, rows[1], -1);
    QVERIFY(std::fabs(double{fitted.ridge.expectedLabel(a, b)} - expected) < 1e-5);
  }

  void trainingProteinsAreLeftOutExactly() {
    const Fitted fitted;
    const at::Tensor z = at::tensor(fitted.vectors).reshape({kProteins, kWidth}).to(at::kDouble);
    for (std::int64_t a = 0; a < kProteins; ++a) {
      for (std::int64_t b = 0; b < kProteins; ++b) {
        const double got =
            double{fitted.ridge.expectedLabel(fitted.training(a), fitted.training(b))};
        const double expected = direct(fitted.vectors, z[a], a, z[b], b);
        QVERIFY2(
            std::fabs(got - expected) < 1e-4,
            qPrintable(QStringLiteral("%1 %2: %3 for %4").arg(a).arg(b).arg(got).arg(expected)));
      }
    }
  }

  void orderDoesNotMatter() {
    const Fitted fitted;
    for (std::int64_t a = 0; a < kProteins; ++a) {
      const auto one = fitted.training(a);
      const auto other = fitted.training((a + 3) % kProteins);
      QCOMPARE(fitted.ridge.expectedLabel(one, other), fitted.ridge.expectedLabel(other, one));
    }
  }

  void productsOfRandomFeaturesAreAGaussianKernel() {
    constexpr std::int64_t kInputs = 16;
    const RandomFeatures features(kInputs, 8192, 2);
    const auto values = randomVectors(2 * kInputs, 7);
    const auto x = std::span(values).first(kInputs);
    const auto y = std::span(values).last(kInputs);
    double squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      squares += std::pow(double{x[i]} - y[i], 2);
    }
    const auto fx = features.of(x);
    const auto fy = features.of(y);
    const double got = std::inner_product(fx.begin(), fx.end(), fy.begin(), 0.0);
    QVERIFY(std::fabs(got - std::exp(-squares / (2 * 4 * kInputs))) < 0.03);
  }
};

QTEST_GUILESS_MAIN(TestPairRidge)
#include "tst_pair_ridge.moc"
