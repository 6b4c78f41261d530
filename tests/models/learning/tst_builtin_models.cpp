#include <QTest>

#include "models/builtin_models.h"
#include "models/learning/training_options.h"

using namespace twofold;

namespace {

std::vector<std::string> ids(const std::vector<Descriptor>& descriptors) {
  std::vector<std::string> result;
  for (const auto& descriptor : descriptors) {
    result.push_back(descriptor.id);
  }
  return result;
}

using Ids = std::vector<std::string>;

}  // namespace

class TestBuiltinModels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void catalogListsEveryKind() {
    const auto catalog = models::builtinCatalog();
    QCOMPARE(ids(catalog.backbones),
             (Ids{"composition", "esm2", "protbert", "bert", "llama3", "unirep", "random"}));
    QCOMPARE(ids(catalog.channels),
             (Ids{"sequence", "neighbours", "annotation", "text", "calpha", "degree"}));
    QCOMPARE(ids(catalog.fusions), (Ids{"attention", "concat", "gated"}));
    QCOMPARE(ids(catalog.heads), (Ids{"mlp", "factorised"}));
    QCOMPARE(ids(catalog.lanes), (Ids{"local"}));
    QVERIFY(!catalog.splitters.empty());
    QVERIFY(!catalog.metrics.empty());
    QCOMPARE(catalog.training.id, std::string("training"));
  }

  void catalogSurvivesItsJson() {
    const auto catalog = models::builtinCatalog();
    const auto json = runs::toJson(catalog);
    QCOMPARE(runs::toJson(runs::catalogFromJson(json)).dump(), json.dump());
  }

  void defaultSpecPassesTheCatalogsCheck() {
    runs::checkAgainst(models::builtinCatalog(), runs::RunSpec{});
  }

  void trainerReadsEveryOptionItDeclares() {
    const auto options = models::trainingOptions({{"epochs", std::int64_t{3}}});
    QCOMPARE(options.epochs, 3);
    QVERIFY(options.precision == models::Precision::Fp32);
    QVERIFY(!options.isBalanced && options.loss == models::Loss::CrossEntropy);
    const auto chosen = models::trainingOptions({{"loss", std::string("focal")},
                                                 {"class_weight", std::string("balanced")},
                                                 {"label_smoothing", 0.2},
                                                 {"focal_gamma", 1.5}});
    QVERIFY(chosen.isBalanced && chosen.loss == models::Loss::Focal);
    QCOMPARE(chosen.labelSmoothing, 0.2);
    QCOMPARE(chosen.focalGamma, 1.5);
  }
};

QTEST_GUILESS_MAIN(TestBuiltinModels)
#include "tst_builtin_models.moc"
