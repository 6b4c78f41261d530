// The list of weights folders: shipped, installed, added; adding and removing.
#include <QTest>

#include "core/weights/weights_list.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/weights/made_up_weights.h"

using namespace twofold;
using namespace twofold::weights;
using tests::MadeUpWeights;

class TestWeightsList : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder.emplace();
    m_places = {m_folder->path("data"), m_folder->path("shipped")};
    std::filesystem::create_directories(m_places.installed());
    std::filesystem::create_directories(m_places.shipped);
  }

  void nothingIsListedOnAFreshMachine() {
    QCOMPARE(listWeights(m_places).size(), std::size_t{0});
    QCOMPARE(listWeights({m_folder->path("missing"), {}}).size(), std::size_t{0});
  }

  void shippedOnesComeFirstThenInstalledThenAdded() {
    make("shipped/small");
    make("data/backbones/zeta");
    make("data/backbones/.hidden");
    make("elsewhere/mine");
    addWeights(m_places, m_folder->path("elsewhere/mine/"));
    const auto list = listWeights(m_places);
    QCOMPARE(names(list), std::string("small:shipped zeta:installed mine:added "));
    for (const auto& folder : list) {
      QCOMPARE(folder.backbone, std::string("esm2"));
    }
  }

  void unirepIsTheDefaultWhereItIsInstalled() {
    make("data/backbones/alpha");
    make("shipped/esm2");
    make("data/backbones/unirep-64");
    QCOMPARE(defaultBackbone(m_places), std::string("composition"));  // without its archive
    QVERIFY(!listWeights(m_places).front().isDefault);
    std::filesystem::copy_file(tests::fixture("unirep/four-layers/model_weights.npz"),
                               m_folder->path("data/backbones/unirep-64/model_weights.npz"));
    QCOMPARE(defaultBackbone(m_places), std::string("unirep"));
    QCOMPARE(defaultWeights(m_places), m_places.installed() / "unirep-64");
    QCOMPARE(listWeights(m_places).front().name, std::string("unirep-64"));
    for (const auto& folder : listWeights(m_places)) {
      QCOMPARE(folder.isDefault, folder.name == "unirep-64");
      QCOMPARE(weightsFromJson(toJson(folder)).isDefault, folder.isDefault);
    }
  }

  void shippedWeightsLieUnderTheirBackbonesName() {
    EXPECT_ERROR(shippedWeights(m_places, "esm2"), ErrorKind::NotFound, "choose a weights folder");
    EXPECT_ERROR(shippedWeights({m_folder->path("data"), {}}, "esm2"), ErrorKind::NotFound, "esm2");
    make("shipped/esm2");
    QCOMPARE(shippedWeights(m_places, "esm2"), m_places.shipped / "esm2");
  }

  void aFolderIsAddedOnce() {
    make("mine");
    addWeights(m_places, m_folder->path("mine"));
    EXPECT_ERROR(addWeights(m_places, m_folder->path("mine")), ErrorKind::Usage, "already");
    std::filesystem::create_directory_symlink(m_folder->path("mine"), m_folder->path("link"));
    EXPECT_ERROR(addWeights(m_places, m_folder->path("link")), ErrorKind::Usage, "already");
    QCOMPARE(listWeights(m_places).size(), std::size_t{1});
  }

  void whatNoBackboneReadsIsNotAdded() {
    std::filesystem::create_directories(m_folder->path("empty"));
    EXPECT_ERROR(addWeights(m_places, m_folder->path("empty")), ErrorKind::BadInput,
                 "model.safetensors");
    EXPECT_ERROR(addWeights(m_places, m_folder->path("nowhere")), ErrorKind::NotFound, "nowhere");
    QCOMPARE(listWeights(m_places).size(), std::size_t{0});
  }

  void removingLeavesTheFiles() {
    make("mine");
    addWeights(m_places, m_folder->path("mine"));
    removeWeights(m_places, m_folder->path("mine"));
    QCOMPARE(listWeights(m_places).size(), std::size_t{0});
    QVERIFY(std::filesystem::exists(m_folder->path("mine") / "model.safetensors"));
    EXPECT_ERROR(removeWeights(m_places, m_folder->path("mine")), ErrorKind::NotFound,
                 "not in the list");
  }

  void installedOnesAreNotTakenOff() {
    make("data/backbones/zeta");
    EXPECT_ERROR(removeWeights(m_places, m_places.installed() / "zeta"), ErrorKind::Usage,
                 "own folder");
  }

  void anAddedFolderThatIsGoneIsListedWithTheReason() {
    make("mine");
    addWeights(m_places, m_folder->path("mine"));
    std::filesystem::remove_all(m_folder->path("mine"));
    const auto list = listWeights(m_places);
    QCOMPARE(names(list), std::string("mine:added "));
    QVERIFY(list[0].problem.find("no such folder") != std::string::npos);
    removeWeights(m_places, m_folder->path("mine"));
    QCOMPARE(listWeights(m_places).size(), std::size_t{0});
  }

  void aBrokenListIsRefusedAndKept_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("no JSON") << "{";
    QTest::newRow("newer") << R"({"version":2,"folders":[]})";
    QTest::newRow("no list") << R"({"version":1,"folders":7})";
    QTest::newRow("number") << R"({"version":1,"folders":[7]})";
  }
  void aBrokenListIsRefusedAndKept() {
    QFETCH(QString, text);
    make("mine");
    std::ofstream(m_places.addedFile()) << text.toStdString();
    EXPECT_ERROR(listWeights(m_places), ErrorKind::BadInput, "weights-folders.json");
    EXPECT_ERROR(addWeights(m_places, m_folder->path("mine")), ErrorKind::BadInput,
                 "weights-folders.json");
    std::ifstream file(m_places.addedFile());
    QCOMPARE(std::string(std::istreambuf_iterator<char>(file), {}), text.toStdString());
  }

  void theDataFolderIsAsTheDesktopSays() {
    qputenv("XDG_DATA_HOME", "/somewhere");
    QCOMPARE(weightsPlaces().installed().string(), std::string("/somewhere/twofold/backbones"));
    qputenv("XDG_DATA_HOME", "relative");
    qputenv("HOME", "/home/me");
    QCOMPARE(weightsPlaces().data.string(), std::string("/home/me/.local/share/twofold"));
  }

 private:
  void make(const std::string& name) {
    MadeUpWeights(*m_folder, name, tests::esm2Config()).write();
  }
  static std::string names(const std::vector<WeightsFolder>& list) {
    std::string text;
    for (const auto& folder : list) {
      text += folder.name + ":" + std::string(name(folder.origin)) + " ";
    }
    return text;
  }

  std::optional<tests::TestFolder> m_folder;
  WeightsPlaces m_places;
};

QTEST_GUILESS_MAIN(TestWeightsList)
#include "tst_weights_list.moc"
