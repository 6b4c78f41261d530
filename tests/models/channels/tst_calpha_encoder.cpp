#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <QTest>

#include <limits>
#include <vector>

#include "core/bio/structure_reader.h"
#include "models/channels/calpha_encoder.h"
#include "tests/core/base/test_files.h"
#include "tests/models/support/chain_shapes.h"

using namespace twofold;
using namespace twofold::models;

namespace {

constexpr CalphaEncoderShape kShape{{12, 6}, 1};
constexpr std::int64_t kWidth = 16;

std::shared_ptr<TokenEncoder> encoder(const CalphaEncoderShape& shape = kShape) {
  at::manual_seed(3);
  auto made = makeCalphaEncoder(shape, {shape.graph.features(), kWidth, 0});
  made->eval();
  return made;
}

/// [chains, centres, features]; zeros where a chain has no graph.
at::Tensor rowsOf(const std::vector<bio::Chain>& chains, const CalphaGraphShape& shape) {
  at::Tensor rows = at::zeros(
      {static_cast<std::int64_t>(chains.size()), shape.centres, shape.features()}, at::kFloat);
  for (std::size_t i = 0; i < chains.size(); ++i) {
    auto graph = calphaGraph(chains[i], shape);
    if (!graph.empty()) {
      rows[static_cast<std::int64_t>(i)].copy_(
          at::from_blob(graph.data(), {shape.centres, shape.features()}, at::kFloat));
    }
  }
  return rows;
}

double largest(const at::Tensor& values) {
  return values.abs().max().item().toDouble();
}

at::Tensor tokensOf(TokenEncoder& network, const at::Tensor& rows) {
  const at::NoGradGuard noGradients;
  return network.forward(rows);
}

}  // namespace

class TestCalphaEncoder : public QObject {
  Q_OBJECT

 private:
  /// Everything that the rows say is unknown.
  static at::Tensor unknownOf(const at::Tensor& rows, const CalphaGraphShape& shape) {
    const auto all = at::zeros_like(rows, at::kBool);
    const auto known = rows.select(2, kCentreKnown) > 0.5;
    all.copy_((~known).unsqueeze(2).expand_as(rows));
    const auto none = [&](std::int64_t flag, std::int64_t first, std::int64_t size) {
      all.narrow(2, first, size)
          .logical_or_((rows.narrow(2, flag, 1) <= 0.5).expand({-1, -1, size}));
    };
    none(kCentreHasTrust, kCentreTrust, 1);
    for (std::int64_t n = 0; n < shape.neighbours; ++n) {
      const auto at = kCentreNumbers + n * kNeighbourNumbers;
      none(at + kNeighbourHasTurn, at + kNeighbourTurn, 6);
      none(at + kNeighbourHasTrust, at + kNeighbourTrust, 1);
      none(at + kNeighbourKnown, at + 1, kNeighbourNumbers - 1);
    }
    all.select(2, kCentreKnown).fill_(false);
    return all;
  }

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(1); }

  void itMakesAsManyTokensAsAsked() {
    const auto rows = rowsOf({randomChain(30, 1), randomChain(5, 2)}, kShape.graph);
    QCOMPARE(encoder()->tokens(12), 1);
    QVERIFY(tokensOf(*encoder(), rows).sizes() == at::IntArrayRef({2, 1, kWidth}));
    const CalphaEncoderShape three{kShape.graph, 3};
    QCOMPARE(encoder(three)->tokens(12), 3);
    QVERIFY(tokensOf(*encoder(three), rows).sizes() == at::IntArrayRef({2, 3, kWidth}));
  }

  void turnedCopiesAgreeAndMirrorImagesDiffer() {
    const CalphaEncoderShape shape;
    const auto network = encoder(shape);
    Random random(2);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const auto chain = randomChain(20 + 40 * seed, seed);
      const auto tokens =
          tokensOf(*network, rowsOf({chain, moved(chain, random), mirrored(chain)}, shape.graph));
      QVERIFY2(largest(tokens[0] - tokens[1]) < 1e-5,
               qPrintable(QString::number(largest(tokens[0] - tokens[1]))));
      QVERIFY(largest(tokens[0] - tokens[2]) > 2e-4);
    }
  }

  /// Rounding can only let one centre stand in for another that is as far, which is rare.
  void realChainsAgreeWhenTurned() {
    const auto folder = tests::sharedData("structures/docking");
    NEEDS_FILE(folder);
    const CalphaEncoderShape shape;
    const auto network = encoder(shape);
    Random random(1);
    int chains = 0;
    int others = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      for (const auto& chain : bio::readStructure(entry.path()).chains) {
        const auto rows = rowsOf({chain, moved(chain, random)}, shape.graph);
        const bool sameCentres =
            largest(rows[0].select(1, kCentreDepth) - rows[1].select(1, kCentreDepth)) < 1e-3;
        const auto tokens = tokensOf(*network, rows);
        ++chains;
        others += sameCentres ? 0 : 1;
        QVERIFY2(!sameCentres || largest(tokens[0] - tokens[1]) < 1e-5, entry.path().c_str());
      }
    }
    qInfo("%d of %d chains had another centre", others, chains);
    QVERIFY(chains >= 180);
    QVERIFY(others <= 3);
  }

  void whatIsUnknownHasNoInfluenceAndNoGradient() {
    auto sure = randomChain(20, 5);
    sure.residues[8].hasCalpha = false;
    sure.residues[4].confidence = 80.0F;
    const auto rows = rowsOf({sure, randomChain(4, 6), randomChain(2, 7)}, kShape.graph);
    const auto unknown = unknownOf(rows, kShape.graph);
    QVERIFY(unknown.sum().item().toLong() > 1000);
    const auto network = encoder();
    const auto tokens = tokensOf(*network, rows);
    QVERIFY(at::isfinite(tokens).all().item().toBool());
    for (const double garbage : {7.0, 1e30, std::numeric_limits<double>::quiet_NaN()}) {
      const auto changed = rows.masked_fill(unknown, garbage);
      QVERIFY(at::equal(tokensOf(*network, changed), tokens));
    }
    auto spoiled = rows.masked_fill(unknown, 7.0).requires_grad_(true);
    network->forward(spoiled).square().sum().backward();
    QCOMPARE(largest(spoiled.grad().masked_select(unknown)), 0.0);
    QVERIFY(largest(spoiled.grad()[0]) > 0);
    QVERIFY(at::isfinite(spoiled.grad()).all().item().toBool());
    for (const auto& parameter : network->parameters()) {
      QVERIFY(at::isfinite(parameter.grad()).all().item().toBool());
    }
  }

  void eachProteinIsOnItsOwn() {
    const std::vector<bio::Chain> chains = {randomChain(30, 1), randomChain(90, 2),
                                            randomChain(8, 3)};
    const auto network = encoder();
    const auto together = tokensOf(*network, rowsOf(chains, kShape.graph));
    for (std::int64_t i = 0; i < 3; ++i) {
      const auto alone =
          tokensOf(*network, rowsOf({chains[static_cast<std::size_t>(i)]}, kShape.graph));
      QVERIFY(largest(alone[0] - together[i]) < 1e-6);
    }
  }

  /// Without a gradient it works in pieces; the numbers are the same.
  void manyProteinsAtOnceAreTheSame() {
    std::vector<bio::Chain> chains;
    for (std::uint64_t seed = 0; seed < 70; ++seed) {
      chains.push_back(randomChain(10 + seed, seed));
    }
    const auto rows = rowsOf(chains, kShape.graph);
    const auto network = encoder();
    QVERIFY(largest(tokensOf(*network, rows) - network->forward(rows)) < 1e-6);
  }

  void anUnsureResidueCountsLess() {
    auto chain = randomChain(14, 9);
    const auto tokenAt = [&](float confidence) {
      for (auto& residue : chain.residues) {
        residue.confidence = 90.0F;
      }
      chain.residues[6].confidence = confidence;
      return rowsOf({chain}, kShape.graph);
    };
    const auto sensitivity = [&](float confidence) {
      auto rows = tokenAt(confidence).requires_grad_(true);
      encoder()->forward(rows).sum().backward();
      // Row 5 is residue 6; its depth is looked at by no other row.
      return largest(rows.grad()[0][5][kCentreDepth]);
    };
    QVERIFY(sensitivity(10) < 0.5 * sensitivity(90));
    QVERIFY(sensitivity(10) > 0);
  }
};

QTEST_GUILESS_MAIN(TestCalphaEncoder)
#include "tst_calpha_encoder.moc"
