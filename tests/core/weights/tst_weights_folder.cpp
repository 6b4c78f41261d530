// What a weights folder is told to be, and the reason when no backbone reads it.
#include <QTest>

#include "core/weights/licence.h"
#include "core/weights/weights_folder.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/weights/made_up_weights.h"

using namespace twofold;
using namespace twofold::weights;
using tests::MadeUpWeights;

class TestWeightsFolder : public QObject {
  Q_OBJECT

 private:
  static constexpr std::int64_t kGibi = std::int64_t{1} << 30;
  tests::TestFolder m_folder;

  static bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

 private Q_SLOTS:
  void eachArchitectureIsTold_data() {
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("backbone");
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<QString>("shape");
    const auto row = [](const char* name, const tests::Json& config, const char* architecture,
                        const char* shape) {
      QTest::newRow(name) << QString::fromStdString(config.dump()) << name << architecture << shape;
    };
    row("esm2", tests::esm2Config(), "ESM-2", "2 layers × 8, 2 heads");
    row("protbert", tests::bertConfig(30), "ProtBert", "1 layer × 8, 2 heads");
    row("bert", tests::bertConfig(40), "BERT", "1 layer × 8, 2 heads");
    row("llama3", tests::llamaConfig(), "Llama 3", "2 layers × 8, 4 heads");
  }
  void eachArchitectureIsTold() {
    QFETCH(QString, config);
    QFETCH(QString, backbone);
    QFETCH(QString, architecture);
    QFETCH(QString, shape);
    MadeUpWeights made(m_folder, backbone.toStdString(), tests::Json::parse(config.toStdString()));
    made.write();
    const auto folder = describeWeights(made.folder(), 8 * kGibi);
    QCOMPARE(folder.problem, std::string());
    QCOMPARE(folder.backbone, backbone.toStdString());
    QCOMPARE(folder.architecture, architecture.toStdString());
    QCOMPARE(folder.shapeText(), shape.toStdString());
    QCOMPARE(folder.precision, std::string("fp32"));
    QCOMPARE(folder.name, backbone.toStdString());
    QVERIFY(folder.memory[0].fit == Fit::Fits);
  }

  void shardsAreCountedLikeOneFile() {
    MadeUpWeights one(m_folder, "one", tests::esm2Config());
    one.write();
    MadeUpWeights two(m_folder, "two", tests::esm2Config());
    two.writeSharded();
    const auto whole = describeWeights(one.folder(), kGibi);
    const auto sharded = describeWeights(two.folder(), kGibi);
    QCOMPARE(sharded.problem, std::string());
    QCOMPARE(sharded.parameters, whole.parameters);
    // 33 x 8 letters, the last norm, and 2 layers of 4 8x8, 2 8x16, biases and 2 norms.
    QCOMPARE(whole.parameters, std::int64_t{33 * 8 + 16 + 2 * (4 * 72 + 144 + 136 + 32)});
    QVERIFY(whole.bytes > whole.parameters * 4);
  }

  void aHeadCountsAsParametersButNeedsNoMemory() {
    MadeUpWeights made(m_folder, "headed", tests::esm2Config());
    made.write();
    const auto without = describeWeights(made.folder(), kGibi);
    made.set("lm_head.decoder.weight", {3300, 8});
    made.write();
    const auto with = describeWeights(made.folder(), kGibi);
    QCOMPARE(with.parameters, without.parameters + 26400);
    QCOMPARE(with.memory[0].bytes, without.memory[0].bytes);
  }

  void whatCannotBeReadIsToldWithItsCure_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto config = [](const char* change) {
      auto json = tests::esm2Config();
      json.update(tests::Json::parse(change));
      return QString::fromStdString(json.dump());
    };
    QTest::newRow("pickle only") << "pytorch_model.bin"
                                 << "x"
                                 << "save_pretrained('NEW')";
    QTest::newRow("nothing") << "notes.txt"
                             << "x"
                             << "choose the one that holds them";
    QTest::newRow("other network") << "config.json"
                                   << R"({"model_type":"t5"})"
                                   << "reads \"t5\"";
    QTest::newRow("no type") << "config.json"
                             << "{}"
                             << "without \"model_type\"";
    QTest::newRow("no object") << "config.json"
                               << "[1]"
                               << "no JSON object";
    QTest::newRow("ESM-1") << "config.json" << config(R"({"position_embedding_type":"absolute"})")
                           << "ESM-1";
    QTest::newRow("ESMFold") << "config.json" << config(R"({"is_folding_model":true})")
                             << "ESMFold";
    QTest::newRow("heads") << "config.json" << config(R"({"num_attention_heads":3})")
                           << "do not divide";
    QTest::newRow("layers") << "config.json" << config(R"({"num_hidden_layers":1e9})")
                            << "num_hidden_layers";
    QTest::newRow("deep") << "config.json" << QString(1'000'000, '[') << "nested";
    QTest::newRow("index out of the folder") << "model.safetensors.index.json"
                                             << R"({"weight_map":{"a":"../x.safetensors"}})"
                                             << "in no file of this folder";
    QTest::newRow("index without a map") << "model.safetensors.index.json"
                                         << "{}"
                                         << "weight_map";
    QTest::newRow("missing shard") << "model.safetensors.index.json"
                                   << R"({"weight_map":{"a":"x.safetensors"}})"
                                   << "x.safetensors: there is no such file";
    QTest::newRow("broken") << "model.safetensors"
                            << "\xff\xff\xff\xff\xff\xff\xff\xff{}"
                            << "safetensors";
  }
  void whatCannotBeReadIsToldWithItsCure() {
    QFETCH(QString, file);
    QFETCH(QString, text);
    QFETCH(QString, reason);
    MadeUpWeights made(m_folder, std::string("bad ") + QTest::currentDataTag(),
                       tests::esm2Config());
    if (file == "config.json") {
      made.write();
    }
    made.writeText(file.toStdString(), text.toLatin1().toStdString());
    const auto folder = describeWeights(made.folder(), kGibi);
    QCOMPARE(folder.backbone, std::string());
    QVERIFY2(holds(folder.problem, reason.toStdString()), folder.problem.c_str());
  }

  void aFolderThatIsNotThereIsAnError() {
    EXPECT_ERROR(describeWeights(m_folder.path("nowhere"), kGibi), ErrorKind::NotFound, "nowhere");
    const auto file = m_folder.write("model.pt", "x");
    QVERIFY(holds(describeWeights(file, kGibi).problem, "pickled"));
  }

  void unirepIsToldByItsArchive() {
    const auto folder = describeWeights(tests::fixture("unirep/four-layers"), kGibi);
    QCOMPARE(folder.backbone, std::string("unirep"));
    QCOMPARE(folder.shapeText(), std::string("4 layers × 8"));
    QCOMPARE(folder.parameters, std::int64_t{3573});
    QVERIFY(folder.memory[0].fit != Fit::Unknown);
  }

  void severalArchivesAreAProblemBeforeTheyAreUsed() {
    const auto folder = m_folder.path("several archives");
    std::filesystem::create_directories(folder);
    const auto archive = tests::fixture("unirep/four-layers/model_weights.npz");
    std::filesystem::copy_file(archive, folder / "a.npz");
    std::filesystem::copy_file(archive, folder / "b.npz");
    const auto described = describeWeights(folder, kGibi);
    QVERIFY2(holds(described.problem, "one .npz in a folder"), described.problem.c_str());
    QCOMPARE(described.backbone, std::string());
  }

  void anArchiveThatIsNoneHasItsProblem() {
    std::filesystem::create_directories(m_folder.path("unirep-64"));
    std::ofstream(m_folder.path("unirep-64") / "model_weights.npz") << "PK";
    const auto folder = describeWeights(m_folder.path("unirep-64"), kGibi);
    QCOMPARE(folder.backbone, std::string("unirep"));
    QVERIFY2(holds(folder.problem, "no zip archive"), folder.problem.c_str());
  }

  void theLicenceIsFound_data() {
    QTest::addColumn<QString>("card");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("card") << "---\nlanguage: en\nlicense: mit\n---\n# Model"
                          << ""
                          << "mit";
    QTest::newRow("own name") << "---\nlicense: other\nlicense_name: 'llama3'\n---\n"
                              << ""
                              << "llama3";
    QTest::newRow("file") << "# no front matter\nlicense: mit\n"
                          << "\n   Apache License\n  Version 2.0\n"
                          << "Apache License";
    QTest::newRow("card before file") << "---\nlicense: cc-by-nc-4.0\n---\n"
                                      << "GPL"
                                      << "cc-by-nc-4.0";
    QTest::newRow("front matter without end") << "---\nlicense: mit\n"
                                              << ""
                                              << "";
    QTest::newRow("none") << ""
                          << ""
                          << "";
  }
  void theLicenceIsFound() {
    QFETCH(QString, card);
    QFETCH(QString, text);
    QFETCH(QString, name);
    MadeUpWeights made(m_folder, std::string("licence ") + QTest::currentDataTag(),
                       tests::esm2Config());
    if (!card.isEmpty()) {
      made.writeText("README.md", card.toStdString());
    }
    if (!text.isEmpty()) {
      made.writeText("LICENSE", text.toStdString() + "\x1b[31m");
    }
    const auto licence = readLicence(made.folder());
    QCOMPARE(licence.name, name.toStdString());
    QCOMPARE(licence.text.empty(), text.isEmpty());
    QVERIFY(!holds(licence.text, "\x1b"));
  }

  void theCardIsWhatFollowsItsFrontMatter() {
    const std::pair<const char*, const char*> cases[] = {
        {"---\nlicense: mit\n---\n# Model\ntext", "# Model\ntext"},
        {"# Model\n---\ntext", "# Model\n---\ntext"},
        {"---\nlicense: mit\n", "---\nlicense: mit\n"},
        {"---\n---", ""},
        {"", ""}};
    for (const auto& [written, wanted] : cases) {
      MadeUpWeights made(m_folder, "card", tests::esm2Config());
      made.writeText("README.md", written);
      QCOMPARE(readModelCard(made.folder()), std::string(wanted));
    }
  }

  void memoryIsComparedWithWhatIsAvailable() {
    NetworkSize size;
    size.multiplied = 1'000'000'000;
    const auto needs = memoryNeeds(size, 5 * kGibi);
    QCOMPARE(needs[0].precision, std::string("fp32"));
    QVERIFY(needs[0].fit == Fit::Tight);
    QVERIFY(needs[1].fit == Fit::Fits);
    QVERIFY(needs[0].bytes > needs[1].bytes && needs[1].bytes > needs[2].bytes);
    QVERIFY(memoryNeeds(size, kGibi)[0].fit == Fit::DoesNotFit);
    QVERIFY(memoryNeeds(size, 0)[0].fit == Fit::Unknown);
    QCOMPARE(fitText(needs[0], 8 * kGibi),
             std::string("tight in fp32: needs 4.7 GiB of memory, 8.0 GiB is available"));
    QVERIFY(availableMemory() > 0);
  }

  void itSurvivesTheWayToTheWindow() {
    MadeUpWeights made(m_folder, "told", tests::llamaConfig());
    made.write();
    auto folder = describeWeights(made.folder(), kGibi);
    folder.origin = WeightsFolder::Origin::Installed;
    const auto back = weightsFromJson(tests::Json::parse(toJson(folder).dump()));
    QCOMPARE(toJson(back).dump(), toJson(folder).dump());
    auto broken = toJson(folder);
    broken["origin"] = "moon";
    EXPECT_ERROR(weightsFromJson(broken), ErrorKind::BadInput, "moon");
    broken.erase("path");
    EXPECT_ERROR(weightsFromJson(broken), ErrorKind::BadInput, "path");
  }
};

QTEST_GUILESS_MAIN(TestWeightsFolder)
#include "tst_weights_folder.moc"
