// A run whose disk becomes full, wherever that hits it, says so and goes on to the same numbers
// once there is room. The disk is a small one in memory, for which the test needs a mount namespace
// of its own; where the system grants none it is skipped.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <QProcess>
#include <QTest>
#include <filesystem>

#include "core/base/files.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace fs = std::filesystem;

namespace {

constexpr int kEpochs = 12;
constexpr std::size_t kDiskBytes = std::size_t{16} << 20;

/// As root of a user namespace where the caller is not root already.
bool takeMountNamespace() {
  const auto user = ::getuid();
  if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0) {
    return false;
  }
  if (user != 0) {
    const auto map = "0 " + std::to_string(user) + " 1";
    const int file = ::open("/proc/self/uid_map", O_WRONLY | O_CLOEXEC);
    const bool isMapped = file >= 0 && ::write(file, map.data(), map.size()) > 0;
    ::close(file);
    if (!isMapped) {
      return false;
    }
  }
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

/// A file system of kDiskBytes.
class SmallDisk {
 public:
  SmallDisk() {
    const auto options = "size=" + std::to_string(kDiskBytes);
    m_isMounted = ::mount("tmpfs", path().c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() { ::umount2(path().c_str(), MNT_DETACH); }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] bool isMounted() const { return m_isMounted; }
  [[nodiscard]] fs::path path() const { return m_folder.path().toStdString(); }
  [[nodiscard]] std::size_t free() const {
    struct statvfs room {};
    return ::statvfs(path().c_str(), &room) == 0 ? room.f_bavail * room.f_frsize : 0;
  }
  /// Leaves that many bytes free.
  void fillUpTo(std::size_t bytes) const {
    writeFileAtomically(path() / "filler", std::string(free() - bytes, '\0'));
  }
  void makeRoom() const { fs::remove(path() / "filler"); }
  void clear() const {
    for (const auto& entry : fs::directory_iterator(path())) {
      fs::remove_all(entry.path());
    }
  }

 private:
  QTemporaryDir m_folder;
  bool m_isMounted = false;
};

}  // namespace

class TestDiskFull : public QObject {
  Q_OBJECT

 public:
  explicit TestDiskFull(bool hasNamespace) : m_hasNamespace(hasNamespace) {}

 private Q_SLOTS:
  void aFullDiskLosesNothing() {
    const SmallDisk disk;
    if (!m_hasNamespace || !disk.isMounted()) {
      QSKIP("this system lets the test mount no disk of its own");
    }
    const MadeUpProject made;
    QVERIFY(made.prepare());
    const auto project = disk.path() / "project";
    const auto prepared = fs::path(made.project().toStdString());
    const auto onDisk = [&](QStringList arguments) {
      return runWorker(arguments << "--project" << QString::fromStdString(project.string())
                                 << "--json");
    };

    fs::copy(prepared, project, fs::copy_options::recursive);
    const auto before = disk.free();
    const auto undisturbed = onDisk(made.trainCommand("sequence", kEpochs));
    QVERIFY2(undisturbed.exitCode == 0, undisturbed.message().c_str());
    const auto needed = before - disk.free();
    const auto parts = undisturbed.last().at("parts").dump();

    int hitWhileTraining = 0;
    for (std::size_t twentieth = 0; twentieth < 20; ++twentieth) {
      disk.clear();
      fs::copy(prepared, project, fs::copy_options::recursive);
      disk.fillUpTo(needed * twentieth / 20);
      const auto full = onDisk(made.trainCommand("sequence", kEpochs));
      QCOMPARE(full.exitCode, 74);
      QVERIFY2(full.message().find("free some space") != std::string::npos, full.message().c_str());
      disk.makeRoom();
      const auto run = onlyRun(project);
      if (run.id.empty()) {
        continue;  // there was no room to write down that one was asked for
      }
      QVERIFY(run.status == store::RunStatus::Queued || run.status == store::RunStatus::Failed ||
              run.status == store::RunStatus::Interrupted);
      hitWhileTraining += full.out.find("\"step\":1,") != std::string::npos ? 1 : 0;
      const auto goneOn = onDisk({"run", "--run", QString::fromStdString(run.id)});
      QVERIFY2(goneOn.exitCode == 0, goneOn.message().c_str());
      QCOMPARE(goneOn.last().at("parts").dump(), parts);
    }
    QVERIFY(hitWhileTraining >= 3);
  }

  void aLimitOnFilesIsToldAndLosesNothing() {
    const MadeUpProject made;
    QVERIFY(made.prepare());
    QProcess shell;
    const auto command = made.trainCommand("sequence", kEpochs)
                         << "--project" << made.project() << "--json";
    // 300 blocks of 512 bytes: the project's file is larger already.
    shell.start("sh",
                QStringList{"-c", "ulimit -f 300; exec \"$0\" \"$@\"", TWOFOLD_WORKER} << command);
    QVERIFY(shell.waitForFinished(60000));
    QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
    QCOMPARE(shell.exitCode(), 74);
    const auto lines = jsonLines(shell.readAllStandardOutput().toStdString());
    const auto message = lines.empty() ? "" : lines.back().value("message", std::string());
    QVERIFY2(message.find("ulimit -f") != std::string::npos, message.c_str());
    const auto run = onlyRun(made.project().toStdString());
    const auto whole = run.id.empty() ? made.run(made.trainCommand("sequence", kEpochs))
                                      : made.run({"run", "--run", QString::fromStdString(run.id)});
    QVERIFY2(whole.exitCode == 0, whole.message().c_str());
  }

 private:
  /// As a worker that looks finds it: one whose process is gone is interrupted.
  static store::RunRecord onlyRun(const fs::path& folder) {
    auto project = store::Project::open(folder);
    store::RunRepository runs(project.database());
    static_cast<void>(runs.reapInterrupted());
    const auto all = runs.runs();
    return all.size() == 1 ? all.front() : store::RunRecord{};
  }

  bool m_hasNamespace;
};

int main(int argc, char** argv) {
  const bool hasNamespace = takeMountNamespace();  // while there is one thread
  const QCoreApplication application(argc, argv);
  TestDiskFull test(hasNamespace);
  return QTest::qExec(&test, argc, argv);
}

#include "tst_disk_full.moc"
