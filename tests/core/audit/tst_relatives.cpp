#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <fstream>

#include "audit_sets.h"
#include "core/audit/mmseqs.h"
#include "core/base/error.h"

using namespace twofold;
using namespace twofold::audit;
using twofold::test::changed;
using twofold::test::drawn;

namespace {

namespace fs = std::filesystem;

/// 200 sequences of 80 to 380 residues and, for each tenth, a relative at that identity.
struct Families {
  std::vector<std::string> targets;
  std::vector<std::string> queries;

  explicit Families(double identity) {
    for (std::uint64_t i = 0; i < 200; ++i) {
      targets.push_back(drawn(i, 80 + 3 * i / 2));
      if (i % 10 == 0) {
        queries.push_back(changed(targets.back(), identity, 100 + i));
      }
    }
    for (std::uint64_t i = 0; i < 40; ++i) {
      queries.push_back(drawn(900 + i, 80 + 7 * i));
    }
  }
};

std::vector<std::string_view> viewsOf(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

fs::path installedMmseqs() {
  const char* path = std::getenv("PATH");
  return path == nullptr ? fs::path() : findMmseqs(path);
}

/// A program of that name that ends with `status` and says why.
fs::path script(const QTemporaryDir& folder, const std::string& body) {
  const fs::path file = fs::path(folder.path().toStdString()) / "mmseqs";
  std::ofstream(file) << "#!/bin/sh\n" << body << '\n';
  fs::permissions(file, fs::perms::owner_all);
  return file;
}

/// On one thread.
RelativeSearch by(const fs::path& program) {
  return {{}, 1, program};
}

}  // namespace

class TestRelatives : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void relativesAreFoundByTheirWords_data() {
    QTest::addColumn<double>("identity");
    QTest::newRow("45 %") << 0.45;
    QTest::newRow("60 %") << 0.6;
    QTest::newRow("90 %") << 0.9;
  }
  void relativesAreFoundByTheirWords() {
    QFETCH(double, identity);
    const Families families(identity);
    const auto found = findRelatives(viewsOf(families.queries), viewsOf(families.targets), {});
    QCOMPARE(found.size(), std::size_t{20});
    for (std::size_t i = 0; i < found.size(); ++i) {
      QCOMPARE(found[i].query, static_cast<std::uint32_t>(i));
      QCOMPARE(found[i].target, static_cast<std::uint32_t>(10 * i));
      QVERIFY(std::fabs(found[i].identity - identity) < 0.1);
    }
  }

  void threadsChangeNothing() {
    const Families families(0.5);
    const auto of = [&](int threads) {
      RelativeSearch search;
      search.threads = threads;
      std::string text;
      for (const auto& one :
           findRelatives(viewsOf(families.queries), viewsOf(families.targets), search)) {
        text += fmt::format("{} {} {} {};", one.query, one.target, one.identity, one.coverage);
      }
      return text;
    };
    QCOMPARE(of(1), of(3));
  }

  void gapsDoNotHideARelative() {
    const auto whole = drawn(1, 300);
    std::string gapped = changed(whole, 0.6, 2);
    gapped.erase(200, 9);
    gapped.insert(100, drawn(3, 14));
    const std::vector<std::string> targets = {drawn(4, 300), whole};
    const std::vector<std::string> queries = {gapped};
    const auto found = findRelatives(viewsOf(queries), viewsOf(targets), {});
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].target, 1U);
    QVERIFY(found[0].coverage > 0.8);
  }

  void oddSequencesAreLookedAt() {
    const std::vector<std::string> texts = {"", "M", std::string(500, 'Q'), std::string(400, 'X'),
                                            "MU" + drawn(5, 60)};
    const auto found = findRelatives(viewsOf(texts), viewsOf(texts), {});
    QCOMPARE(found.size(), std::size_t{4});  // each its own, but for the empty one
  }

  void withoutSequencesOnASideNoProgramIsAsked() {
    const QTemporaryDir folder;
    const auto program = script(folder, "exit 1");
    const std::vector<std::string> some = {drawn(1, 100)};
    const std::vector<std::string> none = {""};
    QVERIFY(findRelatives(viewsOf(some), viewsOf(none), by(program)).empty());
    QVERIFY(findRelatives(viewsOf(none), viewsOf(some), by(program)).empty());
    QVERIFY(findRelatives(viewsOf(some), {}, by(program)).empty());
  }

  void progressCountsProteins() {
    const Families families(0.5);
    std::int64_t last = -1;
    RelativeSearch search;
    search.threads = 1;
    (void)findRelatives(viewsOf(families.queries), viewsOf(families.targets), search,
                        [&](const Progress& progress) {
                          QVERIFY(progress.done > last);
                          QCOMPARE(progress.total, 60);
                          last = progress.done;
                        });
    QVERIFY(last >= 48);
  }

  void mmseqsIsLookedForInThePath() {
    const QTemporaryDir folder;
    const auto path = folder.path().toStdString();
    QVERIFY(findMmseqs(path).empty());
    const auto program = script(folder, "exit 0");
    QCOMPARE(findMmseqs("/nowhere:" + path + ":/bin").string(), program.string());
    QVERIFY(findMmseqs("").empty());
  }

  void mmseqsAddsCandidates() {
    // What it names is aligned like all others: 3 to 7 are no relatives, however near it calls
    // them.
    const QTemporaryDir folder;
    const auto program = script(folder, "printf '0\\t1\\t0.9\\t0.9\\n0\\t0\\t1\\t1\\n' > \"$4\"");
    const auto whole = drawn(1, 200);
    const std::vector<std::string> queries = {changed(whole, 0.42, 3)};
    const std::vector<std::string> targets = {drawn(2, 200), whole};
    RelativeSearch search;
    search.mmseqs = program;
    const auto found = findRelatives(viewsOf(queries), viewsOf(targets), search);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].target, 1U);
  }

  void aFailureOfMmseqsIsAnErrorWithItsWords() {
    const QTemporaryDir folder;
    const auto program = script(folder, "echo 'no space left'; exit 3");
    const std::vector<std::string> texts = {drawn(1, 80)};
    try {
      (void)mmseqsHits(by(program), viewsOf(texts), viewsOf(texts), {});
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::Io);
      QVERIFY(std::string(error.what()).find("no space left") != std::string::npos);
    }
    const auto wrong = script(folder, "printf '7\\t0\\t1\\t1\\n' > \"$4\"");
    QVERIFY_THROWS_EXCEPTION(Error,
                             (void)mmseqsHits(by(wrong), viewsOf(texts), viewsOf(texts), {}));
  }

  void mmseqsStopsWhenAskedTo() {
    const QTemporaryDir folder;
    const auto program = script(folder, "sleep 60");
    std::stop_source stop;
    stop.request_stop();
    const std::vector<std::string> texts = {drawn(1, 80)};
    QVERIFY_THROWS_EXCEPTION(StopRequested, (void)mmseqsHits(by(program), viewsOf(texts),
                                                             viewsOf(texts), stop.get_token()));
  }

  void theInstalledMmseqsFindsRelatives() {
    const auto program = installedMmseqs();
    if (program.empty()) {
      QSKIP("mmseqs is not in PATH");
    }
    const Families families(0.6);
    const auto hits =
        mmseqsHits(by(program), viewsOf(families.queries), viewsOf(families.targets), {});
    std::size_t right = 0;
    for (std::uint32_t i = 0; i < 20; ++i) {
      right += std::count(hits.begin(), hits.end(), std::pair(i, 10 * i)) > 0 ? 1 : 0;
    }
    QCOMPARE(right, std::size_t{20});
    RelativeSearch search;
    search.mmseqs = program;
    QCOMPARE(findRelatives(viewsOf(families.queries), viewsOf(families.targets), search).size(),
             std::size_t{20});
  }
};

QTEST_APPLESS_MAIN(TestRelatives)
#include "tst_relatives.moc"
