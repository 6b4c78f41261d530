#include <ATen/ATen.h>

#include <QTest>

#include "models/layers/attention.h"

using namespace twofold;

namespace {

constexpr std::int64_t kHeads = 3;

at::Tensor randomQkv(std::int64_t rows, std::int64_t headWidth) {
  at::manual_seed(1);
  return at::randn({rows, 3, kHeads, headWidth});
}

models::PackedBatch batchOf(std::vector<std::int64_t> lengths, std::int64_t headWidth) {
  return {std::move(lengths), models::rotaryFrequencies(headWidth, 10000)};
}

/// By the definition, one protein at a time, in double precision.
at::Tensor byDefinition(const at::Tensor& qkv, const models::PackedBatch& batch) {
  std::vector<at::Tensor> parts;
  std::int64_t row = 0;
  for (const std::int64_t length : batch.lengths()) {
    const models::RotaryTable table = {batch.rotary().cosines.narrow(0, row, length),
                                       batch.rotary().sines.narrow(0, row, length)};
    const at::Tensor rows = qkv.narrow(0, row, length).to(at::kFloat);
    const auto heads = [&](std::int64_t part, bool turned) {
      const at::Tensor values = rows.select(1, part);
      return (turned ? models::rotated(values, table) : values).transpose(0, 1).to(at::kDouble);
    };
    const double scale = 1.0 / std::sqrt(static_cast<double>(qkv.size(3)));
    const at::Tensor scores = at::matmul(heads(0, true), heads(1, true).transpose(1, 2)) * scale;
    parts.push_back(
        at::matmul(at::softmax(scores, -1), heads(2, false)).transpose(0, 1).reshape({length, -1}));
    row += length;
  }
  return at::cat(parts).to(at::kFloat);
}

double worst(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kFloat) - b.to(at::kFloat)).abs().max().item<double>();
}

}  // namespace

class TestAttention : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void bothWaysFollowTheDefinition_data() {
    QTest::addColumn<int>("headWidth");
    QTest::addColumn<bool>("isBfloat16");
    QTest::addColumn<double>("tolerance");
    for (const int headWidth : {2, 8, 16, 24, 32, 40, 64}) {
      QTest::addRow("float32, heads of %d", headWidth) << headWidth << false << 2e-6;
      QTest::addRow("bfloat16, heads of %d", headWidth) << headWidth << true << 4e-2;
    }
  }

  void bothWaysFollowTheDefinition() {
    QFETCH(int, headWidth);
    QFETCH(bool, isBfloat16);
    QFETCH(double, tolerance);
    const auto batch = batchOf({130, 120, 64, 33, 32, 31, 17, 16, 9, 8, 7, 2, 1}, headWidth);
    const at::Tensor qkv =
        randomQkv(batch.rows(), headWidth).to(isBfloat16 ? at::kBFloat16 : at::kFloat);
    const at::Tensor expected = byDefinition(qkv, batch);
    const at::Tensor torchs = models::torchRotaryAttention(qkv, batch);
    QCOMPARE(torchs.scalar_type(), qkv.scalar_type());
    QVERIFY2(worst(torchs, expected) <= tolerance,
             qPrintable(QString::number(worst(torchs, expected))));
    if (!models::hasFusedAttention(qkv)) {
      QSKIP("this processor has no AVX-512");
    }
    const at::Tensor fused = models::fusedRotaryAttention(qkv, batch);
    QCOMPARE(fused.scalar_type(), qkv.scalar_type());
    QVERIFY2(worst(fused, expected) <= tolerance,
             qPrintable(QString::number(worst(fused, expected))));
  }

  void largeScoresStayNumbers() {
    const auto batch = batchOf({40, 3}, 16);
    const at::Tensor qkv = randomQkv(43, 16) * 100;
    QVERIFY(models::rotaryAttention(qkv, batch).isfinite().all().item<bool>());
    QVERIFY(worst(models::rotaryAttention(qkv, batch), byDefinition(qkv, batch)) < 0.05);
  }

  void wideHeadsGoThroughTorch() {
    const auto batch = batchOf({5, 4}, 128);
    const at::Tensor qkv = randomQkv(9, 128);
    QVERIFY(!models::hasFusedAttention(qkv));
    QVERIFY(worst(models::rotaryAttention(qkv, batch), byDefinition(qkv, batch)) < 1e-5);
  }

  void aProteinDoesNotSeeItsNeighbours() {
    const at::Tensor qkv = randomQkv(60, 16);
    const at::Tensor together = models::rotaryAttention(qkv, batchOf({25, 20, 15}, 16));
    const at::Tensor alone =
        models::rotaryAttention(qkv.narrow(0, 25, 20).contiguous(), batchOf({20}, 16));
    QVERIFY(at::equal(together.narrow(0, 25, 20), alone));
  }

  void groupsCoverEveryRowWithLittlePadding() {
    const auto batch = batchOf({100, 99, 90, 60, 60, 60, 10, 9, 1}, 16);
    std::int64_t row = 0;
    std::int64_t proteins = 0;
    for (const auto& group : batch.groups()) {
      QCOMPARE(group.firstRow, row);
      QVERIFY((group.count * group.longest - group.rows) * 8 <= group.count * group.longest);
      QCOMPARE(group.gather.defined(), group.rows != group.count * group.longest);
      row += group.rows;
      proteins += group.count;
    }
    QCOMPARE(row, batch.rows());
    QCOMPARE(proteins, 9);
  }
};

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
