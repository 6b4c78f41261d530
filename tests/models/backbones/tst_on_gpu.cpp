// The same networks on a GPU; skipped by name where there is none.
#include <QTemporaryDir>
#include <QTest>

#include "backbone_support.h"
#include "core/base/error.h"
#include "models/builtin_models.h"
#include "models/learning/assembly.h"
#include "models/learning/device.h"
#include "weights_folders.h"

using namespace twofold;

namespace {

const std::string kFolder = TWOFOLD_FIXTURES "/esm2_tiny";

bool hasGpu() {
  try {
    static_cast<void>(models::checkedDevice("cuda"));
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::vector<std::string> proteins() {
  std::vector<std::string> list;
  for (std::size_t length = 1; length < 900; length = length * 3 / 2 + 1) {
    std::string sequence;
    for (std::size_t i = 0; i < length; ++i) {
      sequence += "MKTAYIAKQRGDEWLNSPHFCV"[(i * i + 3 * i) % 22];
    }
    list.push_back(sequence);
  }
  return list;
}

}  // namespace

class TestOnGpu : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_temporary;

  [[nodiscard]] std::unique_ptr<models::Backbone> madeOn(const std::string& device,
                                                         const QString& backbone,
                                                         const QString& precision) const {
    const std::string id = backbone.toStdString();
    const auto folder = id == "unirep"
                            ? std::filesystem::path(TWOFOLD_FIXTURES "/unirep/one-layer")
                            : std::filesystem::path(m_temporary.path().toStdString()) / id;
    OptionValues values = {{"weights", folder.string()}, {"precision", precision.toStdString()}};
    if (id != "unirep") {
      values.emplace("limit", std::int64_t{100});
    }
    return models::makeBackbone(models::builtinParts(), {id, values}, device);
  }

 private Q_SLOTS:
  void initTestCase() { models::writeTextFolders(m_temporary.path().toStdString()); }

  void embeddingsEqualTheCpus_data() {
    QTest::addColumn<QString>("precision");
    QTest::addColumn<double>("cosine");
    QTest::newRow("fp32") << "fp32" << 0.99999;
    QTest::newRow("bf16") << "bf16" << 0.999;
    QTest::newRow("fp16") << "fp16" << 0.9999;
  }

  void embeddingsEqualTheCpus() {
    if (!hasGpu()) {
      QSKIP("no NVIDIA GPU");
    }
    QFETCH(QString, precision);
    QFETCH(double, cosine);
    const auto onCpu = models::esm2With({{"weights", kFolder}});
    const auto onGpu =
        models::esm2With({{"weights", kFolder}, {"precision", precision.toStdString()}}, "cuda");
    const auto expected = models::embeddingsOf(*onCpu, proteins());
    const auto found = models::embeddingsOf(*onGpu, proteins());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      QVERIFY(models::cosine(found[i].values, expected[i].values) >= cosine);
    }
  }

  void otherNetworksEqualTheCpus_data() {
    QTest::addColumn<QString>("backbone");
    QTest::addColumn<QString>("precision");
    QTest::addColumn<double>("cosine");
    for (const char* backbone : {"protbert", "bert", "llama3", "unirep"}) {
      QTest::addRow("%s, fp32", backbone) << backbone << "fp32" << 0.99999;
      QTest::addRow("%s, bf16", backbone) << backbone << "bf16" << 0.999;
      QTest::addRow("%s, fp16", backbone) << backbone << "fp16" << 0.9999;
    }
  }

  void otherNetworksEqualTheCpus() {
    if (!hasGpu()) {
      QSKIP("no NVIDIA GPU");
    }
    QFETCH(QString, backbone);
    QFETCH(QString, precision);
    QFETCH(double, cosine);
    const auto expected = models::embeddingsOf(*madeOn("cpu", backbone, "fp32"), proteins());
    const auto found = models::embeddingsOf(*madeOn("cuda", backbone, precision), proteins());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      QVERIFY(models::cosine(found[i].values, expected[i].values) >= cosine);
    }
  }

  void aGpuThatIsNotThereIsRefusedWithTheCure() {
    try {
      static_cast<void>(models::checkedDevice("cuda:99"));
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::Device);
      const QString message = error.what();
      QVERIFY2(hasGpu() ? message.contains("the last one is cuda:")
                        : message.contains("device cpu or auto"),
               error.what());
    }
  }
};

QTEST_GUILESS_MAIN(TestOnGpu)
#include "tst_on_gpu.moc"
