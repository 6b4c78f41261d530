#include <QTest>

#ifndef Q_MOC_RUN  // moc would read all of torch
#include <ATen/ATen.h>
#include "models/heads/pair_mlp.h"
#endif

using namespace twofold;

class TestPairMlp : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void givesOneFiniteLogitAPair() {
    const Options options("mlp", models::pairMlpDescriptor().options, {});
    const auto head = models::makePairMlp({options, 8, 0.5});
    options.requireAllRead();
    head->eval();
    const auto fused = at::randn({5, 8});
    const auto logits = head->forward(fused);
    QCOMPARE(logits.sizes(), at::IntArrayRef({5}));
    QVERIFY(at::isfinite(logits).all().item().toBool());
    QVERIFY(at::equal(logits, head->forward(fused)));
  }

  void dropoutActsInTrainingOnly() {
    const Options options("mlp", models::pairMlpDescriptor().options, {});
    const auto head = models::makePairMlp({options, 8, 0.5});
    head->train();
    const auto fused = at::randn({5, 8});
    QVERIFY(!at::equal(head->forward(fused), head->forward(fused)));
  }
};

QTEST_GUILESS_MAIN(TestPairMlp)
#include "tst_pair_mlp.moc"
