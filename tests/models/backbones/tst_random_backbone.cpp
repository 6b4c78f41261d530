#include <QTest>

#include "backbone_support.h"
#include "models/backbones/random.h"

using namespace twofold;

namespace {

std::unique_ptr<models::Backbone> randomWith(const OptionValues& values) {
  const Descriptor descriptor = models::randomDescriptor();
  const Options options("backbone \"random\"", descriptor.options, values);
  auto backbone = models::makeRandom({options, "cpu"});
  options.requireAllRead();
  return backbone;
}

}  // namespace

class TestRandomBackbone : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProteinHasItsNumbersWhereverItStands() {
    auto backbone = randomWith({});
    const auto first = embeddingsOf(*backbone, {"MKV", "MKL"});
    const auto second = embeddingsOf(*randomWith({}), {"GG", "MKL", "MKV"});
    QVERIFY(first[0].values == second[2].values);
    QVERIFY(first[1].values == second[1].values);
    QVERIFY(first[0].values != first[1].values);
    QCOMPARE(first[0].values.size(), std::size_t{64});
  }

  void nearSequencesAreStrangers() {
    auto backbone = randomWith({{"width", std::int64_t{4096}}});
    const auto made = embeddingsOf(*backbone, {"MKVLA", "MKVLG"});
    QVERIFY(std::fabs(models::cosine(made[0].values, made[1].values)) < 0.1);
    double sum = 0;
    double squares = 0;
    for (const float value : made[0].values) {
      sum += value;
      squares += static_cast<double>(value) * value;
    }
    QVERIFY(std::fabs(sum / 4096) < 0.08);
    QVERIFY(std::fabs(squares / 4096 - 1) < 0.12);
  }

  void anotherSeedHasOtherNumbersAndIdentity() {
    auto one = randomWith({});
    auto other = randomWith({{"seed", std::int64_t{1}}});
    QVERIFY(one->identity() != other->identity());
    QVERIFY(embeddingsOf(*one, {"MKV"})[0].values != embeddingsOf(*other, {"MKV"})[0].values);
  }

  void residuesHaveRowsOfTheirOwn() {
    const auto made = embeddingsOf(*randomWith({}), {"MKV"}, true);
    QCOMPARE(made[0].residues, 3);
    QCOMPARE(made[0].values.size(), std::size_t{3 * 64});
  }
};

QTEST_APPLESS_MAIN(TestRandomBackbone)
#include "tst_random_backbone.moc"
