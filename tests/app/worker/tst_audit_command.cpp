// `audit`: the report, its rows, and a split without what was found.
#include <fmt/format.h>

#include <QDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/store/pair_repository.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace {

std::string drawn(std::uint64_t seed, std::size_t length) {
  Random random(seed);
  std::string letters;
  for (std::size_t i = 0; i < length; ++i) {
    letters += "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
  }
  return letters;
}

/// t00 … t19 for training, v00 … v19 for validation; only v19 has a relative: it is a fragment of
/// t05.
std::string fasta() {
  std::string text;
  for (std::uint64_t i = 0; i < 20; ++i) {
    text += fmt::format(">t{:02}\n{}\n", i, drawn(i, 120));
  }
  for (std::uint64_t i = 0; i < 19; ++i) {
    text += fmt::format(">v{:02}\n{}\n", i, drawn(100 + i, 120));
  }
  return text + fmt::format(">v19\n{}\n", drawn(5, 120).substr(20, 80));
}

/// Of the first proteins of a side: neighbours on a ring interact, those two steps apart do not;
/// `more` follows.
std::string ring(char side, const std::string& more, int proteins = 20) {
  std::string text;
  for (int i = 0; i < proteins; ++i) {
    text += fmt::format("{0}{1:02}\t{0}{2:02}\t1\n{0}{1:02}\t{0}{3:02}\t0\n", side, i,
                        (i + 1) % proteins, (i + 2) % proteins);
  }
  return text + more;
}

std::map<std::string, Json> byKind(const Json& result) {
  std::map<std::string, Json> findings;
  for (const auto& finding : result.at("findings")) {
    findings[finding.at("kind")] = finding;
  }
  return findings;
}

/// Kinds with a count.
std::set<std::string> found(const Json& result) {
  std::set<std::string> kinds;
  for (const auto& [kind, finding] : byKind(result)) {
    if (finding.at("count").get<int>() > 0) {
      kinds.insert(kind);
    }
  }
  return kinds;
}

std::string read(const QString& file) {
  std::ifstream stream(file.toStdString());
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

class TestAuditCommand : public QObject {
  Q_OBJECT

 private:
  WorkerResult audit(const QStringList& more) const {
    return m_made.run(QStringList{"audit", "--threads", "2", "--no-mmseqs"} + more);
  }

  /// Writes straight into the store what an import would not let in.
  void insertSet(const std::string& name, const std::string& from,
                 const std::vector<std::size_t>& repeated) const {
    auto project = store::Project::open(m_made.project().toStdString());
    store::PairRepository repository(project.database());
    auto pairs = repository.pairs(repository.set(from).key);
    auto split = repository.split(repository.splitInfo(from, from).key);
    for (const auto i : repeated) {
      pairs.push_back({pairs[i].b, pairs[i].a, pairs[i].label});
      split.parts.push_back(split.parts[i]);
    }
    store::Transaction transaction(project.database());
    const auto key = repository.insertSet(name, "test", pairs);
    (void)repository.insertSplit(name, key, split);
    transaction.commit();
  }

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(m_made.run({"import", "proteins", m_made.write("audit.fasta", fasta())}).exitCode, 0);
    const auto import = [&](const QString& name, const std::string& train,
                            const std::string& validation) {
      const auto result = m_made.run(
          {"split", "--parts", "train=" + m_made.write(name + "-t.tsv", train), "--parts",
           "validation=" + m_made.write(name + "-v.tsv", validation), "--name", name});
      QVERIFY2(result.exitCode == 0, result.message().c_str());
    };
    import("leaky", ring('t', ""), ring('v', "t00\tv00\t1\nv05\tt00\t0\n"));
    import("clean", ring('t', "", 18), ring('v', "", 19));
  }

  void theReportHasAFindingForEachKindOfTheContract() {
    const auto result = audit({"--pairs", "leaky", "--split", "leaky"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto last = result.last();
    QCOMPARE(last.at("command").get<std::string>().c_str(), "audit");
    QCOMPARE(last.at("light").get<std::string>().c_str(), "bad");
    std::vector<std::string> kinds;
    for (const auto& finding : last.at("findings")) {
      kinds.push_back(finding.at("kind"));
    }
    QVERIFY((kinds == std::vector<std::string>{"shared_pair", "swapped_pair", "shared_protein",
                                               "near_relative", "degree_cheat", "negative_only",
                                               "positive_only", "duplicate", "contradiction",
                                               "self_pair", "length_imbalance",
                                               "pretraining_exposure", "label_in_evidence"}));
    QVERIFY((found(last) == std::set<std::string>{"near_relative", "shared_protein"}));
    const auto findings = byKind(last);
    QCOMPARE(findings.at("shared_protein").at("count").get<int>(), 1);
    QCOMPARE(
        findings.at("shared_protein").at("rows").at(0).at("protein").get<std::string>().c_str(),
        "t00");
    QCOMPARE(findings.at("near_relative").at("rows").at(0).at("protein").get<std::string>().c_str(),
             "v19");
    QCOMPARE(
        findings.at("near_relative").at("rows").at(0).at("relative").get<std::string>().c_str(),
        "t05");
  }

  void aCleanSplitIsGreen() {
    const auto result = audit({"--pairs", "clean", "--split", "clean"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("light").get<std::string>().c_str(), "ok");
    QVERIFY(found(result.last()).empty());
  }

  void rowsAreWrittenAsATable() {
    const auto file = m_made.file("rows.tsv");
    const auto result = audit({"--pairs", "leaky", "--split", "leaky", "--rows", file});
    QCOMPARE(result.exitCode, 0);
    const auto text = read(file);
    QVERIFY(
        text.starts_with("kind\tseverity\tpart\tpair\ta\tb\tlabel\tother_pair\tprotein\t"
                         "relative\treason\n"));
    QCOMPARE(std::count(text.begin(), text.end(), '\n'),
             1 + result.last().at("rows_written").get<std::int64_t>());
    QVERIFY(text.find("near_relative\tbad\t\t\t\t\t\t\tv19\tt05\t100 % identity over 100 % of the "
                      "shorter\n") != std::string::npos);
  }

  void aSplitWithoutWhatWasFoundIsMadeAndAudited() {
    const auto result = audit({"--pairs", "leaky", "--split", "leaky", "--fix", "mended"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const auto fixed = result.last().at("fixed");
    QCOMPARE(fixed.at("split").get<std::string>().c_str(), "mended");
    QCOMPARE(fixed.at("left_out").at("shared_protein").get<int>(), 4);
    QCOMPARE(fixed.at("left_out").at("near_relative").get<int>(), 4);
    QCOMPARE(fixed.at("pairs_left_out").get<int>(), 8);
    QCOMPARE(fixed.at("train").get<int>(), 32);
    QCOMPARE(fixed.at("validation").get<int>(), 42);
    QVERIFY(fixed.at("rule").get<std::string>().starts_with("leaky ("));
    QVERIFY(!found(fixed).contains("shared_protein") && !found(fixed).contains("near_relative"));
    // The new split is one like others: frozen, hashed, and audited by its name.
    const auto again = audit({"--pairs", "leaky", "--split", "mended"});
    QCOMPARE(again.exitCode, 0);
    QVERIFY(again.last().at("findings") == fixed.at("findings"));
    QCOMPARE(audit({"--pairs", "leaky", "--split", "leaky", "--fix", "mended"}).exitCode, 2);
  }

  void onlyChosenFindingsAreLeftOut() {
    const auto result = audit({"--pairs", "leaky", "--split", "leaky", "--fix", "relatives-only",
                               "--without", "near_relative"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("fixed").at("pairs_left_out").get<int>(), 4);
    QVERIFY(found(result.last().at("fixed")).contains("shared_protein"));
  }

  void whatImportsLeaveOutIsFoundWhereItIsStored() {
    insertSet("repeated", "clean", {0, 3});
    const auto result = audit({"--pairs", "repeated", "--split", "repeated"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QVERIFY((found(result.last()) == std::set<std::string>{"duplicate"}));
    QCOMPARE(byKind(result.last()).at("duplicate").at("count").get<int>(), 2);
  }

  void leaksThatTheImportTookOutAreTold() {
    const auto train = m_made.write("leak-train.tsv", ring('t', "t03\tt03\t1\nt00\tt05\t1\n"));
    const auto validation = m_made.write(
        "leak-val.tsv", ring('v', "t00\tt01\t1\nt02\tt01\t1\nt05\tt00\t0\nv00\tv01\t1\n", 19));
    const auto made = m_made.run(
        {"split", "--parts", "train=" + train + ",validation=" + validation, "--name", "leaking"});
    QVERIFY2(made.exitCode == 0, made.message().c_str());
    const auto result =
        m_made.run({"audit", "--pairs", "leaking", "--split", "leaking", "--no-relatives"}).last();
    const auto kinds = byKind(result);
    QVERIFY(result.at("light") == "warn" || result.at("light") == "bad");
    const auto leftOut = [&](const char* kind) {
      const auto numbers = kinds.at(kind).at("numbers");
      return numbers.contains("left_out") ? numbers.at("left_out").get<int>() : 0;
    };
    QCOMPARE(leftOut("shared_pair"), 1);
    QCOMPARE(leftOut("swapped_pair"), 2);
    QCOMPARE(leftOut("contradiction"), 2);
    QCOMPARE(leftOut("self_pair"), 1);
    QCOMPARE(leftOut("duplicate"), 1);
    QVERIFY(kinds.at("shared_pair").at("severity") == "warn");
    QVERIFY(kinds.at("self_pair").at("severity") == "ok");
    QVERIFY(kinds.at("shared_pair").dump().find("leak-val.tsv:39") != std::string::npos);
    // Of another split of the set the files' parts say nothing.
    QVERIFY(m_made.run({"split", "--pairs", "leaking", "--rule", "c3", "--name", "own"}).exitCode ==
            0);
    const auto own =
        m_made.run({"audit", "--pairs", "leaking", "--split", "own", "--no-relatives"}).last();
    QVERIFY(byKind(own).at("shared_pair").at("severity") == "ok");
  }

  void manifestsOfWeightsAreRead() {
    QVERIFY(QDir().mkpath(m_made.file("seen")));
    (void)m_made.write("seen/sequences.sha256", sha256(drawn(103, 120)).substr(0, 16) + "\n");
    const QStringList command = {"--pairs", "clean", "--split", "clean", "--weights"};
    const auto result = audit(command + QStringList{m_made.file("seen")});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QVERIFY((found(result.last()) == std::set<std::string>{"pretraining_exposure"}));
    const auto exposure = byKind(result.last()).at("pretraining_exposure");
    QCOMPARE(exposure.at("rows").at(0).at("protein").get<std::string>().c_str(), "v03");
    (void)m_made.write("seen/sequences.sha256", "no hash\n");
    QCOMPARE(audit(command + QStringList{m_made.file("seen")}).exitCode, 65);
    QCOMPARE(audit(command + QStringList{m_made.file("nowhere")}).exitCode, 66);
  }

  void aSetWithoutASplitIsAuditedAsAWhole() {
    const auto result = audit({"--pairs", "leaky"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QVERIFY(result.last().at("split").is_null());
    const auto findings = byKind(result.last());
    QCOMPARE(findings.at("shared_pair").at("severity").get<std::string>().c_str(), "skipped");
    QCOMPARE(findings.at("near_relative").at("count").get<int>(), 2);
  }

  void aRunThatCannotBeReadStopsNoOther() {
    {
      auto project = store::Project::open(m_made.project().toStdString());
      store::RunRepository runs(project.database());
      static_cast<void>(runs.create("newer", R"({"version": 99})", ""));
    }
    const auto audited = audit({"--pairs", "leaky"});
    QVERIFY2(audited.exitCode == 0, audited.message().c_str());
    const auto listed = m_made.run({"runs"});
    QVERIFY2(listed.exitCode == 0, listed.message().c_str());
    QCOMPARE(listed.last().at("runs")[0].at("spec").at("version").get<int>(), 99);
    const auto table = runWorker({"runs", "--project", m_made.project()});
    QCOMPARE(table.exitCode, 0);
    QVERIFY(table.out.find("newer") != std::string::npos);
  }

  void peopleReadATable() {
    const auto result = runWorker({"audit", "--project", m_made.project(), "--pairs", "leaky",
                                   "--split", "leaky", "--no-mmseqs", "--quiet"});
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.out.starts_with("Audit of leaky, split leaky: red\n"));
    for (const char* words : {"light", "near relatives", "green",
                              "To do:", "v19 and t05: 100 % identity over 100 % of the shorter"}) {
      QVERIFY2(result.out.find(words) != std::string::npos, words);
    }
  }

  void wrongQuestionsAreAnswered() {
    const auto unknown = audit({"--pairs", "leeky"});
    QCOMPARE(unknown.exitCode, 66);
    QVERIFY(unknown.message().find("\"leaky\"") != std::string::npos);
    const auto otherSplit = audit({"--pairs", "leaky", "--split", "clean"});
    QCOMPARE(otherSplit.exitCode, 66);
    QVERIFY(otherSplit.message().find("has no split \"clean\"") != std::string::npos);
    QCOMPARE(audit({}).exitCode, 2);
    QCOMPARE(audit({"--pairs", "leaky", "--fix", "x"}).exitCode, 2);
    QCOMPARE(audit({"--pairs", "leaky", "--split", "leaky", "--without", "duplicate"}).exitCode, 2);
    QCOMPARE(audit({"--pairs", "leaky", "--split", "leaky", "--identity", "40"}).exitCode, 2);
    const auto kind = audit(
        {"--pairs", "leaky", "--split", "leaky", "--fix", "x", "--without", "near_relatives"});
    QCOMPARE(kind.exitCode, 2);
    QVERIFY(kind.message().find("\"near_relative\"") != std::string::npos);
    QCOMPARE(
        audit({"--pairs", "leaky", "--split", "leaky", "--fix", "x", "--without", "degree_cheat"})
            .exitCode,
        2);
    QCOMPARE(audit({"--pairs", "clean", "--split", "clean", "--fix", "x"}).exitCode, 2);
  }

 private:
  MadeUpProject m_made;
};

QTEST_GUILESS_MAIN(TestAuditCommand)
#include "tst_audit_command.moc"
