// Every architecture from the command line: real proteins embedded, and a run trained on it.
#include <QProcess>
#include <QTest>

#include "core/formats/safetensors.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace {

/// Human haemoglobin alpha and beta (P69905, P68871) and sperm whale myoglobin (P02185).
constexpr const char* kProteins =
    ">P69905\n"
    "MVLSPADKTNVKAAWGKVGAHAGEYGAEALERMFLSFPTTKTYFPHFDLSHGSAQVKGHGKKVADALTNAVAHVDDMPNALSALSDLHAHKLRV"
    "DPVNF"
    "KLLSHCLLVTLAAHLPAEFTPAVHASLDKFLASVSTVLTSKYR\n"
    ">P68871\n"
    "MVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDLSTPDAVMGNPKVKAHGKKVLGAFSDGLAHLDNLKGTFATLSELHC"
    "DKLHV"
    "DPENFRLLGNVLVCVLAHHFGKEFTPPVQAAYQKVVAGVANALAHKYH\n"
    ">P02185\n"
    "MVLSEGEWQLVLHVWAKVEADVAGHGQDILIRLFKSHPETLEKFDRFKHLKTEAEMKASEDLKKHGVTVLTALGAILKKKGHHEAELKPLAQSH"
    "ATKHK"
    "IPIKYLEFISEAIIHVLHSRHPGDFGADAQGAMNKALELFRKDIAAKYKELGYQG\n";

}  // namespace

class TestBackboneCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    QCOMPARE(QProcess::execute(TWOFOLD_MAKE_WEIGHTS, {m_weights.path()}), 0);
    m_fasta = m_made.write("real.fasta", kProteins);
  }

  void realProteinsAreEmbedded_data() { backbones(); }

  void realProteinsAreEmbedded() {
    QFETCH(QString, backbone);
    QFETCH(qint64, width);
    const QString out = m_made.file(backbone + ".safetensors");
    const auto result = m_made.run(QStringList{"embed", "--fasta", m_fasta, "--out", out} +
                                   backboneOptions(backbone, ""));
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const formats::SafetensorsFile file(out.toStdString());
    QCOMPARE(file.tensors().size(), std::size_t{3});
    QCOMPARE(file.tensor("P69905").shape, std::vector<std::int64_t>{width});
    QVERIFY(!std::ranges::equal(file.tensor("P69905").bytes, file.tensor("P68871").bytes));
  }

  void runsAreTrainedOnIt_data() { backbones(); }

  void runsAreTrainedOnIt() {
    QFETCH(QString, backbone);
    const auto result =
        m_made.run(QStringList{"train", "--pairs", "made", "--split", "random", "--channels",
                               "sequence", "--experiment", "all", "--threads", "1"} +
                   backboneOptions(backbone, "backbone.") + QStringList{"training.epochs=2"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QVERIFY(result.last().at("parts").at("validation").at("auprc").is_number());
  }

  /// esm2 without a folder reads the network that comes with the program.
  void theShippedNetworkIsRead() {
    const QString out = m_made.file("shipped.safetensors");
    const auto result = m_made.run({"embed", "--fasta", m_fasta, "--out", out, "--backbone", "esm2",
                                    "--set", "precision=bf16"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(formats::SafetensorsFile(out.toStdString()).tensor("P02185").shape,
             std::vector<std::int64_t>{256});
  }

  /// XDG_DATA_HOME says where installed models are looked for.
  void aRunWithoutABackboneStartsWithWhatIsInstalled() {
    const QStringList train{
        "train",   "--pairs",   "made", "--split", "random",           "--experiment",
        "default", "--threads", "1",    "--set",   "training.epochs=1"};
    qputenv("XDG_DATA_HOME", m_made.file("data").toUtf8());
    QCOMPARE(backboneOf(m_made.run(train)), std::string("composition"));
    const QString folder = m_made.file("data/twofold/backbones/unirep-64");
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::copy(TWOFOLD_FIXTURES "/unirep/four-layers/model_weights.npz",
                        folder + "/model_weights.npz"));
    QCOMPARE(backboneOf(m_made.run(train)), std::string("unirep"));
    qunsetenv("XDG_DATA_HOME");
  }

 private:
  static void backbones() {
    QTest::addColumn<QString>("backbone");
    QTest::addColumn<qint64>("width");
    QTest::newRow("ESM-2") << "esm2" << qint64{32};
    QTest::newRow("ProtBert") << "protbert" << qint64{16};
    QTest::newRow("BERT") << "bert" << qint64{16};
    QTest::newRow("Llama 3") << "llama3" << qint64{16};
  }

  /// Ends with --set, so that more may follow. The networks have 128 positions.
  QStringList backboneOptions(const QString& backbone, const QString& prefix) const {
    return {"--backbone",        backbone, "--weights", m_weights.filePath(backbone), "--set",
            prefix + "limit=100"};
  }

  std::string backboneOf(const WorkerResult& trained) const {
    const auto listed = m_made.run({"runs"}).last().at("runs");
    const auto run = std::ranges::find_if(
        listed, [&](const Json& each) { return each.at("id") == trained.last().value("run", ""); });
    return run == listed.end() ? trained.message()
                               : run->at("spec").at("backbone").at("id").get<std::string>();
  }

  MadeUpProject m_made;
  QTemporaryDir m_weights;
  QString m_fasta;
};

QTEST_GUILESS_MAIN(TestBackboneCommands)
#include "tst_backbone_commands.moc"
