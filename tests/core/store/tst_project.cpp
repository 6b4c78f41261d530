#include <unistd.h>
#include <QTest>

#include "core/store/project.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

class TestProject : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void openNeverCreates() {
    const TestFolder folder;
    EXPECT_ERROR(Project::open(folder.path("none")), ErrorKind::NotFound, "no project");
    QVERIFY(!std::filesystem::exists(folder.path("none")));
  }

  void openOrCreateMakesTheFoldersAndOpensThemAgain() {
    const TestFolder folder;
    {
      Project made = Project::openOrCreate(folder.path("Mein Projekt ü"));
      QCOMPARE(made.name(), std::string("Mein Projekt ü"));
      QVERIFY(std::filesystem::is_directory(made.structuresFolder()));
      QVERIFY(std::filesystem::is_directory(made.cacheFolder()));
      QVERIFY(made.readOnlyReason().empty());
    }
    Project again = Project::open(folder.path("Mein Projekt ü/"));
    QCOMPARE(again.name(), std::string("Mein Projekt ü"));
    QCOMPARE(again.database().access(), Access::ReadWrite);
  }

  void aFolderWithOtherThingsIsLeftAlone() {
    const TestFolder folder;
    std::filesystem::create_directory(folder.path("photos"));
    static_cast<void>(folder.write("photos/a.jpg", "x"));
    EXPECT_ERROR(Project::openOrCreate(folder.path("photos")), ErrorKind::BadInput, "other things");
    EXPECT_ERROR(Project::openOrCreate(folder.path("photos/a.jpg")), ErrorKind::BadInput, "file");
  }

  void runFoldersCannotLeaveTheProject() {
    const TestFolder folder;
    const Project project = Project::openOrCreate(folder.path("p"));
    QCOMPARE(project.runFolder("r7k2m"), folder.path("p") / "runs" / "r7k2m");
    for (const char* id : {"", "..", "../x", "a/b", "R1", "/etc"}) {
      EXPECT_ERROR(project.runFolder(id), ErrorKind::Usage, "not a run id");
    }
  }

  void aFolderThatCannotBeWrittenIsReadOnlyWithAReason() {
    if (::geteuid() == 0) {
      QSKIP("root may write everywhere");
    }
    const TestFolder folder;
    const auto path = folder.path("p");
    QVERIFY(Project::openOrCreate(path).database().checkpoint());
    std::filesystem::permissions(path, std::filesystem::perms(0555));
    Project project = Project::open(path);
    QCOMPARE(project.readOnlyReason(), std::string("the folder cannot be written"));
    QCOMPARE(ProteinRepository(project.database()).count(), 0);
    std::filesystem::permissions(path, std::filesystem::perms(0755));
  }
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
