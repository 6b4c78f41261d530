#include <QTest>
#include <cmath>

#include "core/base/error.h"

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/builtin_models.h"
#include "models/learning/fusion.h"
#endif

using namespace twofold;

namespace {

std::shared_ptr<models::Fusion> made(const std::string& id, std::int64_t tokens,
                                     const OptionValues& values = {}) {
  at::manual_seed(1);
  const auto& entry = models::builtinParts().fusions.find(id);
  const Options options(id, entry.descriptor.options, values);
  return entry.make({options, tokens, 8, 0});
}

}  // namespace

class TestFusions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsMissingNeverReachesTheResult_data() {
    QTest::addColumn<QString>("id");
    QTest::newRow("attention") << "attention";
    QTest::newRow("concat") << "concat";
    QTest::newRow("gated") << "gated";
  }
  void whatIsMissingNeverReachesTheResult() {
    QFETCH(QString, id);
    const auto fusion = made(id.toStdString(), 3);
    const auto present =
        at::tensor({1, 0, 1, 0, 0, 0, 1, 1, 1}, at::kByte).view({3, 3}).to(at::kBool);
    const auto tokens = at::randn({3, 3, 8});
    const auto other = at::where(present.unsqueeze(-1), tokens, at::randn({3, 3, 8}) * 100);
    const auto result = fusion->forward(tokens, present);
    QCOMPARE(result.sizes(), at::IntArrayRef({3, 8}));
    QVERIFY(at::isfinite(result).all().item().toBool());
    QVERIFY(at::equal(result, fusion->forward(other, present)));
    const auto all = at::ones({3, 3}, at::kBool);
    QVERIFY(!at::equal(result, fusion->forward(tokens, all)));
  }

  void gradientStaysFiniteWithNothingPresent_data() { whatIsMissingNeverReachesTheResult_data(); }
  void gradientStaysFiniteWithNothingPresent() {
    QFETCH(QString, id);
    const auto fusion = made(id.toStdString(), 2);
    fusion->forward(at::randn({4, 2, 8}), at::zeros({4, 2}, at::kBool)).sum().backward();
    for (const auto& parameter : fusion->parameters()) {
      QVERIFY(!parameter.grad().defined() || at::isfinite(parameter.grad()).all().item().toBool());
    }
  }

  void gatesTakeAnyNumberOfSlots() {
    for (const std::int64_t slots : {1, 2, 7, 16, 40}) {
      const auto fusion = made("gated", slots);
      const auto tokens = at::randn({3, slots, 8});
      const auto result = fusion->forward(tokens, at::ones({3, slots}, at::kBool));
      QCOMPARE(result.sizes(), at::IntArrayRef({3, 8}));
      QVERIFY(at::isfinite(result).all().item().toBool());
    }
  }

  void gatesKeepNotANumberFromResultAndGradient() {
    const auto fusion = made("gated", 3);
    const auto present = at::tensor({1, 0, 1, 0, 0, 0}, at::kByte).view({2, 3}).to(at::kBool);
    const auto tokens = at::randn({2, 3, 8});
    const auto poisoned = tokens.masked_fill(~present.unsqueeze(-1), std::nan(""));
    poisoned.set_requires_grad(true);
    const auto result = fusion->forward(poisoned, present);
    QVERIFY(at::equal(result, fusion->forward(tokens, present)));
    result.square().sum().backward();
    for (const auto& parameter : fusion->parameters()) {
      QVERIFY(at::isfinite(parameter.grad()).all().item().toBool());
    }
    const auto& gradient = poisoned.grad();
    QCOMPARE(gradient.masked_select(~present.unsqueeze(-1)).abs().max().item().toDouble(), 0.0);
    QVERIFY(gradient[0][0].abs().max().item().toDouble() > 0);
  }

  void gateOfATokenDoesNotDependOnOthers() {
    // With the gates shut for all but one token, the mean is that token's value alone.
    const auto fusion = made("gated", 2);
    const at::NoGradGuard noGradients;
    const auto parameters = fusion->named_parameters();
    for (const char* name : {"null_token", "slot_embedding", "gate.bias"}) {
      parameters[name].zero_();
    }
    parameters["gate.weight"].fill_(1);
    const auto open = at::full({1, 1, 8}, 20.0);
    const auto shut = at::full({1, 1, 8}, -20.0);
    const auto all = at::ones({1, 2}, at::kBool);
    const auto one = at::tensor({1, 0}, at::kByte).view({1, 2}).to(at::kBool);
    const auto tokens = at::cat({open, shut}, 1);
    QVERIFY(at::allclose(fusion->forward(tokens, all), fusion->forward(tokens, one)));
  }

  void headsMustDivideTheWidth() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(made("attention", 1, {{"heads", std::int64_t{3}}})),
                             Error);
  }
};

QTEST_GUILESS_MAIN(TestFusions)
#include "tst_fusions.moc"
