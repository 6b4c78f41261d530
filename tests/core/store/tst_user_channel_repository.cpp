#include <fmt/format.h>

#include <QTest>

#include "core/store/migrator.h"
#include "core/store/protein_repository.h"
#include "core/store/user_channel_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

data::UserChannel channel(const std::string& name, const std::string& hash) {
  data::UserChannel made;
  made.name = name;
  made.width = 2;
  made.perResidue = true;
  made.normalisation = data::Normalisation::Log;
  made.missing = data::Missing::Mean;
  made.pooling = data::Pooling::MeanMax;
  made.proteins = 2;
  made.hash = std::string(64 - hash.size(), '0') + hash;
  std::reverse(made.hash.begin(), made.hash.end());
  made.source = "t.tsv";
  made.imported = 7;
  return made;
}

const ChannelValues kValues = {{3, 8}, {0, 2, 3}, {1, 2, 3, 4, 5, 6}};

std::size_t filesIn(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

class TestUserChannelRepository : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsStoredComesBack() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    repository.store(channel("mine", "a1"), kValues);
    const std::vector<data::ProteinKey> keys = {8, 5, 3};
    const auto table = repository.load("mine", keys);
    QCOMPARE(table.rows, (std::vector<std::vector<float>>{{5, 6}, {}, {1, 2, 3, 4}}));
    QVERIFY(table.channel.perResidue);
    QCOMPARE(table.channel.features(), 4);
    QCOMPARE(data::name(table.channel.normalisation), std::string_view("log"));
    QCOMPARE(data::name(table.channel.missing), std::string_view("mean"));
    QCOMPARE(data::name(table.channel.pooling), std::string_view("mean-max"));
    QCOMPARE(table.channel.hash, channel("", "a1").hash);
    QCOMPARE(table.channel.imported, 7);
  }

  void anUnknownNameNamesTheNearest() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    repository.store(channel("mine", "a1"), kValues);
    EXPECT_ERROR(repository.channel("mime"), ErrorKind::NotFound, "did you mean \"mine\"");
    QVERIFY(repository.find("MINE").has_value());
    QVERIFY(!repository.find("mime").has_value());
  }

  void aHashThatLeadsOutIsNoFile() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    auto bad = channel("mine", "a1");
    for (const auto& hash : {std::string("../../model"), std::string(63, 'a'), std::string(64, 'A'),
                             fmt::format("{:a>31}/{:a>32}", "", "")}) {
      bad.hash = hash;
      EXPECT_ERROR(repository.store(bad, kValues), ErrorKind::BadInput, "is no hash");
    }
    repository.store(channel("mine", "a1"), kValues);
    {
      Transaction transaction(project.database());
      project.database().execute("UPDATE user_channel SET hash = '../../model'");
      transaction.commit();
    }
    const auto outside = folder.write("model.safetensors", "mine");
    EXPECT_ERROR(repository.load("mine", {}), ErrorKind::BadInput, "is no hash");
    repository.remove("mine");  // it can be got rid of, and takes nothing else along
    QVERIFY(std::filesystem::exists(outside));
    QVERIFY(repository.channels().empty());
  }

  void aReplacedTableTakesItsFileAlong() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    repository.store(channel("mine", "a1"), kValues);
    repository.store(channel("mine", "b2"), kValues);
    QCOMPARE(repository.channels().size(), std::size_t{1});
    QCOMPARE(filesIn(project.channelsFolder()), std::size_t{1});
  }

  void twoNamesMayShareATable() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    repository.store(channel("mine", "a1"), kValues);
    repository.store(channel("yours", "a1"), kValues);
    QCOMPARE(filesIn(project.channelsFolder()), std::size_t{1});
    repository.remove("mine");
    const std::vector<data::ProteinKey> keys = {8};
    QCOMPARE(repository.load("yours", keys).rows[0], (std::vector<float>{5, 6}));
    repository.remove("yours");
    QCOMPARE(filesIn(project.channelsFolder()), std::size_t{0});
    EXPECT_ERROR(repository.remove("yours"), ErrorKind::NotFound, "yours");
  }

  void renamingKeepsTheTable() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    repository.store(channel("mine", "a1"), kValues);
    repository.store(channel("yours", "b2"), kValues);
    repository.rename("mine", "ours");
    QCOMPARE(repository.channel("ours").hash, channel("", "a1").hash);
    repository.rename("ours", "OURS");
    EXPECT_ERROR(repository.rename("OURS", "Yours"), ErrorKind::Usage, "yours");
    EXPECT_ERROR(repository.rename("mine", "x"), ErrorKind::NotFound, "mine");
  }

  void aFileThatIsGoneOrDamagedIsSaid() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);
    repository.store(channel("mine", "a1"), kValues);
    const auto file = std::filesystem::directory_iterator(project.channelsFolder())->path();
    const std::vector<data::ProteinKey> keys = {8};
    std::filesystem::resize_file(file, 100);
    EXPECT_ERROR(repository.load("mine", keys), ErrorKind::BadInput, "safetensors");
    std::filesystem::remove(file);
    EXPECT_ERROR(repository.load("mine", keys), ErrorKind::BadInput, "import the table again");
  }

  void aFileOfOtherShapesIsSaid() {
    const TestFolder folder;
    auto project = Project::openOrCreate(folder.path("project"));
    UserChannelRepository repository(project);

    repository.store(channel("mine", "a1"), kValues);
    const auto file = std::filesystem::directory_iterator(project.channelsFolder())->path();
    std::filesystem::rename(file, folder.path("x"));
    auto narrow = channel("narrow", "b2");
    narrow.width = 3;
    repository.store(narrow, {{3}, {0, 2}, {1, 2, 3, 4, 5, 6}});
    const auto other = std::filesystem::directory_iterator(project.channelsFolder())->path();
    std::filesystem::rename(other, file);
    const std::vector<data::ProteinKey> keys = {8};
    EXPECT_ERROR(repository.load("mine", keys), ErrorKind::BadInput, "damaged");
  }

  void aProjectOfSchemaTwoGetsTheTable() {
    const TestFolder folder;
    const auto path = folder.path("project");
    std::filesystem::create_directory(path);
    {
      Database database(path / "twofold.sqlite", Access::ReadWrite);
      migrate(database, migrations().first(2));
      Transaction transaction(database);
      static_cast<void>(ProteinRepository(database).insert({0, "P1", "", "", "MKV"}));
      transaction.commit();
    }
    auto project = Project::open(path);
    QCOMPARE(schemaOf(project.database()), knownSchema());
    QVERIFY(std::filesystem::exists(path / "twofold.sqlite.schema-2.backup"));
    QVERIFY(std::filesystem::is_directory(project.channelsFolder()));
    UserChannelRepository repository(project);
    QVERIFY(repository.channels().empty());
    repository.store(channel("mine", "a1"), kValues);
    QCOMPARE(repository.channels().size(), std::size_t{1});
    QCOMPARE(ProteinRepository(project.database()).count(), 1);
  }
};

QTEST_GUILESS_MAIN(TestUserChannelRepository)
#include "tst_user_channel_repository.moc"
