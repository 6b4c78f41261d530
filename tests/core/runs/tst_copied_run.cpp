// A run and all that it reads, from one project into another.
#include <QTest>
#include <array>

#include "core/base/files.h"
#include "core/runs/copied_run.h"
#include "core/runs/evidence_hash.h"
#include "core/runs/exported_run.h"
#include "core/runs/run_spec.h"
#include "core/store/annotation_repository.h"
#include "core/store/channel_hash.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "core/store/structure_repository.h"
#include "core/store/user_channel_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::tests;

namespace {

/// Four proteins, of which three are in pairs, with annotations, a structure and one run.
struct Made {
  TestFolder folder;
  store::Project project = store::Project::openOrCreate(folder.path("project"));
  std::string run;

  Made() {
    auto& database = project.database();
    store::Transaction transaction(database);
    store::ProteinRepository proteins(database);
    std::vector<data::ProteinKey> keys;
    for (const auto* id : {"unused", "a", "b", "c"}) {
      keys.push_back(proteins.insert({0, id, "name", "", std::string("MK") + id[0] + "L"}));
    }
    store::PairRepository repository(database);
    const auto set = repository.insertSet(
        "made", "f.tsv",
        {{keys[1], keys[2], data::Label::Positive}, {keys[2], keys[3], data::Label::Negative}});
    static_cast<void>(repository.insertSplit(
        "cut", set, {"random", 3, {data::Part::Train, data::Part::Validation}, {}}));
    store::AnnotationRepository annotations(database);
    annotations.replaceGraph({{{"GO:1", "one", data::AnnotationKind::Process, false},
                               {"GO:2", "two", data::AnnotationKind::Process, false}},
                              {{1, 0, data::TermRelation::IsA}}});
    static_cast<void>(annotations.add(
        keys[1], {{{data::AnnotationKind::Process, "GO:2", "IDA"}}, "It acts.", "", 7},
        annotations.source("UniProt")));
    writeFileAtomically(project.structuresFolder() / "s.pdb", "ATOM");
    static_cast<void>(store::StructureRepository(database).insert(
        {0, "1ABC", "t", "s.pdb", false, {{"A", keys[1], 4, "m"}, {"B", keys[0], 4, "m"}}}));
    transaction.commit();
    addRun(repository.splitInfo("made", "cut").hash);
  }

  void addRun(const std::string& splitHash) {
    runs::RunSpec spec;
    spec.experiment = "e";
    spec.pairSet = "made";
    spec.split = "cut";
    spec.channels = {{"sequence", {}}, {"annotation", {}}, {"calpha", {}}};
    store::RunRepository runs(project.database());
    run = runs.create("e", runs::toJson(spec).dump(), splitHash).id;
    runs.appendMetric(run, "validation", "loss", 1, 0.5);
    runs.appendMetric(run, "validation", "loss", 2, 0.25);
    metrics::PartMetrics part;
    part.n = 1;
    part.values = {{"auprc", 0.75}};
    runs.setPartMetrics(run, "validation", part);
    runs.setPredictions(run, data::Part::Validation, std::array<std::uint32_t, 1>{1},
                        std::array{0.1F});
    runs.setEpochs(run, 2);
    runs.setStatus(run, store::RunStatus::Done);
    store::RunTracking(project.database()).setTags(run, {{"fold", "3"}});
    makeFolders(project.runFolder(run) / "checkpoints");
    writeFileAtomically(project.runFolder(run) / "checkpoints" / "x", "bytes");
  }

  /// A table of numbers for "a" and "b", which the run then reads.
  void addTable() {
    auto& database = project.database();
    store::ProteinRepository proteins(database);
    const store::ChannelValues values{
        {proteins.byId("a").key, proteins.byId("b").key}, {0, 1, 2}, {1, 2, 3, 4}};
    data::UserChannel channel;
    channel.name = "mine";
    channel.width = 2;
    channel.proteins = 2;
    channel.source = "t.tsv";
    channel.hash = store::channelHash(database, channel, values);
    store::UserChannelRepository(project).store(channel, values);
    change(
        "UPDATE run SET spec = json_set(spec, '$.channels[1]', json('{\"id\": \"user:mine\", "
        "\"options\": {}}'))");
  }

  void change(const std::string& sql) {
    store::Transaction transaction(project.database());
    project.database().execute(sql);
    transaction.commit();
  }

  store::Project other() { return store::Project::openOrCreate(folder.path("other")); }
};

}  // namespace

class TestCopiedRun : public QObject {
  Q_OBJECT

 private:
  /// And nothing is left behind.
  static void refuses(Made& made, ErrorKind kind, const char* why) {
    auto to = made.other();
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), kind, why);
    QCOMPARE(store::RunRepository(to.database()).runs().size(), std::size_t{0});
    QCOMPARE(store::ProteinRepository(to.database()).count(), std::int64_t{0});
    QVERIFY(std::filesystem::is_empty(to.structuresFolder()));
  }

 private Q_SLOTS:
  void everythingThatTrainingReadsComesAlong() {
    Made made;
    auto to = made.other();
    const auto done = runs::copyRun(made.project, to, {made.run});
    QCOMPARE(done.id, made.run);
    QCOMPARE(done.proteins, std::int64_t{3});  // not the unused one
    QVERIFY(done.notes.empty());
    store::ProteinRepository proteins(to.database());
    QCOMPARE(proteins.ids().size(), std::size_t{3});
    const auto a = proteins.byId("a");
    QCOMPARE(a.sequence, std::string("MKaL"));
    const auto known = store::AnnotationRepository(to.database()).load(std::array{a.key}).front();
    QCOMPARE(known.annotations.front().term, std::string("GO:2"));
    QCOMPARE(known.functionText, std::string("It acts."));
    QCOMPARE(known.publications, std::int64_t{7});
    QCOMPARE(store::AnnotationRepository(to.database()).graph().size(), std::size_t{2});
    QVERIFY(store::StructureRepository(to.database()).bestChain(a.key).has_value());
    QCOMPARE(readFile(to.structuresFolder() / "s.pdb", 100), std::string("ATOM"));
    QCOMPARE(store::PairRepository(to.database()).splitInfo("made", "cut").hash,
             store::PairRepository(made.project.database()).splitInfo("made", "cut").hash);
  }

  void theRunIsAsItWas() {
    Made made;
    auto to = made.other();
    static_cast<void>(runs::copyRun(made.project, to, {made.run}));
    store::RunRepository before(made.project.database());
    store::RunRepository after(to.database());
    const auto first = before.run(made.run);
    const auto second = after.run(made.run);
    QCOMPARE(second.status, store::RunStatus::Done);
    QCOMPARE(second.created, first.created);
    QCOMPARE(second.finished, first.finished);
    QCOMPARE(second.epochs, std::int64_t{2});
    QCOMPARE(second.specJson, first.specJson);
    QCOMPARE(second.parts.at("validation").values.at("auprc"), 0.75);
    QCOMPARE(after.series(made.run).front().values, (std::vector{0.5, 0.25}));
    QCOMPARE(after.predictions(made.run, data::Part::Validation),
             before.predictions(made.run, data::Part::Validation));
    QVERIFY(store::RunTracking(to.database()).values(made.run) ==
            store::RunTracking(made.project.database()).values(made.run));
    QCOMPARE(readFile(to.runFolder(made.run) / "checkpoints" / "x", 100), std::string("bytes"));
  }

  void aRunWhoseFilesCannotComeDoesNotComeAtAll() {
    Made made;
    auto to = made.other();
    std::filesystem::remove_all(to.folder() / "runs");
    writeFileAtomically(to.folder() / "runs", "in the way");
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::Io, "runs");
    QCOMPARE(store::RunRepository(to.database()).runs().size(), std::size_t{0});
  }

  void aFolderInTheWayStopsTheRun() {
    Made made;
    auto to = made.other();
    makeFolders(to.runFolder(made.run) / "checkpoints");
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::Io, "cannot be made");
    QCOMPARE(store::RunRepository(to.database()).runs().size(), std::size_t{0});
  }

  void stoppedAtAnyStepNothingOfTheRunStays() {
    for (std::int64_t last = 1; last <= 5; ++last) {
      Made made;
      auto to = made.other();
      std::stop_source source;
      const auto progress = [&](const Progress& at) {
        if (at.done == last) {
          source.request_stop();
        }
      };
      bool isStopped = false;
      try {
        static_cast<void>(
            runs::copyRun(made.project, to, {made.run}, progress, source.get_token()));
      } catch (const StopRequested&) {
        isStopped = true;
      }
      QCOMPARE(isStopped, last < 5);  // after that the run comes whole
      QCOMPARE(store::RunRepository(to.database()).runs().size(), std::size_t{last < 5 ? 0U : 1U});
      const auto runs = to.folder() / "runs";
      QVERIFY(last == 5 || !std::filesystem::exists(runs) || std::filesystem::is_empty(runs));
    }
  }

  void aSecondTimeItGetsAnIdOfItsOwn() {
    Made made;
    auto to = made.other();
    static_cast<void>(runs::copyRun(made.project, to, {made.run}));
    const auto again = runs::copyRun(made.project, to, {made.run});
    QVERIFY(again.id != made.run);
    QCOMPARE(store::RunRepository(to.database()).runs().size(), std::size_t{2});
    QCOMPARE(store::PairRepository(to.database()).sets().size(), std::size_t{1});
  }

  void otherDataIsRefusedAndLeavesNoRun() {
    Made made;
    auto to = made.other();
    {
      store::Transaction transaction(to.database());
      static_cast<void>(
          store::ProteinRepository(to.database()).insert({0, "b", "", "", "ANOTHER"}));
      transaction.commit();
    }
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::Usage,
                 "another sequence of protein b");
    QVERIFY(store::RunRepository(to.database()).runs().empty());
    QCOMPARE(store::ProteinRepository(to.database()).count(), std::int64_t{1});
  }

  void moreKnowledgeIsRefused() {
    Made made;
    auto to = made.other();
    {
      store::Transaction transaction(to.database());
      const auto key = store::ProteinRepository(to.database()).insert({0, "a", "", "", "MKaL"});
      store::AnnotationRepository annotations(to.database());
      static_cast<void>(annotations.add(key, {{{data::AnnotationKind::Pfam, "PF1", ""}}, "", "", 0},
                                        annotations.source("x")));
      transaction.commit();
    }
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::Usage,
                 "knows more of these proteins");
  }

  void changedPairsAreSeen() {
    Made made;
    store::RunTracking(made.project.database())
        .record(made.run, {{"hashes.data", std::string(64, '0')}});
    auto to = made.other();
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::BadInput,
                 "are not those that run");
  }

  void aFolderCarriesIt() {
    Made made;
    const auto out = made.folder.path("out");
    static_cast<void>(runs::exportRun(made.project, made.run, out));
    QVERIFY(readFile(out / "pairs.csv", 1000).find("a,b,1,train\n") != std::string::npos);
    QVERIFY(readFile(out / "proteins.fasta", 1000).find(">c\nMKcL\n") != std::string::npos);
    auto to = made.other();
    const auto done = runs::importRun(out, to, {});
    QCOMPARE(done.id, made.run);
    QCOMPARE(readFile(to.runFolder(made.run) / "checkpoints" / "x", 100), std::string("bytes"));
    EXPECT_ERROR(runs::importRun(made.folder.path("project"), to, {}), ErrorKind::NotFound,
                 "no folder of export folder");
  }

  void aFolderOfChangedDataSaysThatItCannotRepeat() {
    Made made;
    made.change("UPDATE pair SET label = 1");
    store::RunTracking(made.project.database())
        .record(made.run, {{"hashes.data", std::string(64, '0')}});
    const auto out = made.folder.path("out");
    const auto written = runs::exportRun(made.project, made.run, out);
    QVERIFY(written.whyNotRepeatable.find("are not those that run") != std::string::npos);
    QVERIFY(!std::filesystem::exists(out / "project"));
    QVERIFY(!std::filesystem::exists(out / "pairs.csv"));
    QVERIFY(std::filesystem::exists(out / "predictions_validation.csv"));
  }

  void weightsOfThisMachineTakeThePlaceOfTheOthers() {
    Made made;
    auto to = made.other();
    const auto done = runs::copyRun(made.project, to, {made.run, "/here/esm2"});
    const auto spec = store::RunRepository(to.database()).run(done.id).specJson;
    QVERIFY(spec.find("/here/esm2") != std::string::npos);
  }

  void theRecordNamesTheNewWeightsToo() {
    Made made;
    store::RunTracking(made.project.database())
        .record(made.run, {{"params.backbone.weights", std::string("/there/esm2")}});
    auto to = made.other();
    const auto done = runs::copyRun(made.project, to, {made.run, "/here/esm2"});
    QVERIFY(store::RunTracking(to.database()).values(done.id).at("params.backbone.weights") ==
            OptionValue(std::string("/here/esm2")));
  }

  void aTableComesAlong() {
    Made made;
    made.addTable();
    auto to = made.other();
    static_cast<void>(runs::copyRun(made.project, to, {made.run}));
    const auto key = store::ProteinRepository(to.database()).byId("b").key;
    const auto table = store::UserChannelRepository(to).load("mine", std::array{key});
    QCOMPARE(table.rows, (std::vector<std::vector<float>>{{3, 4}}));
  }

  void aTableOfOtherNumbersIsRefused() {
    Made made;
    made.addTable();
    made.change("UPDATE user_channel SET normalisation = 'none'");  // the hash covers it
    refuses(made, ErrorKind::BadInput, "table \"mine\" are not those that its hash");
  }

  void aHashThatLeadsOutIsRefused() {
    Made made;
    made.addTable();
    const auto numbers = std::filesystem::directory_iterator(made.project.channelsFolder())->path();
    std::filesystem::copy_file(numbers, made.folder.path("model.safetensors"));
    made.change("UPDATE user_channel SET hash = '../../model'");
    refuses(made, ErrorKind::BadInput, "\"../../model\" is no hash");
  }

  void aStructureWhoseFileLeadsOutIsRefused() {
    for (const auto* name : {"../s.pdb", "/etc/passwd", "..", ".", ""}) {
      Made made;
      made.change(std::string("UPDATE structure SET file = '") + name + "'");
      refuses(made, ErrorKind::BadInput, "no plain name of a file");
    }
  }

  void linksAreRefusedByName() {
    Made made;
    const auto secret = made.folder.write("secret", "key");
    std::filesystem::create_symlink(secret, made.project.runFolder(made.run) / "checkpoints" / "y");
    refuses(made, ErrorKind::BadInput, "checkpoints/y: is a link");
  }

  void aStructureThatIsALinkIsRefused() {
    Made made;
    const auto secret = made.folder.write("secret", "key");
    std::filesystem::remove(made.project.structuresFolder() / "s.pdb");
    std::filesystem::create_symlink(secret, made.project.structuresFolder() / "s.pdb");
    refuses(made, ErrorKind::BadInput, "s.pdb: is a link");
  }

  void evidenceIsWhatTheRunRecorded() {
    Made made;
    const auto spec = [&] {
      const auto record = store::RunRepository(made.project.database()).run(made.run);
      return runs::runSpecFromJson(formats::parseJson(record.specJson, "spec"), "spec");
    }();
    const auto hashes = runs::evidenceHashes(made.project, spec);
    QCOMPARE(hashes.size(), std::size_t{2});
    store::RunTracking(made.project.database()).record(made.run, hashes);
    auto to = made.other();
    static_cast<void>(runs::copyRun(made.project, to, {made.run}));
    QVERIFY(runs::evidenceHashes(to, spec) == hashes);  // whatever the keys there
    // Other bytes of the structure, here or there.
    writeFileAtomically(to.structuresFolder() / "s.pdb", "ATOM 2");
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::Usage,
                 "knows other things of these proteins");
    writeFileAtomically(made.project.structuresFolder() / "s.pdb", "ATOM 2");
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::BadInput,
                 "split or evidence are not those");
    writeFileAtomically(made.project.structuresFolder() / "s.pdb", "ATOM");
    made.change("UPDATE annotation SET evidence = 'IEA'");
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::BadInput,
                 "split or evidence are not those");
  }

  void linksInAFolderAreRefused() {
    Made made;
    const auto out = made.folder.path("out");
    static_cast<void>(runs::exportRun(made.project, made.run, out));
    const auto secret = made.folder.write("secret", "key");
    std::filesystem::create_symlink(secret, out / "checkpoints" / "y");
    auto to = made.other();
    EXPECT_ERROR(runs::importRun(out, to, {}), ErrorKind::BadInput, "checkpoints/y: is a link");
    QVERIFY(store::RunRepository(to.database()).runs().empty());
  }

  void otherPairsNeedAnotherExperiment() {
    Made made;
    auto to = made.other();
    static_cast<void>(
        store::RunRepository(to.database()).create("e", R"({"pairSet": "x", "split": "y"})", "h"));
    EXPECT_ERROR(runs::copyRun(made.project, to, {made.run}), ErrorKind::Usage, "--experiment");
    QCOMPARE(store::ProteinRepository(to.database()).count(), std::int64_t{0});
    const auto done = runs::copyRun(made.project, to, {made.run, {}, "mine"});
    const auto run = store::RunRepository(to.database()).run(done.id);
    QCOMPARE(run.experiment, std::string("mine"));
    QVERIFY(run.specJson.find(R"("experiment":"mine")") != std::string::npos);
  }

  void aRepeatedRunJoinsAnExperimentThatMixesPairs() {
    Made made;
    store::RunRepository runs(made.project.database());
    const auto old = runs.create("old", R"({"pairSet": "x", "split": "y"})", "h").id;
    made.change("UPDATE run SET experiment = 'e' WHERE id = '" + old + "'");
    const auto first = runs.run(made.run);
    EXPECT_ERROR(runs.create("e", first.specJson, first.splitHash), ErrorKind::Usage,
                 "on other pairs");
    const auto copy = runs.createAgain(made.run, first.specJson, first.splitHash);
    QCOMPARE(copy.experiment, std::string("e"));
    QCOMPARE(copy.status, store::RunStatus::Queued);
    EXPECT_ERROR(runs.createAgain(made.run, first.specJson, "another"), ErrorKind::Usage,
                 "on other pairs");
  }
};

QTEST_GUILESS_MAIN(TestCopiedRun)
#include "tst_copied_run.moc"
