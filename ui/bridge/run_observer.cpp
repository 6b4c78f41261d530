#include "ui/bridge/run_observer.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace twofold::ui {

RunObserver::RunObserver(std::filesystem::path eventFile) : m_file(std::move(eventFile)) {}

std::vector<runs::RunEvent> RunObserver::read() {
  std::ifstream stream(m_file, std::ios::binary);
  if (!stream) {
    return {};
  }
  constexpr std::int64_t kMost = std::int64_t{1} << 20;
  stream.seekg(0, std::ios::end);
  const std::int64_t unread = std::int64_t{stream.tellg()} - m_offset;
  std::string bytes(static_cast<std::size_t>(std::clamp<std::int64_t>(unread, 0, kMost)), '\0');
  stream.seekg(m_offset);
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  m_offset += static_cast<std::int64_t>(bytes.size());
  std::vector<runs::RunEvent> events;
  for (const auto& line : m_lines.feed(bytes)) {
    if (auto event = runs::eventFromLine(line)) {
      events.push_back(std::move(*event));
    }
  }
  return events;
}

QString logText(const runs::RunEvent& event) {
  if (const auto* message = std::get_if<runs::MessageEvent>(&event)) {
    return QString::fromStdString(message->text);
  }
  if (const auto* error = std::get_if<runs::ErrorEvent>(&event)) {
    return QString::fromStdString(error->message);
  }
  if (const auto* status = std::get_if<runs::StatusEvent>(&event)) {
    return QString::fromStdString(status->status);
  }
  return {};
}

}  // namespace twofold::ui
