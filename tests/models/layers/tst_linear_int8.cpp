#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "models/layers/linear.h"
#include "models/layers/linear_int8.h"
#include "models/layers/linear_int8_kernel.h"

using namespace twofold;
using models::Int8Linear;

namespace {

at::Tensor wide(const at::Tensor& values) {
  return values.to(at::kFloat);
}

double worst(const at::Tensor& a, const at::Tensor& b) {
  return (wide(a) - wide(b)).abs().max().item<double>();
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor x = a.to(at::kDouble).flatten();
  const at::Tensor y = b.to(at::kDouble).flatten();
  return (x.dot(y) / (x.norm() * y.norm())).item<double>();
}

/// As layer norms of transformers give them: a few features are 20 times the others, and each
/// token has its own size.
at::Tensor activations(std::int64_t rows, std::int64_t in) {
  const at::Tensor values = at::randn({rows, in});
  values.narrow(1, in / 3, std::max<std::int64_t>(1, in / 200)).mul_(20);
  return values * at::randn({rows, 1}).mul(0.5).exp();
}

struct Shape {
  int rows;
  int in;
  int out;
};

// Every width of panel, tiles with rows left over, inputs that fill no vector, few and many blocks.
constexpr Shape kShapes[] = {{1, 1, 1},      {1, 320, 960},  {5, 40, 96},    {7, 37, 17},
                             {13, 64, 48},   {96, 100, 112}, {97, 33, 130},  {300, 480, 480},
                             {25, 1280, 64}, {50, 2560, 31}, {193, 3, 2000}, {0, 16, 16}};

}  // namespace

class TestLinearInt8 : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { at::manual_seed(5); }

  void bothKernelsAgree_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    QTest::addColumn<bool>("isBfloat16");
    for (const auto& [rows, in, out] : kShapes) {
      for (const bool isBfloat16 : {false, true}) {
        QTest::addRow("%d x %d x %d %s", rows, in, out, isBfloat16 ? "bf16" : "fp32")
            << rows << in << out << isBfloat16;
      }
    }
  }

  void bothKernelsAgree() {
    if (!Int8Linear::isFast()) {
      QSKIP("this processor has no AVX-512 VNNI");
    }
    QFETCH(int, rows);
    QFETCH(int, in);
    QFETCH(int, out);
    QFETCH(bool, isBfloat16);
    const at::Tensor weight = at::randn({out, in});
    const at::Tensor input =
        activations(rows, in).to(isBfloat16 ? at::kBFloat16 : at::kFloat).contiguous();
    // Without a bias and an activation nothing rounds but the scaling, which both do alike.
    const Int8Linear bare(weight, {});
    QVERIFY(at::equal(bare(input), bare(input, false, Int8Linear::Kernel::Portable)));

    const Int8Linear linear(weight, at::randn({out}));
    for (const bool withGelu : {false, true}) {
      const at::Tensor fast = linear(input, withGelu);
      const at::Tensor plain = linear(input, withGelu, Int8Linear::Kernel::Portable);
      QCOMPARE(fast.scalar_type(), input.scalar_type());
      QCOMPARE(fast.sizes(), (at::IntArrayRef{rows, out}));
      const double largest = rows == 0 ? 0 : wide(plain).abs().max().item<double>();
      QVERIFY(
          at::allclose(wide(fast), wide(plain), isBfloat16 ? 8e-3 : 1e-6, 1e-5 + 1e-7 * largest));
    }
  }

  void equalsExactArithmeticOnTheRoundedValues() {
    // Weights that int8 holds, and rows of multiples of a step whose span is all its levels.
    const at::Tensor weight = at::randint(-127, 128, {40, 128}).to(at::kFloat);
    weight.select(1, 0).fill_(127);
    const at::Tensor rows = at::randint(-100, 155, {30, 128}).to(at::kFloat);
    rows.select(1, 1).fill_(-100);
    rows.select(1, 2).fill_(154);
    const at::Tensor expected = at::linear(rows.to(at::kDouble), weight.to(at::kDouble));
    const Int8Linear linear(weight, {});
    for (const auto kernel : {Int8Linear::Kernel::Fastest, Int8Linear::Kernel::Portable}) {
      const at::Tensor result = linear(rows, false, kernel).to(at::kDouble);
      QVERIFY(at::allclose(result, expected, 1e-6, 0.1));
    }
  }

  void staysCloseToFloat_data() {
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    for (const auto& [in, out] : {std::pair{320, 960}, {320, 320}, {1280, 320}, {1280, 5120}}) {
      QTest::addRow("%d to %d", in, out) << in << out;
    }
  }

  void staysCloseToFloat() {
    QFETCH(int, in);
    QFETCH(int, out);
    const at::Tensor weight = at::randn({out, in}) / std::sqrt(in);
    const at::Tensor bias = at::randn({out}) * 0.1;
    const at::Tensor rows = activations(200, in);
    const models::FrozenLinear linear(weight, bias, {at::TensorOptions(), true});
    const at::Tensor expected = at::linear(rows, weight, bias);
    QVERIFY(cosine(linear(rows), expected) >= 0.999);
    QVERIFY(cosine(linear.gelu(rows), at::gelu(expected, "none")) >= 0.999);
    // What a second half sees: all positive but for a small tail.
    const at::Tensor active = at::gelu(rows, "none");
    QVERIFY(cosine(linear(active), at::linear(active, weight, bias)) >= 0.999);
  }

  void geluIsTheExactOne() {
    // One input of one feature passes through: the bias carries the values.
    const at::Tensor values = at::linspace(-40, 40, 8001);
    const Int8Linear linear(at::zeros({values.size(0), 1}), values);
    const at::Tensor expected = at::gelu(values.to(at::kDouble), "none").to(at::kFloat);
    for (const auto kernel : {Int8Linear::Kernel::Fastest, Int8Linear::Kernel::Portable}) {
      QVERIFY(worst(linear(at::ones({1, 1}), true, kernel)[0], expected) <= 1e-5);
    }
  }

  void emptyRowsGiveTheBias() {
    const at::Tensor bias = at::randn({20});
    const Int8Linear linear(at::randn({20, 64}), bias);
    const at::Tensor rows = at::cat({at::zeros({1, 64}), at::full({1, 64}, 1e-35)});
    for (const auto kernel : {Int8Linear::Kernel::Fastest, Int8Linear::Kernel::Portable}) {
      QCOMPARE(worst(linear(rows, false, kernel), bias.expand({2, 20})), 0.0);
    }
  }

  void aRowThatIsNotFiniteSaysSoAndSpoilsNoOther() {
    const Int8Linear linear(at::randn({20, 64}), {});
    const at::Tensor clean = at::randn({5, 64});
    for (const float value : {std::numeric_limits<float>::quiet_NaN(),
                              -std::numeric_limits<float>::quiet_NaN(), HUGE_VALF, -HUGE_VALF}) {
      for (const auto type : {at::kFloat, at::kBFloat16}) {
        for (const auto kernel : {Int8Linear::Kernel::Fastest, Int8Linear::Kernel::Portable}) {
          const at::Tensor rows = clean.clone();
          rows[2][40] = value;
          const at::Tensor result = linear(rows.to(type), false, kernel);
          QVERIFY(result[2].isnan().all().item<bool>());
          QVERIFY(at::equal(result[1], linear(clean.to(type), false, kernel)[1]));
          QVERIFY(at::isfinite(result[3]).all().item<bool>());
        }
      }
    }
  }

  void rowsDoNotDependOnTheirNeighbours() {
    const Int8Linear linear(at::randn({70, 50}), at::randn({70}));
    const at::Tensor rows = activations(300, 50);
    const at::Tensor all = linear(rows);
    QVERIFY(at::equal(linear(rows.narrow(0, 113, 20)), all.narrow(0, 113, 20)));
    // Not dense: every other row.
    QVERIFY(at::equal(linear(rows.slice(0, 0, 300, 2)), all.slice(0, 0, 300, 2)));
    const int threads = at::get_num_threads();
    at::set_num_threads(1);
    QVERIFY(at::equal(linear(rows), all));
    at::set_num_threads(threads);
  }

  void whatItCannotHoldIsNamed() {
    const at::Tensor weight = at::ones({4, 4});
    weight[1][1] = HUGE_VALF;
    QVERIFY_EXCEPTION_THROWN(Int8Linear(weight, {}), Error);
    QVERIFY_EXCEPTION_THROWN(Int8Linear(at::ones({1, models::kMostInt8Inputs + 1}), {}), Error);
    const Int8Linear linear(at::ones({4, 4}), {});
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(linear(at::ones({2, 5}))), Error);
  }

  void weightsOfAnyTypeAndZerosWork() {
    const at::Tensor weight = at::randn({20, 64});
    weight[3].zero_();
    const at::Tensor bias = at::randn({20});
    const at::Tensor rows = at::randn({6, 64});
    const at::Tensor result = Int8Linear(weight.to(at::kHalf), bias.to(at::kHalf))(rows);
    QVERIFY(cosine(result, at::linear(rows, weight, bias)) >= 0.999);
    QVERIFY(at::isfinite(result).all().item<bool>());
  }
};

QTEST_GUILESS_MAIN(TestLinearInt8)
#include "tst_linear_int8.moc"
