// A table of the user's becomes a channel, or is refused with words; nothing is guessed.
#include <QTest>
#include <array>

#include "core/formats/safetensors.h"
#include "core/store/user_channel_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;
using data::Missing;
using store::UserChannelRepository;

namespace {

constexpr std::string_view kProteins = ">A\nMKV\n>B\nMKLV\n>C\nMK\n>D\nM\n";

struct Fixture : ProjectFixture {
  Fixture() { static_cast<void>(importFasta(kProteins)); }

  [[nodiscard]] ChannelImport request(const std::string& text) const {
    ChannelImport request;
    request.file = write("t.tsv", text);
    request.name = "mine";
    request.taken = {"sequence", "calpha"};
    return request;
  }
  ImportReport import(const ChannelImport& request) {
    return importChannel(project(), request, {});
  }
  ImportReport import(const std::string& text) { return import(request(text)); }

  data::UserTable table(const std::string& name = "mine") {
    const std::vector<data::ProteinKey> keys = {1, 2, 3, 4};
    return UserChannelRepository(project()).load(name, keys);
  }
};

bool tells(const ImportReport& report, const std::string& text) {
  return std::any_of(report.notes.begin(), report.notes.end(),
                     [&](const auto& note) { return note.find(text) != std::string::npos; });
}

}  // namespace

class TestImportChannel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsOfProteinsAreKeptRaw() {
    Fixture fixture;
    const auto report = fixture.import("id\tx\ty\nB\t3\t4\nA\t1\t2000\nD\t5\t6\n");
    QCOMPARE(report.read, 3);
    QCOMPARE(report.kept, 3);
    QVERIFY(report.skipped.empty());
    QVERIFY(
        tells(report, "3 of 4 proteins of the project have a row; 1 have none and are masked: C."));
    QVERIFY(tells(report, "The first line was read as the header of 2 columns."));
    const auto table = fixture.table();
    QCOMPARE(table.channel.width, 2);
    QCOMPARE(table.channel.proteins, 3);
    QCOMPARE(table.channel.source, std::string("t.tsv"));
    QCOMPARE(table.channel.hash.size(), std::size_t{64});
    QCOMPARE(table.rows, (std::vector<std::vector<float>>{{1, 2000}, {3, 4}, {}, {5, 6}}));
  }

  void unknownProteinsAreCountedWithTheirLine() {
    Fixture fixture;
    const auto report = fixture.import("A\t1\nX\t2\nB\t3\nY\t4\n");
    QCOMPARE(report.read, 4);
    QCOMPARE(report.kept, 2);
    QCOMPARE(report.skipped.at("unknown protein"), 2);
    QCOMPARE(report.examples.at("unknown protein").at(1), std::string("t.tsv:4: Y"));
  }

  void noKnownProteinIsRefused() {
    Fixture fixture;
    EXPECT_ERROR(fixture.import("X\t1\nY\t2\n"), ErrorKind::BadInput,
                 "t.tsv: no row is of a protein of the project (the first is of \"X\"");
    QVERIFY(UserChannelRepository(fixture.project()).channels().empty());
  }

  void emptyTablesAreRefused() {
    Fixture fixture;
    EXPECT_ERROR(fixture.import(""), ErrorKind::BadInput, "t.tsv: the file is empty");
    EXPECT_ERROR(fixture.import("id\tx\n"), ErrorKind::BadInput, "no rows below the header");
  }

  void aRowOfAnotherWidthNamesItsLine() {
    Fixture fixture;
    EXPECT_ERROR(fixture.import("A\t1\t2\nB\t3\n"), ErrorKind::BadInput, "t.tsv:2: 2 columns");
  }

  void missingProteinsAreMaskedRefusedOrGetTheMean() {
    Fixture fixture;
    auto request = fixture.request("A\t1\nB\t2\n");
    request.missing = Missing::Refuse;
    EXPECT_ERROR(fixture.import(request), ErrorKind::BadInput,
                 "2 of 4 proteins of the project have no row that can be used: C, D");
    QVERIFY(UserChannelRepository(fixture.project()).channels().empty());
    request.missing = Missing::Mean;
    QVERIFY(
        tells(fixture.import(request), "2 have none and get the mean of the training proteins"));
    QCOMPARE(static_cast<int>(fixture.table().channel.missing), static_cast<int>(Missing::Mean));
    auto whole = fixture.request("A\t1\nB\t2\nC\t3\nD\t4\n");
    whole.name = "whole";
    whole.missing = Missing::Refuse;
    QVERIFY(tells(fixture.import(whole), "All 4 proteins of the project have a row."));
  }

  void rowsWithNaNAreLeftOutOrRefused_data() { nonFinite(); }
  void rowsWithNaNAreLeftOutOrRefused() {
    QFETCH(QString, cell);
    QFETCH(QString, what);
    Fixture fixture;
    auto request = fixture.request("A\t1\t2\nB\t3\t" + cell.toStdString() + "\nC\t4\t5\n");
    const auto report = fixture.import(request);
    QCOMPARE(report.kept, 2);
    QCOMPARE(report.skipped.at("NaN or infinity"), 1);
    QCOMPARE(report.examples.at("NaN or infinity").at(0),
             QString("t.tsv:2: %1 in number 2 of B").arg(what).toStdString());
    QVERIFY(fixture.table().rows[1].empty());
    request.name = "strict";
    request.refuseNonFinite = true;
    EXPECT_ERROR(fixture.import(request), ErrorKind::BadInput, "t.tsv:2: " + what.toStdString());
  }

  void nothingButNaNIsRefused() {
    Fixture fixture;
    EXPECT_ERROR(fixture.import("A\tnan\nX\t1\n"), ErrorKind::BadInput,
                 "t.tsv: no row can be used; NaN or infinity: t.tsv:1");
  }

  void constantColumnsAreNamedAndKeptOrDropped() {
    Fixture fixture;
    auto request = fixture.request("id\tsame\tx\tzero\nA\t7\t1\t0\nB\t7\t2\t0\nX\t8\t2\t1\n");
    QVERIFY(
        tells(fixture.import(request), "2 of 3 columns are constant and were kept: same, zero."));
    QCOMPARE(fixture.table().channel.width, 3);
    request.replace = true;
    request.dropConstant = true;
    QVERIFY(tells(fixture.import(request), "were dropped: same, zero."));
    QCOMPARE(fixture.table().rows[1], (std::vector<float>{2}));
    EXPECT_ERROR(fixture.import([&] {
      auto constant = fixture.request("A\t1\nB\t1\n");
      constant.name = "other";
      return constant;
    }()),
                 ErrorKind::BadInput, "every column is the same");
  }

  void oneProteinHasOneRow() {
    Fixture fixture;
    const auto report = fixture.import("A\t1\nB\t2\nA\t1\n");
    QCOMPARE(report.skipped.at("duplicate"), 1);
    QCOMPARE(report.examples.at("duplicate").at(0), std::string("t.tsv:3: A"));
    QCOMPARE(report.read, report.kept + 1);
    auto other = fixture.request("A\t1\nB\t2\nA\t3\n");
    other.name = "other";
    EXPECT_ERROR(fixture.import(other), ErrorKind::BadInput,
                 "t.tsv:3: \"A\" has another row in line 1");
  }

  void residuesMustBeThoseOfTheSequence() {
    Fixture fixture;
    auto request = fixture.request(
        "A\t1\t1\nA\t3\t3\nA\t2\t2\nB\t1\t1\nB\t2\t1\nC\t1\t5\nC\t2\t6\nC\t3\t7\nD\t1\t9\nX\t1\t9\n"
        "X\t2\t9\n");
    request.perResidue = true;
    const auto report = fixture.import(request);
    QCOMPARE(report.read, 5);
    QCOMPARE(report.kept, 2);
    QCOMPARE(report.skipped.at("unknown protein"), 1);
    QCOMPARE(report.skipped.at("length differs from the sequence"), 2);
    const auto& examples = report.examples.at("length differs from the sequence");
    QCOMPARE(examples.at(0), std::string("t.tsv:4: B has 2 rows for 4 residues"));
    QCOMPARE(examples.at(1), std::string("t.tsv:6: C has 3 rows for 2 residues"));
    QCOMPARE(fixture.table().rows, (std::vector<std::vector<float>>{{1, 2, 3}, {}, {}, {9}}));
    auto twice = fixture.request("A\t1\t1\nA\t1\t2\n");
    twice.name = "twice";
    twice.perResidue = true;
    EXPECT_ERROR(fixture.import(twice), ErrorKind::BadInput,
                 "t.tsv:2: \"A\" has residue 1 already");
  }

  void safetensorsAreReadByTheirContent() {
    Fixture fixture;
    const std::array<float, 6> numbers = {1, 2, 3, 4, 5, 6};
    const auto bytes = std::as_bytes(std::span(numbers));
    auto request = fixture.request("");
    formats::writeSafetensors(request.file, {{"A", {formats::TensorType::F32, {3, 2}, bytes}},
                                             {"B", {formats::TensorType::F32, {3, 2}, bytes}},
                                             {"X", {formats::TensorType::F32, {3, 2}, bytes}}});
    request.perResidue = true;
    const auto report = fixture.import(request);
    QCOMPARE(report.skipped.at("unknown protein"), 1);
    QCOMPARE(report.skipped.at("length differs from the sequence"), 1);
    QCOMPARE(fixture.table().rows[0], (std::vector<float>{1, 2, 3, 4, 5, 6}));
  }

  void idsOfATensorThatComeTwiceAreToldApart() {
    Fixture fixture;
    const std::array<float, 3> numbers = {1, 2, 3};
    auto request = fixture.request("");
    formats::writeSafetensors(
        request.file,
        {{"values", {formats::TensorType::F32, {3, 1}, std::as_bytes(std::span(numbers))}}},
        {{"ids", R"(["A", "B", "A"])"}});
    EXPECT_ERROR(fixture.import(request), ErrorKind::BadInput, "\"A\" has another row already");
  }

  void malformedSafetensorsAreRefused() {
    Fixture fixture;
    auto request = fixture.request("");
    request.file = fixture.write("t.safetensors", "nothing of the kind");
    EXPECT_ERROR(fixture.import(request), ErrorKind::BadInput, "t.safetensors");
  }

  void moreNumbersThanAllowedAreRefused() {
    Fixture fixture;
    auto request = fixture.request("A\t1\t2\nB\t3\t4\nC\t5\t6\n");
    request.mostNumbers = 5;
    EXPECT_ERROR(fixture.import(request), ErrorKind::BadInput, "t.tsv: more than 5 numbers");
    request.mostNumbers = 6;
    QCOMPARE(fixture.import(request).kept, 3);
  }

  void namesAreCheckedBeforeTheFileIsRead_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("message");
    QTest::newRow("empty") << ""
                           << "cannot be a channel's name";
    QTest::newRow("dot") << "a.b"
                         << "cannot be a channel's name";
    QTest::newRow("digit first") << "2d"
                                 << "cannot be a channel's name";
    QTest::newRow("comma") << "a,b"
                           << "cannot be a channel's name";
    QTest::newRow("letters of other scripts") << "größe"
                                              << "cannot be a channel's name";
    QTest::newRow("long") << QString(41, 'a') << "cannot be a channel's name";
    QTest::newRow("a part's id") << "sequence"
                                 << "is the name of a part";
    QTest::newRow("a part's id in capitals") << "CAlpha"
                                             << "is the name of a part";
    QTest::newRow("taken") << "mine"
                           << "already, from t.tsv";
    QTest::newRow("taken in capitals") << "MINE"
                                       << "already, from t.tsv";
  }
  void namesAreCheckedBeforeTheFileIsRead() {
    QFETCH(QString, name);
    QFETCH(QString, message);
    Fixture fixture;
    auto request = fixture.request("A\t1\nB\t2\n");
    static_cast<void>(fixture.import(request));
    request.file = fixture.path("none");
    request.name = name.toStdString();
    EXPECT_ERROR(fixture.import(request), ErrorKind::Usage, message.toStdString());
  }

  void theHashIsOfAllThatReachesAModel() {
    Fixture fixture;
    auto request = fixture.request("A\t1\nB\t2\n");
    request.replace = true;
    const auto hashOf = [&](const ChannelImport& changed) {
      static_cast<void>(fixture.import(changed));
      return fixture.table().channel.hash;
    };
    const auto hash = hashOf(request);
    QCOMPARE(hashOf(request), hash);
    auto reordered = fixture.request("id\tx\nB\t2\nX\t9\nA\t1.0\n");
    reordered.replace = true;
    QCOMPARE(hashOf(reordered), hash);
    auto other = fixture.request("A\t1\nB\t3\n");
    other.replace = true;
    QVERIFY(hashOf(other) != hash);
    auto normalised = fixture.request("A\t1\nB\t2\n");
    normalised.replace = true;
    normalised.normalisation = data::Normalisation::Log;
    QVERIFY(hashOf(normalised) != hash);
    auto missing = fixture.request("A\t1\nB\t2\n");
    missing.replace = true;
    missing.missing = Missing::Mean;
    QVERIFY(hashOf(missing) != hash);
  }

  void aStopLeavesTheProjectAsItWas() {
    Fixture fixture;
    std::stop_source stop;
    stop.request_stop();
    const auto request = fixture.request("A\t1\nB\t2\n");
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(importChannel(fixture.project(), request, {{}, stop.get_token()})),
        StopRequested);
    QVERIFY(UserChannelRepository(fixture.project()).channels().empty());
  }

  void zeroRowsHaveNoDirection() {
    Fixture fixture;
    auto request = fixture.request("A\t0\t0\nB\t2\t1\n");
    request.normalisation = data::Normalisation::Unit;
    QVERIFY(tells(fixture.import(request), "1 rows are zero throughout"));
  }

 private:
  static void nonFinite() {
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("what");
    QTest::newRow("NaN") << "NaN"
                         << "no value";
    QTest::newRow("empty") << ""
                           << "no value";
    QTest::newRow("infinity") << "-inf"
                              << "infinity";
    QTest::newRow("beyond a float") << "1e200"
                                    << "infinity";
  }
};

QTEST_GUILESS_MAIN(TestImportChannel)
#include "tst_import_channel.moc"
