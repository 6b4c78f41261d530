#include <ATen/ATen.h>

#include <QTest>
#include <cmath>
#include <optional>

#include "models/layers/attention.h"

using namespace twofold;

namespace {

models::AttentionShape shapeOf(std::int64_t headWidth, std::int64_t heads = 3,
                               std::int64_t keyHeads = 3, bool isCausal = false) {
  return {heads, keyHeads, headWidth, isCausal};
}

at::Tensor randomQkv(std::int64_t rows, const models::AttentionShape& shape) {
  at::manual_seed(1);
  return at::randn({rows, shape.qkvWidth()});
}

models::PackedBatch batchOf(std::vector<std::int64_t> lengths, std::int64_t headWidth) {
  return {std::move(lengths), models::rotaryFrequencies(headWidth, 10000)};
}

/// One sequence by the definition, in double precision: [length, heads x headWidth].
at::Tensor sequenceByDefinition(const at::Tensor& rows, const models::AttentionShape& shape,
                                const std::optional<models::RotaryTable>& table) {
  const std::int64_t length = rows.size(0);
  const at::Tensor all = rows.to(at::kFloat).view({length, -1, shape.headWidth});
  const auto heads = [&](std::int64_t first, std::int64_t count, bool turned) {
    const at::Tensor values = all.narrow(1, first, count);
    return (turned && table ? models::rotated(values, *table) : values)
        .repeat_interleave(shape.heads / count, 1)
        .transpose(0, 1)
        .to(at::kDouble);
  };
  const double scale = 1.0 / std::sqrt(static_cast<double>(shape.headWidth));
  at::Tensor scores = at::matmul(heads(0, shape.heads, true),
                                 heads(shape.heads, shape.keyHeads, true).transpose(1, 2)) *
                      scale;
  if (shape.isCausal) {
    scores = scores + at::full({length, length}, -1e30, at::kDouble).triu(1);
  }
  return at::matmul(at::softmax(scores, -1),
                    heads(shape.heads + shape.keyHeads, shape.keyHeads, false))
      .transpose(0, 1)
      .reshape({length, -1});
}

at::Tensor byDefinition(const at::Tensor& qkv, const models::AttentionShape& shape,
                        const models::PackedBatch& batch) {
  std::vector<at::Tensor> parts;
  std::int64_t row = 0;
  for (const std::int64_t length : batch.lengths()) {
    std::optional<models::RotaryTable> table;
    if (batch.hasRotary()) {
      table = {batch.rotary().cosines.narrow(0, row, length),
               batch.rotary().sines.narrow(0, row, length)};
    }
    parts.push_back(sequenceByDefinition(qkv.narrow(0, row, length), shape, table));
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
    QTest::addColumn<int>("keyHeads");
    QTest::addColumn<bool>("isCausal");
    QTest::addColumn<bool>("isBfloat16");
    QTest::addColumn<double>("tolerance");
    for (const int headWidth : {2, 8, 16, 24, 32, 40, 64, 72, 128}) {
      for (const int keyHeads : {6, 2, 1}) {
        for (const bool isCausal : {false, true}) {
          const char* order = isCausal ? "causal" : "both ways";
          QTest::addRow("float32, %d of %d, %s", keyHeads, headWidth, order)
              << headWidth << keyHeads << isCausal << false << 4e-6;
          QTest::addRow("bfloat16, %d of %d, %s", keyHeads, headWidth, order)
              << headWidth << keyHeads << isCausal << true << 5e-2;
        }
      }
    }
  }

  void bothWaysFollowTheDefinition() {
    QFETCH(int, headWidth);
    QFETCH(int, keyHeads);
    QFETCH(bool, isCausal);
    QFETCH(bool, isBfloat16);
    QFETCH(double, tolerance);
    const auto shape = shapeOf(headWidth, 6, keyHeads, isCausal);
    const auto batch = batchOf({130, 120, 64, 33, 32, 31, 17, 16, 9, 8, 7, 2, 1}, headWidth);
    const at::Tensor qkv =
        randomQkv(batch.rows(), shape).to(isBfloat16 ? at::kBFloat16 : at::kFloat);
    const at::Tensor expected = byDefinition(qkv, shape, batch);
    const at::Tensor torchs = models::torchAttention(qkv, shape, batch);
    QCOMPARE(torchs.scalar_type(), qkv.scalar_type());
    QVERIFY2(worst(torchs, expected) <= tolerance,
             qPrintable(QString::number(worst(torchs, expected))));
    if (!models::hasFusedAttention(qkv, shape)) {
      QSKIP("this processor has no AVX-512");
    }
    const at::Tensor fused = models::fusedAttention(qkv, shape, batch);
    QCOMPARE(fused.scalar_type(), qkv.scalar_type());
    QVERIFY2(worst(fused, expected) <= tolerance,
             qPrintable(QString::number(worst(fused, expected))));
  }

  void headsOfOddWidthFollowTheDefinition_data() {
    QTest::addColumn<int>("headWidth");
    for (const int headWidth : {1, 3, 11, 127}) {
      QTest::addRow("%d", headWidth) << headWidth;
    }
  }

  /// Without rotary positions, which turn pairs, heads may be of any width.
  void headsOfOddWidthFollowTheDefinition() {
    QFETCH(int, headWidth);
    const auto shape = shapeOf(headWidth);
    const models::PackedBatch batch({40, 33, 2, 1}, c10::Device(c10::kCPU));
    for (const auto type : {at::kFloat, at::kBFloat16}) {
      const at::Tensor qkv = randomQkv(76, shape).to(type);
      const at::Tensor result = models::attention(qkv, shape, batch);
      QCOMPARE(result.scalar_type(), type);
      QVERIFY(worst(result, byDefinition(qkv, shape, batch)) < (type == at::kFloat ? 4e-6 : 5e-2));
    }
  }

  void withoutRotaryTableNothingTurns() {
    const auto shape = shapeOf(16);
    const models::PackedBatch batch({40, 39, 3}, c10::Device(c10::kCPU));
    const at::Tensor qkv = randomQkv(82, shape);
    const at::Tensor expected = byDefinition(qkv, shape, batch);
    QVERIFY(worst(models::attention(qkv, shape, batch), expected) < 4e-6);
    QVERIFY(worst(models::torchAttention(qkv, shape, batch), expected) < 4e-6);
  }

  void largeScoresStayNumbers() {
    const auto batch = batchOf({40, 3}, 16);
    const at::Tensor qkv = randomQkv(43, shapeOf(16)) * 100;
    const at::Tensor result = models::attention(qkv, shapeOf(16), batch);
    QVERIFY(result.isfinite().all().item<bool>());
    QVERIFY(worst(result, byDefinition(qkv, shapeOf(16), batch)) < 0.05);
  }

  void headsTooWideForTheKernelGoThroughTorch() {
    const auto batch = batchOf({5, 4}, 160);
    const at::Tensor qkv = randomQkv(9, shapeOf(160));
    QVERIFY(!models::hasFusedAttention(qkv, shapeOf(160)));
    QVERIFY(worst(models::attention(qkv, shapeOf(160), batch),
                  byDefinition(qkv, shapeOf(160), batch)) < 1e-5);
  }

  void aProteinDoesNotSeeItsNeighbours() {
    const auto shape = shapeOf(16);
    const at::Tensor qkv = randomQkv(60, shape);
    const at::Tensor together = models::attention(qkv, shape, batchOf({25, 20, 15}, 16));
    const at::Tensor alone =
        models::attention(qkv.narrow(0, 25, 20).contiguous(), shape, batchOf({20}, 16));
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
