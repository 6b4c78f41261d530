#include "core/store/user_channel_repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/nearest_name.h"
#include "core/formats/safetensors.h"

namespace twofold::store {

namespace {

using formats::TensorType;
using formats::TensorView;

constexpr std::string_view kSelect =
    "SELECT name, width, per_residue, normalisation, missing, pooling, proteins, hash, source, "
    "imported FROM user_channel ";

data::UserChannel channelFrom(const Statement& row) {
  data::UserChannel channel;
  channel.name = row.text(0);
  channel.width = row.integer(1);
  channel.perResidue = row.integer(2) != 0;
  channel.normalisation = data::normalisationOf(std::string(row.text(3)));
  channel.missing = data::missingOf(std::string(row.text(4)));
  channel.pooling = data::poolingOf(std::string(row.text(5)));
  channel.proteins = row.integer(6);
  channel.hash = row.text(7);
  channel.source = row.text(8);
  channel.imported = row.integer(9);
  return channel;
}

template <class T>
TensorView viewOf(const std::vector<T>& values, TensorType type, std::vector<std::int64_t> shape) {
  return {type, std::move(shape), std::as_bytes(std::span(values))};
}

/// It becomes the name of a file, and a store from elsewhere may say anything.
bool isHash(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

/// The file of a channel, its shapes checked.
class ValuesFile {
 public:
  ValuesFile(const std::filesystem::path& path, std::int64_t width)
      : m_path(path), m_file(path), m_width(width) {
    const auto& values = m_file.tensor("values");
    m_proteins = numbers<std::int64_t>("proteins", TensorType::I64);
    m_offsets = numbers<std::int64_t>("offsets", TensorType::I64);
    m_values = numbers<float>("values", TensorType::F32);
    const bool fits = values.shape.size() == 2 && values.shape[1] == width &&
                      m_offsets.size() == m_proteins.size() + 1 && m_offsets.front() == 0 &&
                      m_offsets.back() == values.shape[0] &&
                      std::is_sorted(m_offsets.begin(), m_offsets.end()) &&
                      std::is_sorted(m_proteins.begin(), m_proteins.end());
    if (!fits) {
      throw damaged();
    }
  }

  [[nodiscard]] std::vector<float> rowsOf(data::ProteinKey protein) const {
    const auto found = std::lower_bound(m_proteins.begin(), m_proteins.end(), protein);
    if (found == m_proteins.end() || *found != protein) {
      return {};
    }
    const auto at = static_cast<std::size_t>(found - m_proteins.begin());
    const auto begin = static_cast<std::size_t>(m_offsets[at] * m_width);
    const auto end = static_cast<std::size_t>(m_offsets[at + 1] * m_width);
    const auto rows = m_values.subspan(begin, end - begin);
    return {rows.begin(), rows.end()};
  }

 private:
  [[nodiscard]] Error damaged() const {
    return badInput(m_path.string(), 0,
                    "the numbers of this channel are damaged; import the table again with "
                    "--replace");
  }

  /// In the mapped file: data of a tensor begins at a multiple of its size in files of ours.
  template <class T>
  [[nodiscard]] std::span<const T> numbers(const std::string& name, TensorType type) const {
    const auto& tensor = m_file.tensor(name);
    const auto* first = tensor.bytes.data();
    if (tensor.type != type || reinterpret_cast<std::uintptr_t>(first) % alignof(T) != 0) {
      throw damaged();
    }
    return {reinterpret_cast<const T*>(first), tensor.bytes.size() / sizeof(T)};
  }

  std::filesystem::path m_path;
  formats::SafetensorsFile m_file;
  std::int64_t m_width;
  std::span<const std::int64_t> m_proteins;
  std::span<const std::int64_t> m_offsets;
  std::span<const float> m_values;
};

}  // namespace

std::vector<data::UserChannel> UserChannelRepository::channels() {
  std::vector<data::UserChannel> all;
  Statement select =
      m_project.database().prepare(fmt::format("{}ORDER BY name COLLATE NOCASE", kSelect));
  while (select.step()) {
    all.push_back(channelFrom(select));
  }
  return all;
}

std::optional<data::UserChannel> UserChannelRepository::find(const std::string& name) {
  Statement select = m_project.database().prepare(fmt::format("{}WHERE name = ?", kSelect));
  select.bind(1, name);
  return select.step() ? std::optional(channelFrom(select)) : std::nullopt;
}

data::UserChannel UserChannelRepository::channel(const std::string& name) {
  std::vector<std::string> names;
  for (auto& channel : channels()) {
    if (channel.name == name) {
      return channel;
    }
    names.push_back(channel.name);
  }
  throw Error(ErrorKind::NotFound, fmt::format("the project has no channel \"{}\" of yours{}", name,
                                               didYouMean(name, names)));
}

void UserChannelRepository::store(const data::UserChannel& channel, const ChannelValues& values) {
  const auto proteins = static_cast<std::int64_t>(values.proteins.size());
  makeFolders(m_project.channelsFolder());
  formats::writeSafetensors(
      fileOf(channel.hash),
      {{"proteins", viewOf(values.proteins, TensorType::I64, {proteins})},
       {"offsets", viewOf(values.offsets, TensorType::I64, {proteins + 1})},
       {"values", viewOf(values.values, TensorType::F32, {values.offsets.back(), channel.width})}});
  const auto before = find(channel.name);
  auto& database = m_project.database();
  Transaction transaction(database);
  database.prepare("DELETE FROM user_channel WHERE name = ?").bind(1, channel.name).run();
  database
      .prepare(
          "INSERT INTO user_channel (name, width, per_residue, normalisation, missing, pooling, "
          "proteins, hash, source, imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(1, channel.name)
      .bind(2, channel.width)
      .bind(3, std::int64_t{channel.perResidue})
      .bind(4, data::name(channel.normalisation))
      .bind(5, data::name(channel.missing))
      .bind(6, data::name(channel.pooling))
      .bind(7, channel.proteins)
      .bind(8, channel.hash)
      .bind(9, channel.source)
      .bind(10, channel.imported)
      .run();
  transaction.commit();
  if (before) {
    removeUnusedFile(before->hash);
  }
}

void UserChannelRepository::rename(const std::string& name, const std::string& newName) {
  static_cast<void>(channel(name));
  const auto other = find(newName);
  if (other && other->name != name) {
    throw Error(ErrorKind::Usage,
                fmt::format("there is a channel \"{}\" already; give another name", other->name));
  }
  Transaction transaction(m_project.database());
  m_project.database()
      .prepare("UPDATE user_channel SET name = ? WHERE name = ?")
      .bind(1, newName)
      .bind(2, name)
      .run();
  transaction.commit();
}

void UserChannelRepository::remove(const std::string& name) {
  const auto gone = channel(name);
  Transaction transaction(m_project.database());
  m_project.database().prepare("DELETE FROM user_channel WHERE name = ?").bind(1, name).run();
  transaction.commit();
  removeUnusedFile(gone.hash);
}

data::UserTable UserChannelRepository::load(const std::string& name,
                                            std::span<const data::ProteinKey> keys) {
  data::UserTable table{channel(name), {}};
  const auto path = fileOf(table.channel.hash);
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) {
    throw badInput(
        path.string(), 0,
        fmt::format("the numbers of channel \"{}\" are gone; import the table again with "
                    "--replace",
                    name));
  }
  const ValuesFile file(path, table.channel.width);
  table.rows.reserve(keys.size());
  for (const auto key : keys) {
    table.rows.push_back(file.rowsOf(key));
  }
  return table;
}

std::filesystem::path UserChannelRepository::fileOf(const std::string& hash) const {
  if (!isHash(hash)) {
    throw badInput((m_project.folder() / "twofold.sqlite").string(), 0,
                   fmt::format("\"{}\" is no hash of a channel's numbers; import the table again "
                               "with --replace",
                               hash));
  }
  return m_project.channelsFolder() / fmt::format("{:.32}.safetensors", hash);
}

/// Two names may have one table.
void UserChannelRepository::removeUnusedFile(const std::string& hash) {
  const auto rest = channels();
  if (isHash(hash) && std::none_of(rest.begin(), rest.end(),
                                   [&](const auto& channel) { return channel.hash == hash; })) {
    std::error_code staysBehind;  // unused, and written over when the table comes again
    std::filesystem::remove(fileOf(hash), staysBehind);
  }
}

}  // namespace twofold::store
