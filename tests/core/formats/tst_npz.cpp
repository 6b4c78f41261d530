// Archives of NumPy's: what its own program wrote is read, and what is damaged or a pickle is not.
#include <zlib.h>

#include <QTest>
#include <cstring>
#include <vector>

#include "core/formats/npz.h"
#include "core/formats/zip_archive.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;

namespace {

template <class Number>
void append(std::string& bytes, Number value) {
  const auto at = bytes.size();
  bytes.resize(at + sizeof value);
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

template <class Number>
void put(std::string& bytes, std::size_t at, Number value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

struct Entry {
  std::string name;
  std::string bytes;
};

/// Stored entries; the directory follows them, each record at a place that tests know.
struct MadeZip {
  std::string bytes;
  std::vector<std::size_t> local;
  std::vector<std::size_t> directory;
  std::size_t end = 0;

  explicit MadeZip(const std::vector<Entry>& entries) {
    for (const auto& entry : entries) {
      local.push_back(bytes.size());
      append<std::uint32_t>(bytes, 0x04034b50);
      bytes += std::string(22, '\0');
      append<std::uint16_t>(bytes, static_cast<std::uint16_t>(entry.name.size()));
      append<std::uint16_t>(bytes, 0);
      bytes += entry.name + entry.bytes;
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      addToDirectory(entries[i], local[i]);
    }
    end = bytes.size();
    append<std::uint32_t>(bytes, 0x06054b50);
    bytes += std::string(6, '\0');
    append<std::uint16_t>(bytes, static_cast<std::uint16_t>(entries.size()));
    append<std::uint32_t>(bytes, 0);
    append<std::uint32_t>(bytes, static_cast<std::uint32_t>(directory.empty() ? 0 : directory[0]));
    append<std::uint16_t>(bytes, 0);
  }

 private:
  void addToDirectory(const Entry& entry, std::size_t begin) {
    directory.push_back(bytes.size());
    append<std::uint32_t>(bytes, 0x02014b50);
    bytes += std::string(12, '\0');
    const auto* data = reinterpret_cast<const Bytef*>(entry.bytes.data());
    append<std::uint32_t>(bytes, static_cast<std::uint32_t>(
                                     crc32_z(0, data, static_cast<z_size_t>(entry.bytes.size()))));
    append<std::uint32_t>(bytes, static_cast<std::uint32_t>(entry.bytes.size()));
    append<std::uint32_t>(bytes, static_cast<std::uint32_t>(entry.bytes.size()));
    append<std::uint16_t>(bytes, static_cast<std::uint16_t>(entry.name.size()));
    bytes += std::string(12, '\0');
    append<std::uint32_t>(bytes, static_cast<std::uint32_t>(begin));
    bytes += entry.name;
  }
};

std::string npy(const std::string& header, const std::string& data, char version = 1) {
  std::string bytes = "\x93NUMPY";
  bytes += version;
  bytes += '\0';
  if (version == 1) {
    append<std::uint16_t>(bytes, static_cast<std::uint16_t>(header.size()));
  } else {
    append<std::uint32_t>(bytes, static_cast<std::uint32_t>(header.size()));
  }
  return bytes + header + data;
}

const std::string kTwoFloats = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }      \n";

std::vector<float> floats(const TensorView& view) {
  std::vector<float> values(view.bytes.size() / sizeof(float));
  std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
  return values;
}

}  // namespace

class TestNpz : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  std::filesystem::path written(const MadeZip& zip) const {
    return m_folder.write("x.npz", zip.bytes);
  }

 private Q_SLOTS:
  void storedArraysOfNumPyAreRead() {
    const NpzFile file(tests::fixture("unirep/four-layers/model_weights.npz"));
    QCOMPARE(file.tensors().size(), std::size_t{39});
    QVERIFY(file.tensor("embedding").shape == (std::vector<std::int64_t>{26, 10}));
    QVERIFY(file.tensor("mlstm.3.wh").shape == (std::vector<std::int64_t>{8, 32}));
    EXPECT_ERROR(file.tensor("mlstm.3.wm"), ErrorKind::BadInput, "did you mean \"mlstm.3.w");
  }

  void deflatedArraysOfNumPyAreRead() {
    const NpzFile file(tests::fixture("unirep/one-layer/model_weights.npz"));
    QCOMPARE(file.tensors().size(), std::size_t{12});
    QVERIFY(file.tensor("mlstm.0.wh").type == TensorType::F32);
    QVERIFY(file.tensor("mlstm.0.wh").shape == (std::vector<std::int64_t>{12, 48}));
  }

  void columnsFirstBecomesRowsFirst() {
    const std::string header = "{'shape': (2, 3), \"fortran_order\": True, 'descr': '<f4'}";
    std::string data;
    for (const float value : {1.0F, 4.0F, 2.0F, 5.0F, 3.0F, 6.0F}) {
      append(data, value);
    }
    const NpzFile file(written(MadeZip({{"a.npy", npy(header, data, 3)}})));
    QVERIFY(floats(file.tensor("a")) == (std::vector<float>{1, 2, 3, 4, 5, 6}));
  }

  void numbersWithoutDimensionsAndEmptyOnesAreRead() {
    const auto scalar =
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", std::string(8, '\0'), 2);
    const auto none = npy("{'descr': '|i1', 'fortran_order': False, 'shape': (0, 5)}", "");
    const NpzFile file(written(MadeZip({{"one.npy", scalar}, {"none.npy", none}})));
    QVERIFY(file.tensor("one").shape.empty());
    QCOMPARE(file.tensor("none").bytes.size(), std::size_t{0});
  }

  void viewsOutliveAMove() {
    NpzFile first(written(MadeZip({{"a.npy", npy(kTwoFloats, std::string(8, '\0'))}})));
    const NpzFile second = std::move(first);
    QVERIFY(floats(second.tensor("a")) == (std::vector<float>{0, 0}));
  }

  void arraysThatAreNoneAreRefused_data() {
    QTest::addColumn<QByteArray>("array");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& array, const char* reason) {
      QTest::newRow(name) << QByteArray(array.data(), static_cast<qsizetype>(array.size()))
                          << reason;
    };
    const auto header = [](const std::string& type, const std::string& shape) {
      return "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + "}";
    };
    row("pickle", npy(header("'|O'", "(2,)"), std::string(8, '\0')), "never read");
    row("records", npy(header("[('a', '<f4')]", "(2,)"), std::string(8, '\0')), "records");
    row("big endian", npy(header("'>f4'", "(2,)"), std::string(8, '\0')), "\">f4\"");
    row("text", npy(header("'<U4'", "(2,)"), std::string(32, '\0')), "float32");
    row("too few bytes", npy(kTwoFloats, std::string(7, '\0')), "7 bytes of data");
    row("too many bytes", npy(kTwoFloats, std::string(9, '\0')), "9 bytes of data");
    row("overflow", npy(header("'<f4'", "(4611686018427387904, 4)"), std::string(8, '\0')),
        "8 bytes of data");
    row("negative", npy(header("'<f4'", "(-2,)"), std::string(8, '\0')), "no list of sizes");
    row("33 dimensions",
        npy(header(
                "'<f4'", "(" +
                             [] {
                               std::string ones;
                               for (int i = 0; i < 33; ++i) {
                                 ones += "1,";
                               }
                               return ones;
                             }() +
                             ")"),
            std::string(4, '\0')),
        "no list of sizes");
    row("key twice", npy("{'descr': '<f4', 'descr': '<f4'}", ""), "unexpected \"descr\"");
    row("no shape", npy("{'descr': '<f4', 'fortran_order': False}", ""), "lacks");
    row("a program", npy("{'descr': __import__('os'), }", ""), "word in quotes");
    row("more after it", npy(kTwoFloats + "x", std::string(8, '\0')), "holds more");
    row("wrong magic", "NUMPY" + std::string(40, ' '), "does not start");
    row("version 4", npy(kTwoFloats, std::string(8, '\0'), 4), "format 4");
    row("header beyond the end", npy(kTwoFloats, "").substr(0, 30), "cut short");
  }
  void arraysThatAreNoneAreRefused() {
    QFETCH(const QByteArray, array);
    QFETCH(const QString, reason);
    const auto path = written(MadeZip({{"a.npy", array.toStdString()}}));
    EXPECT_ERROR(NpzFile(path), ErrorKind::BadInput, reason.toStdString());
    EXPECT_ERROR(NpzFile(path), ErrorKind::BadInput, "\"a\"");
  }

  void damagedArchivesAreRefused() {
    const std::string array = npy(kTwoFloats, std::string(8, '\0'));
    const MadeZip whole({{"a.npy", array}, {"b.npy", array}});
    const auto refused = [&](const char* reason, auto&& change) {
      MadeZip zip = whole;
      change(zip);
      EXPECT_ERROR(NpzFile(written(zip)), ErrorKind::BadInput, reason);
    };
    refused("no zip archive", [](MadeZip& zip) { zip.bytes.resize(zip.end); });
    refused("no zip archive", [](MadeZip& zip) { zip.bytes = "PK"; });
    refused("directory is damaged", [](MadeZip& zip) { zip.bytes[zip.directory[1]] = 'X'; });
    refused("not where the directory says", [](MadeZip& zip) { zip.bytes[zip.local[1]] = 'X'; });
    refused("\"a.npy\" is damaged", [](MadeZip& zip) { zip.bytes[zip.local[1] - 1] = 'X'; });
    refused("is there twice", [](MadeZip& zip) { zip.bytes[zip.directory[1] + 46] = 'a'; });
    refused("overlap", [](MadeZip& zip) {
      put(zip.bytes, zip.directory[1] + 42, static_cast<std::uint32_t>(zip.local[0]));
    });
    refused("cut short", [](MadeZip& zip) {
      put(zip.bytes, zip.directory[1] + 42, static_cast<std::uint32_t>(0x7fffffff));
    });
    refused("cut short", [](MadeZip& zip) {
      put(zip.bytes, zip.directory[1] + 20, static_cast<std::uint32_t>(0x7fffffff));
      put(zip.bytes, zip.directory[1] + 24, static_cast<std::uint32_t>(0x7fffffff));
    });
    refused("cannot hold", [](MadeZip& zip) {  // 4 GB of a few bytes
      zip.bytes[zip.directory[1] + 10] = 8;
      put(zip.bytes, zip.directory[1] + 24, static_cast<std::uint32_t>(0xfffffff0));
    });
    refused("\"b.npy\" is damaged", [](MadeZip& zip) { zip.bytes[zip.directory[1] + 10] = 8; });
    refused("encrypted", [](MadeZip& zip) { zip.bytes[zip.directory[0] + 8] = 1; });
    refused("encrypted or packed", [](MadeZip& zip) { zip.bytes[zip.directory[0] + 10] = 14; });
    refused("zip64", [](MadeZip& zip) {
      put(zip.bytes, zip.directory[0] + 24, static_cast<std::uint32_t>(0xffffffff));
    });
    refused("zip64",
            [](MadeZip& zip) { put(zip.bytes, zip.end + 10, static_cast<std::uint16_t>(0xffff)); });
  }

  void otherFilesInTheArchiveAreRefused() {
    EXPECT_ERROR(NpzFile(written(MadeZip(std::vector<Entry>{{"data.pkl", "x"}}))),
                 ErrorKind::BadInput, "no array of NumPy's");
  }

  void aFileThatIsNotThereIsNamed() {
    EXPECT_ERROR(NpzFile(m_folder.path("none.npz")), ErrorKind::NotFound, "none.npz");
  }
};

QTEST_APPLESS_MAIN(TestNpz)
#include "tst_npz.moc"
