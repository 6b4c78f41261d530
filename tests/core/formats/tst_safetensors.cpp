#include <sys/stat.h>

#include <QTest>
#include <cstring>

#include "core/formats/safetensors.h"
#include "core/formats/safetensors_stream.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;

class TestSafetensors : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  static std::string withLength(std::uint64_t length, const std::string& rest) {
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + rest;
  }
  std::filesystem::path file(const std::string& header, std::size_t dataBytes) {
    return m_folder.write("x.safetensors",
                          withLength(header.size(), header + std::string(dataBytes, '\x01')));
  }
  static std::string entry(const std::string& name, const std::string& type,
                           const std::string& shape, const std::string& offsets) {
    return '"' + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + '}';
  }

 private Q_SLOTS:
  void writtenAndReadAgainIsTheSame() {
    const std::vector<float> weights{1, -2, 3.5F, 0, 1e-20F, 6};
    const std::vector<std::int64_t> steps{42};
    const std::vector<char> codes{1, 2, 3};
    const auto path = m_folder.path("written.safetensors");
    writeSafetensors(
        path,
        {{"codes", {TensorType::I8, {3}, std::as_bytes(std::span(codes))}},
         {"empty", {TensorType::F32, {0, 7}, {}}},
         {"layer.weight", {TensorType::F32, {2, 3}, std::as_bytes(std::span(weights))}},
         {"step", {TensorType::I64, {}, std::as_bytes(std::span(steps))}}},
        {{"format", "pt"}, {"note", "quote \" and ä"}});
    SafetensorsFile first(path);
    const SafetensorsFile read = std::move(first);
    QCOMPARE(read.tensors().size(), std::size_t{4});
    QCOMPARE(read.metadata().at("note"), std::string("quote \" and ä"));
    const auto& view = read.tensor("layer.weight");
    QVERIFY(view.type == TensorType::F32);
    QVERIFY(view.shape == (std::vector<std::int64_t>{2, 3}));
    QCOMPARE(std::memcmp(view.bytes.data(), weights.data(), view.bytes.size()), 0);
    QVERIFY(read.tensor("step").shape.empty());
    QVERIFY(read.tensor("empty").bytes.empty());
    QCOMPARE(std::memcmp(read.tensor("codes").bytes.data(), codes.data(), 3), 0);
    for (const auto& [name, tensor] : read.tensors()) {
      const auto address = reinterpret_cast<std::uintptr_t>(tensor.bytes.data());
      QVERIFY2(tensor.bytes.empty() || address % bytesPerElement(tensor.type) == 0, name.c_str());
    }
    EXPECT_ERROR(read.tensor("layer.weigth"), ErrorKind::BadInput, "did you mean \"layer.weight\"");
  }

  void aFileMayReplaceTheOneThatIsMapped() {
    const std::vector<float> before{1};
    const std::vector<float> after{2};
    const auto path = m_folder.path("replaced.safetensors");
    writeSafetensors(path, {{"x", {TensorType::F32, {1}, std::as_bytes(std::span(before))}}});
    const SafetensorsFile old(path);
    writeSafetensors(path, {{"x", {TensorType::F32, {1}, std::as_bytes(std::span(after))}}});
    QCOMPARE(std::memcmp(old.tensor("x").bytes.data(), before.data(), sizeof(float)), 0);
    const SafetensorsFile now(path);
    QCOMPARE(std::memcmp(now.tensor("x").bytes.data(), after.data(), sizeof(float)), 0);
  }

  void tensorsAreWrittenAsTheyCome() {
    const auto path = m_folder.path("stream.safetensors");
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    const auto bytes = std::as_bytes(std::span(values));
    const std::map<std::string, std::string> metadata{{"kind", "per-residue"}};
    {
      SafetensorsStream stream(path, headerRoom({"a", "quote \"", "z"}, metadata));
      stream.add("z", {TensorType::F32, {3, 2}, bytes});
      stream.add("a", {TensorType::F32, {1}, bytes.first(4)});
      stream.add("quote \"", {TensorType::F32, {0, 2}, {}});
      QVERIFY(!std::filesystem::exists(path));
      stream.finish(metadata);
    }
    const SafetensorsFile read(path);
    QCOMPARE(read.tensors().size(), std::size_t{3});
    QCOMPARE(read.metadata().at("kind"), std::string("per-residue"));
    QVERIFY(read.tensor("z").shape == (std::vector<std::int64_t>{3, 2}));
    QCOMPARE(std::memcmp(read.tensor("z").bytes.data(), values.data(), bytes.size()), 0);
    QCOMPARE(std::memcmp(read.tensor("a").bytes.data(), values.data(), sizeof(float)), 0);
  }

  void anUnfinishedStreamLeavesNoFile() {
    const auto path = m_folder.path("unfinished/stream.safetensors");
    std::filesystem::create_directory(path.parent_path());
    const std::vector<float> one{1};
    {
      SafetensorsStream stream(path, headerRoom({"x"}, {}));
      stream.add("x", {TensorType::F32, {1}, std::as_bytes(std::span(one))});
    }
    {
      SafetensorsStream stream(path, 8);
      stream.add("x", {TensorType::F32, {1}, std::as_bytes(std::span(one))});
      EXPECT_ERROR(stream.finish({}), ErrorKind::Internal, "has room for 8");
    }
    QVERIFY(std::filesystem::is_empty(path.parent_path()));
  }

  /// Else hours of work would end in a file that nobody can open.
  void aHeaderThatReadersRefuseIsNotBegun() {
    const std::vector<std::string> names = {std::string(kLargestHeader, 'x')};
    EXPECT_ERROR(headerRoom(names, {}), ErrorKind::Usage, "several files");
  }

  void aPipeHoldsNobodyUp() {
    const auto path = m_folder.path("pipe.safetensors");
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_ERROR(SafetensorsFile(path), ErrorKind::BadInput, "this is no file");
  }

  void whatCannotBeWrittenLeavesNoFile() {
    const std::vector<float> one{1};
    const auto path = m_folder.path("none.safetensors");
    const auto bytes = std::as_bytes(std::span(one));
    EXPECT_ERROR(writeSafetensors(path, {{"x", {TensorType::F32, {2}, bytes}}}),
                 ErrorKind::Internal, "cannot be written");
    EXPECT_ERROR(writeSafetensors(path, {{"x\xff", {TensorType::F32, {1}, bytes}}}),
                 ErrorKind::Internal, "UTF-8");
    EXPECT_ERROR(writeSafetensors(m_folder.path("no/where"), {}), ErrorKind::Io,
                 "cannot be written");
    QVERIFY(!std::filesystem::exists(path));
  }

  void emptyAndPaddedHeadersAreLegal() {
    QVERIFY(SafetensorsFile(file("{}", 0)).tensors().empty());
    QVERIFY(
        SafetensorsFile(file("{\"__metadata__\":{\"a\":\"b\"}}   ", 0)).metadata().contains("a"));
    const SafetensorsFile zero(file(
        '{' + entry("a", "F32", "[0]", "[0,0]") + ',' + entry("b", "BF16", "[2]", "[0,4]") + '}',
        4));
    QCOMPARE(zero.tensor("b").bytes.size(), std::size_t{4});
  }

  void brokenHeadersAreRefused_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("data");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const std::string& header, int data,
                        const char* message) {
      QTest::newRow(name) << QByteArray::fromStdString(header) << data << QByteArray(message);
    };
    const auto a = entry("a", "F32", "[1]", "[0,4]");
    row("no object", "[]", 0, "does not start");
    row("cut json", "{\"a\":", 0, "x.safetensors:1:");
    row("duplicate name", '{' + a + ',' + a + '}', 4, "twice");
    row("overlap", '{' + a + ',' + entry("b", "F32", "[1]", "[2,6]") + '}', 6, "overlaps");
    row("zero size inside another", '{' + a + ',' + entry("b", "F32", "[0]", "[2,2]") + '}', 4,
        "overlaps");
    row("hole", '{' + a + ',' + entry("b", "F32", "[1]", "[8,12]") + '}', 12, "hole");
    row("first hole", '{' + entry("b", "F32", "[1]", "[4,8]") + '}', 8, "hole");
    row("tail", '{' + a + '}', 5, "1 bytes at the end");
    row("behind the end", '{' + a + '}', 3, "outside the 3 bytes");
    row("backwards", '{' + entry("a", "F32", "[1]", "[4,0]") + '}', 4, "outside");
    row("wrong size", '{' + entry("a", "F32", "[2]", "[0,4]") + '}', 4, "need 8");
    row("overflow", '{' + entry("a", "F32", "[4294967296,4294967296]", "[0,0]") + '}', 0,
        "more bytes than any file");
    row("wrapping overflow", '{' + entry("a", "F32", "[4611686018427387905,1]", "[0,4]") + '}', 4,
        "more bytes");
    row("negative size", '{' + entry("a", "F32", "[-1]", "[0,4]") + '}', 4, "no size");
    row("fraction", '{' + entry("a", "F32", "[1.0]", "[0,4]") + '}', 4, "no size");
    row("huge size", '{' + entry("a", "I8", "[18446744073709551615]", "[0,4]") + '}', 4, "no size");
    row("unknown type", '{' + entry("a", "F8", "[4]", "[0,4]") + '}', 4, "not one of");
    row("offsets", '{' + entry("a", "F32", "[1]", "[0]") + '}', 4, "not two sizes");
    row("negative offset", '{' + entry("a", "F32", "[1]", "[-4,0]") + '}', 4, "not two sizes");
    row("no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "are needed");
    row("shape no list", '{' + entry("a", "F32", "4", "[0,4]") + '}', 4, "no list");
    row("no tensor", "{\"a\":3}", 0, "are needed");
    row("metadata number", "{\"__metadata__\":{\"a\":1}}", 0, "no string");
    row("metadata list", "{\"__metadata__\":[]}", 0, "no object");
    row("deep", "{\"a\":" + std::string(100, '[') + std::string(100, ']') + '}', 0, "deeper");
  }
  void brokenHeadersAreRefused() {
    QFETCH(QByteArray, header);
    QFETCH(int, data);
    QFETCH(QByteArray, message);
    EXPECT_ERROR(SafetensorsFile(file(header.toStdString(), static_cast<std::size_t>(data))),
                 ErrorKind::BadInput, message.toStdString());
  }

  void brokenFilesAreRefused() {
    EXPECT_ERROR(SafetensorsFile(m_folder.path("missing")), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(SafetensorsFile(m_folder.path("")), ErrorKind::BadInput, "no file");
    EXPECT_ERROR(SafetensorsFile(m_folder.write("e", "")), ErrorKind::BadInput, "empty");
    EXPECT_ERROR(SafetensorsFile(m_folder.write("s", "123")), ErrorKind::BadInput, "too short");
    EXPECT_ERROR(SafetensorsFile(m_folder.write("l", withLength(100'000'001, "{}"))),
                 ErrorKind::BadInput, "more than the 100000000 allowed");
    EXPECT_ERROR(SafetensorsFile(m_folder.write("c", withLength(100, "{}"))), ErrorKind::BadInput,
                 "cut short");
    EXPECT_ERROR(SafetensorsFile(m_folder.write("w", withLength(UINT64_MAX - 3, "{}"))),
                 ErrorKind::BadInput, "allowed");
  }
};

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
