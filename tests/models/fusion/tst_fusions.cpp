#include <QTest>

#include "core/base/error.h"

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/fusion/concat.h"
#include "models/fusion/masked_attention.h"
#endif

using namespace twofold;

namespace {

std::shared_ptr<models::Fusion> made(const std::string& id, std::int64_t tokens,
                                     const OptionValues& values = {}) {
  at::manual_seed(1);
  const bool attention = id == "attention";
  const auto descriptor =
      attention ? models::maskedAttentionDescriptor() : models::concatDescriptor();
  const Options options(id, descriptor.options, values);
  const models::FusionRequest request{options, tokens, 8, 0};
  return attention ? models::makeMaskedAttention(request) : models::makeConcat(request);
}

}  // namespace

class TestFusions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsMissingNeverReachesTheResult_data() {
    QTest::addColumn<QString>("id");
    QTest::newRow("attention") << "attention";
    QTest::newRow("concat") << "concat";
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

  void headsMustDivideTheWidth() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(made("attention", 1, {{"heads", std::int64_t{3}}})),
                             Error);
  }
};

QTEST_GUILESS_MAIN(TestFusions)
#include "tst_fusions.moc"
