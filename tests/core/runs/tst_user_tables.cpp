#include <QTest>

#include "core/runs/user_tables.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::runs;

namespace {

std::vector<data::UserChannel> channelsWith(const std::string& hash) {
  data::UserChannel channel;
  channel.name = "mine";
  channel.hash = hash;
  channel.source = "t.tsv";
  return {channel};
}

RunSpec spec() {
  RunSpec spec;
  spec.channels = {{"sequence", {}}, {"user:mine", {}}};
  return spec;
}

}  // namespace

class TestUserTables : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProjectsCatalogHasItsChannelsLast() {
    auto own = channelsWith("aaa");
    own[0].width = 7;
    own[0].proteins = 3;
    own[0].perResidue = true;
    own[0].pooling = data::Pooling::MeanMax;
    ComponentCatalog builtin;
    builtin.channels = {{"sequence", "Sequence", "", {}}};
    builtin.backbones = {{"composition", "", "", {}}};
    builtin.fusions = {{"attention", "", "", {}}};
    builtin.heads = {{"mlp", "", "", {}}};
    const auto catalog = withUserChannels(builtin, own);
    QCOMPARE(catalog.channels.size(), std::size_t{2});
    QCOMPARE(catalog.channels[1].id, std::string("user:mine"));
    QCOMPARE(catalog.channels[1].name, std::string("mine"));
    QCOMPARE(catalog.channels[1].help,
             std::string("Your table t.tsv: 7 numbers a residue, pooled by mean-max to 14 a "
                         "protein; 3 proteins have a row. Normalisation: standard."));
    checkAgainst(catalog, withTables(spec(), own));
    EXPECT_ERROR(checkAgainst(catalog, withTables(spec(), channelsWith("bbb"))), ErrorKind::Usage,
                 "table");
    EXPECT_ERROR(checkAgainst(builtin, spec()), ErrorKind::Usage, "user:mine");
  }

  void aSpecRecordsTheTablesItUses() {
    const auto recorded = withTables(spec(), channelsWith("aaa"));
    QVERIFY(recorded.channels[0].options.empty());
    QCOMPARE(toText(recorded.channels[1].options.at("table")), std::string("aaa"));
    QCOMPARE(withTables(recorded, channelsWith("bbb")), recorded);
    requireSameTables(recorded, channelsWith("aaa"));
  }

  void aChangedTableIsRefusedWithTheCure() {
    const auto recorded = withTables(spec(), channelsWith("aaa"));
    EXPECT_ERROR(requireSameTables(recorded, channelsWith("bbb")), ErrorKind::Usage,
                 "the table of channel user:mine has changed since the run was made (it was aaa, "
                 "and t.tsv is bbb)");
    EXPECT_ERROR(requireSameTables(spec(), channelsWith("bbb")), ErrorKind::Usage, "it was none");
  }

  void aTableThatIsGoneIsRefused() {
    EXPECT_ERROR(requireSameTables(spec(), {}), ErrorKind::Usage,
                 "the project has no channel \"user:mine\"");
    auto other = spec();
    other.channels[1].id = "user:mime";
    EXPECT_ERROR(requireSameTables(other, channelsWith("aaa")), ErrorKind::Usage,
                 "did you mean \"user:mine\"");
  }
};

QTEST_GUILESS_MAIN(TestUserTables)
#include "tst_user_tables.moc"
