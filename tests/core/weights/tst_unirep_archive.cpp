#include <QTest>

#include "core/weights/unirep_archive.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::weights;

class TestUnirepArchive : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  static std::string fixtureBytes() {
    std::ifstream stream(tests::fixture("unirep/four-layers/model_weights.npz"), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// The stored archive with names changed to others of the same length, one after the other.
  formats::NpzFile renamed(const std::vector<std::pair<std::string, std::string>>& names) const {
    std::string bytes = fixtureBytes();
    for (const auto& [from, to] : names) {
      for (auto at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at)) {
        bytes.replace(at, from.size(), to);
      }
    }
    return formats::NpzFile(m_folder.write("model_weights.npz", bytes));
  }

 private Q_SLOTS:
  void theShapeIsRead() {
    const auto shape = checkedUnirepShape(
        formats::NpzFile(tests::fixture("unirep/four-layers/model_weights.npz")));
    QCOMPARE(shape.letters, 26);
    QCOMPARE(shape.inputs, 10);
    QCOMPARE(shape.layers, 4);
    QCOMPARE(shape.units, 8);
  }

  void aMissingArrayIsNamedWithItsNearest() {
    EXPECT_ERROR(checkedUnirepShape(renamed({{"mlstm.2.gmh", "mlstm.2.gmk"}})), ErrorKind::BadInput,
                 "no array \"mlstm.2.gmh\"; did you mean \"mlstm.");
    EXPECT_ERROR(checkedUnirepShape(renamed({{"embedding", "embeddinG"}})), ErrorKind::BadInput,
                 "did you mean \"embeddinG\"");
  }

  void arraysThatDoNotFitAreNamed() {
    EXPECT_ERROR(checkedUnirepShape(renamed({{"mlstm.0.wh", "mlstm.0.w~"},
                                             {"mlstm.0.wx", "mlstm.0.wh"},
                                             {"mlstm.0.w~", "mlstm.0.wx"}})),
                 ErrorKind::BadInput, "array \"mlstm.0.wx\" is [8, 32], where UniRep has floats");
  }

  void arraysOfOthersAreLeftAlone() {
    QCOMPARE(checkedUnirepShape(renamed({{"dense.b", "dense.c"}})).layers, 4);
  }
};

QTEST_APPLESS_MAIN(TestUnirepArchive)
#include "tst_unirep_archive.moc"
