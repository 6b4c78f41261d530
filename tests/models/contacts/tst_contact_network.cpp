// The contact network's equations: symmetry to the last bit, tiles, and cases worked out by hand.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <QTest>
#include <cmath>

#include "models/contacts/contact_network.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::models;

namespace {

ContactSettings small() {
  ContactSettings settings;
  settings.projection = 12;
  settings.hidden = 6;
  settings.dropout = 0;
  return settings;
}

at::Tensor rows(std::int64_t residues, std::int64_t width, std::uint64_t seed) {
  at::manual_seed(seed);
  return at::randn({residues, width});
}

double number(const at::Tensor& value) {
  return value.item().toDouble();
}

/// A network of one projected and one hidden value whose weights are plain.
ContactNetwork plainNetwork(std::int64_t filter) {
  ContactSettings settings;
  settings.projection = 1;
  settings.hidden = 1;
  settings.filter = filter;
  settings.pool = 1;
  settings.dropout = 0;
  ContactNetwork network(settings, 1, 1);
  auto state = network.state();
  state["projection.weight"].fill_(2);
  state["projection.bias"].fill_(-1);
  state["compare.difference"].fill_(0.5);
  state["compare.product"].fill_(0.25);
  state["norm.weight"].fill_(3);
  state["norm.bias"].fill_(0.5);
  state["norm.mean"].fill_(1);
  state["norm.variance"].fill_(4);
  state["filter.bias"].fill_(-2);
  state["filter.weight"].fill_(0.1);
  network.restore(state, "test");
  return network;
}

}  // namespace

class TestContactNetwork : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theOtherOrderIsTheTransposeToTheLastBit_data() {
    QTest::addColumn<int>("a");
    QTest::addColumn<int>("b");
    QTest::newRow("one residue each") << 1 << 1;
    QTest::newRow("one against many") << 1 << 40;
    QTest::newRow("different") << 23 << 57;
    QTest::newRow("same length") << 40 << 40;
    QTest::newRow("several tiles") << 300 << 530;
  }

  void theOtherOrderIsTheTransposeToTheLastBit() {
    QFETCH(int, a);
    QFETCH(int, b);
    const ContactNetwork network(small(), 8, 3);
    const at::Tensor left = rows(a, 8, 1);
    const at::Tensor right = rows(b, 8, 2);
    const auto forth = network.predict(left, right);
    const auto back = network.predict(right, left);
    QCOMPARE(forth.logits.size(0), std::int64_t{a});
    QCOMPARE(forth.logits.size(1), std::int64_t{b});
    QVERIFY(at::equal(forth.logits, back.logits.t()));
    QVERIFY(at::equal(forth.interaction, back.interaction));
    QVERIFY(std::isfinite(number(forth.interaction)));
  }

  void aProteinWithItselfHasASymmetricMap() {
    const ContactNetwork network(small(), 8, 3);
    const at::Tensor protein = rows(301, 8, 5);
    const auto found = network.predict(protein, protein.clone());
    QVERIFY(at::equal(found.logits, found.logits.t()));
  }

  void theFilterEqualsItsTranspose() {
    const ContactNetwork network(small(), 8, 3);
    const at::Tensor filter = network.symmetricFilter();
    QVERIFY(at::equal(filter, filter.transpose(2, 3)));
    QVERIFY(!at::equal(filter.slice(2, 0, 1), filter.slice(2, 1, 2)));
  }

  void tilesChangeNothing() {
    const ContactNetwork network(small(), 8, 3);
    const at::Tensor left = rows(270, 8, 1);
    const at::Tensor right = rows(520, 8, 2);
    const auto whole = network.predict(left, right).logits;
    // Away from its ends, a stretch's map is that of the whole.
    const auto part = network.predict(left.slice(0, 240, 270), right.slice(0, 240, 290)).logits;
    const auto inner = part.slice(0, 3, 27).slice(1, 3, 47);
    const auto wanted = whole.slice(0, 243, 267).slice(1, 243, 287);
    QVERIFY((inner - wanted).abs().max().item().toDouble() < 1e-4);
  }

  void equationsOfOneCell() {
    const auto network = plainNetwork(1);
    // Projections 2 * 2 - 1 = 3 and 2 * 3 - 1 = 5; 0.5 |3 - 5| + 0.25 * 15 = 4.75; normalised
    // 3 (4.75 - 1) / 2 + 0.5 = 6.125; filter 0.1 * 6.125 - 2.
    const auto found = network.predict(at::full({1, 1}, 2.0), at::full({1, 1}, 3.0));
    QVERIFY(std::fabs(number(found.logits) - (0.1 * 6.125 - 2)) < 1e-4);
  }

  void theFilterSumsItsNeighboursAndZerosBeyondTheEnds() {
    const auto network = plainNetwork(3);
    const auto found = network.predict(at::full({3, 1}, 2.0), at::full({4, 1}, 3.0)).logits;
    const auto at = [&](int i, int j) { return number(found[i][j]); };
    QVERIFY(std::fabs(at(0, 0) - (0.4 * 6.125 - 2)) < 1e-4);  // a corner has four
    QVERIFY(std::fabs(at(0, 1) - (0.6 * 6.125 - 2)) < 1e-4);
    QVERIFY(std::fabs(at(1, 1) - (0.9 * 6.125 - 2)) < 1e-4);
  }

  void negativeProjectionsAndComparisonsAreZero() {
    const auto network = plainNetwork(1);
    // Both projections are ReLU(2 * 0 - 1) = 0, the comparison 3 (0 - 1) / 2 + 0.5 < 0.
    const auto found = network.predict(at::zeros({1, 1}), at::zeros({1, 1}));
    QVERIFY(std::fabs(number(found.logits) + 2) < 1e-6);
  }

  void interactionOfAMapWorkedOutByHand() {
    InteractionModule module(1);
    module.weights().at("interaction.theta") = at::full({1}, 1.0);  // no weight of positions
    module.weights().at("interaction.gamma") = at::full({1}, 2.0);
    module.weights().at("interaction.middle") = at::full({1}, 0.25);
    const at::Tensor map = at::tensor({0.0F, 0.0F, 0.0F, 0.8F}).view({2, 2});
    // Mean 0.2, variance (3 * 0.04 + 0.36) / 4 = 0.12, level 0.44; 0.36 above it, one cell: / 2.
    QVERIFY(std::fabs(number(module.strength(map)) - 0.18) < 1e-6);
    QVERIFY(std::fabs(number(module.logit(map)) - 20 * (0.18 - 0.25)) < 1e-5);
  }

  void positionsWeighLessTowardsTheEnds() {
    InteractionModule module(1);
    module.weights().at("interaction.theta") = at::full({1}, 0.0);
    module.weights().at("interaction.lambda") = at::full({1}, 2.0);
    at::Tensor middle = at::zeros({3, 3});
    middle[1][1] = 1;
    at::Tensor corner = at::zeros({3, 3});
    corner[0][0] = 1;
    // Residue 1 of 3 lies (1 - 2) / 2 from the middle: exp(-2 / 4) a side, exp(-1) together; above
    // a mean of a ninth of it, one cell of nine.
    QVERIFY(std::fabs(number(module.strength(middle)) - (1 - 1.0 / 9) / 2) < 1e-6);
    QVERIFY(std::fabs(number(module.strength(corner)) - std::exp(-1.0) * (1 - 1.0 / 9) / 2) < 1e-6);
  }

  void poolingTakesTheLargest() {
    InteractionModule module(3);
    module.weights().at("interaction.theta") = at::full({1}, 1.0);
    at::Tensor map = at::zeros({9, 9});
    map[4][4] = 0.9;
    map[4][5] = 0.8;
    // Windows of 3 start at -1, 2, 5, 8 a side: 16 of them, 0.9 in one, 0.8 in its neighbour.
    const double mean = 1.7 / 16;
    QVERIFY(std::fabs(number(module.strength(map)) - (1.7 - 2 * mean) / 3) < 1e-6);
  }

  void weightsOfTheInteractionStayInTheirRanges() {
    InteractionModule module(1);
    module.weights().at("interaction.theta") = at::full({1}, 1.5);
    module.weights().at("interaction.lambda") = at::full({1}, -1.0);
    module.weights().at("interaction.gamma") = at::full({1}, -1.0);
    module.clamp();
    QCOMPARE(number(module.weights().at("interaction.theta")), 1.0);
    QCOMPARE(number(module.weights().at("interaction.lambda")), 0.0);
    QCOMPARE(number(module.weights().at("interaction.gamma")), 0.0);
  }

  void everyWeightOfTheMapHasAGradient() {
    ContactNetwork network(small(), 8, 3);
    const c10::AutoGradMode gradients(true);
    const at::Tensor map = network.trainingLogits(rows(12, 8, 1), rows(15, 8, 2)).sigmoid();
    (map.square().mean() + network.interaction().logit(map)).backward();
    for (const auto& [name, weight] : network.weights()) {
      QVERIFY2(weight.grad().defined() && weight.grad().abs().sum().item().toDouble() > 0,
               name.c_str());
    }
  }

  void statisticsOfASinglePairStayNumbers() {
    ContactNetwork network(small(), 8, 3);
    const c10::AutoGradMode gradients(true);
    network.trainingLogits(rows(1, 8, 1), rows(1, 8, 2)).sum().backward();
    for (const auto& [name, tensor] : network.state()) {
      QVERIFY2(at::isfinite(tensor).all().item().toBool(), name.c_str());
    }
  }

  void aStateOfAnotherShapeIsRefused() {
    ContactNetwork network(small(), 8, 3);
    auto state = network.state();
    state["projection.weight"] = at::zeros({12, 9});
    EXPECT_ERROR(network.restore(state, "file"), ErrorKind::BadInput, "projection.weight");
    state.erase("projection.weight");
    EXPECT_ERROR(network.restore(state, "file"), ErrorKind::BadInput, "projection.weight");
  }

  void memoryGrowsWithTheMap() {
    QVERIFY(contactStepMemory(small(), 2000) == 2 * contactStepMemory(small(), 1000));
    QVERIFY(contactStepMemory(ContactSettings{}, 65536) > 65536 * 4 * 400);
  }
};

QTEST_APPLESS_MAIN(TestContactNetwork)
#include "tst_contact_network.moc"
