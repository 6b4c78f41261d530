#include <QTest>
#include <array>
#include <cmath>

#include "core/formats/tensor_rows.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;
using namespace twofold::tests;

namespace {

struct Read {
  std::int64_t width = 0;
  std::map<std::string, std::vector<float>> rows;
  std::map<std::string, std::int64_t> residues;
};

Read read(const std::filesystem::path& file, bool perResidue = false) {
  Read result;
  result.width = readTensorRows(file, perResidue, 4, [&](const TensorRows& rows) {
    result.rows[rows.id] = {rows.values.begin(), rows.values.end()};
    result.residues[rows.id] = rows.residues;
  });
  return result;
}

const std::array<float, 6> kSix = {1, 2, 3, 4, 5, 6};

TensorView view(std::vector<std::int64_t> shape) {
  std::int64_t count = 1;
  for (const auto extent : shape) {
    count *= extent;
  }
  return {TensorType::F32, std::move(shape),
          std::as_bytes(std::span(kSix).first(static_cast<std::size_t>(count)))};
}

}  // namespace

class TestTensorRows : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTensorAnId() {
    const TestFolder folder;
    const auto file = folder.path("t.safetensors");
    writeSafetensors(file, {{"P1", view({3})}, {"P2", view({3})}});
    QVERIFY(looksLikeSafetensors(file));
    const auto result = read(file);
    QCOMPARE(result.width, 3);
    QCOMPARE(result.rows.at("P2"), (std::vector<float>{1, 2, 3}));
  }

  void residuesAndWidth() {
    const TestFolder folder;
    const auto file = folder.path("t.safetensors");
    writeSafetensors(file, {{"P1", view({3, 2})}, {"P2", view({1, 2})}});
    const auto result = read(file, true);
    QCOMPARE(result.width, 2);
    QCOMPARE(result.residues.at("P1"), 3);
    QCOMPARE(result.rows.at("P2"), (std::vector<float>{1, 2}));
  }

  void allInOneTensorWithTheirIds() {
    const TestFolder folder;
    const auto file = folder.path("t.safetensors");
    writeSafetensors(file, {{"values", view({2, 3})}}, {{"ids", R"(["P1", "P2"])"}});
    const auto result = read(file);
    QCOMPARE(result.rows.at("P1"), (std::vector<float>{1, 2, 3}));
    QCOMPARE(result.rows.at("P2"), (std::vector<float>{4, 5, 6}));
  }

  void everyTypeBecomesFloats() {
    const auto floats = [](TensorType type, auto values) {
      return floatsOf(
          {type, {static_cast<std::int64_t>(values.size())}, std::as_bytes(std::span(values))});
    };
    const std::vector<float> wanted = {1, -2, 0.5};
    QCOMPARE(floats(TensorType::F32, std::array{1.0F, -2.0F, 0.5F}), wanted);
    QCOMPARE(floats(TensorType::F64, std::array{1.0, -2.0, 0.5}), wanted);
    QCOMPARE(floats(TensorType::F16, std::array<std::uint16_t, 3>{0x3c00, 0xc000, 0x3800}), wanted);
    QCOMPARE(floats(TensorType::BF16, std::array<std::uint16_t, 3>{0x3f80, 0xc000, 0x3f00}),
             wanted);
    QCOMPARE(floats(TensorType::I8, std::array<std::int8_t, 2>{-3, 4}),
             (std::vector<float>{-3, 4}));
    QCOMPARE(floats(TensorType::I32, std::array{-3, 70000}), (std::vector<float>{-3, 70000}));
    QCOMPARE(floats(TensorType::I64, std::array<std::int64_t, 1>{9}), (std::vector<float>{9}));
    const auto odd = floats(TensorType::F16, std::array<std::uint16_t, 3>{0x7c00, 0x7e00, 0x0001});
    QVERIFY(std::isinf(odd[0]) && std::isnan(odd[1]));
    QCOMPARE(odd[2], std::ldexp(1.0F, -24));
  }

  void whatDoesNotFitIsNamed() {
    const TestFolder folder;
    const auto file = folder.path("t.safetensors");
    const auto refused = [&](const std::map<std::string, TensorView>& tensors,
                             const std::map<std::string, std::string>& metadata, bool perResidue,
                             const char* message) {
      writeSafetensors(file, tensors, metadata);
      EXPECT_ERROR(read(file, perResidue), ErrorKind::BadInput, message);
    };
    refused({}, {}, false, "there are no tensors");
    refused({{"P1", view({3})}, {"P2", view({2})}}, {}, false,
            "tensor \"P2\": 2 numbers a row, where the first tensor has 3");
    refused({{"P1", view({2, 3})}}, {}, false, "give --per-residue");
    refused({{"P1", view({3})}}, {}, true, "tensor \"P1\": 1 dimensions");
    refused({{"P1", view({6})}}, {}, false, "tensor \"P1\": 6 numbers a row; 1 to 4");
    refused({{"P1", view({0})}}, {}, false, "tensor \"P1\": 0 numbers a row");
    refused({{"values", view({2, 3})}}, {{"ids", R"(["P1"])"}}, false, "names 1 proteins");
    refused({{"values", view({2, 3})}}, {{"ids", R"(["P1", 2])"}}, false, "list of texts");
    refused({{"values", view({2, 3})}}, {{"ids", "P1"}}, false, "ids");
    refused({{"values", view({2, 3})}, {"more", view({1})}}, {{"ids", R"(["P1","P2"])"}}, false,
            "must be alone");
  }

  void malformedFilesAreRefused() {
    const TestFolder folder;
    EXPECT_ERROR(read(folder.write("a.safetensors", "P1\t1\n")), ErrorKind::BadInput, "too short");
    EXPECT_ERROR(read(folder.write("b.safetensors", "no tensors at all")), ErrorKind::BadInput,
                 "safetensors");
    const auto cut = folder.path("c.safetensors");
    writeSafetensors(cut, {{"P1", view({3})}});
    std::filesystem::resize_file(cut, std::filesystem::file_size(cut) - 4);
    EXPECT_ERROR(read(cut), ErrorKind::BadInput, "c.safetensors");
    QVERIFY(!looksLikeSafetensors(folder.write("t.tsv", "P1\t1\t2\nP2\t3\t4\n")));
  }
};

QTEST_GUILESS_MAIN(TestTensorRows)
#include "tst_tensor_rows.moc"
