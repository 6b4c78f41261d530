#include "app/worker/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <utility>

#include "app/worker/text.h"
#include "core/base/system_reason.h"

namespace twofold::app {

namespace {

bool writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A worker that was killed may have left half a line.
bool endsInsideALine(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file || file.tellg() <= 0) {
    return false;
  }
  file.seekg(-1, std::ios::end);
  return file.get() != '\n';
}

std::string barText(const runs::ProgressEvent& progress) {
  static constexpr int kWidth = 24;
  if (progress.total <= 0) {
    return fmt::format("{}  {} {}", progress.stage, countText(progress.done), progress.unit);
  }
  const double part =
      std::clamp(static_cast<double>(progress.done) / static_cast<double>(progress.total), 0., 1.);
  const auto filled = static_cast<std::size_t>(part * kWidth);
  auto text = fmt::format("[{}{}] {:3.0f} %  {}  {} of {} {}", std::string(filled, '='),
                          std::string(kWidth - filled, ' '), part * 100, progress.stage,
                          countText(progress.done), countText(progress.total), progress.unit);
  if (progress.secondsLeft > 0) {
    text += fmt::format(", {} left", durationText(progress.secondsLeft));
  }
  return text;
}

}  // namespace

Output::Output(OutputStyle style)
    : m_style(style), m_terminal(!style.json && !style.quiet && ::isatty(STDERR_FILENO) == 1) {}

Output::~Output() {
  noLongerTo();
}

void Output::noLongerTo() {
  if (m_eventFile >= 0) {
    ::close(std::exchange(m_eventFile, -1));
  }
}

void Output::alsoTo(const std::filesystem::path& eventFile) {
  noLongerTo();
  const bool isCut = endsInsideALine(eventFile);
  m_eventFile = ::open(eventFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  m_eventFileName = eventFile.string();
  if (m_eventFile < 0) {
    throw Error(ErrorKind::Io, fmt::format("{}: cannot be opened for writing: {}", m_eventFileName,
                                           systemReason(errno)));
  }
  if (isCut) {
    record("");
  }
}

bool Output::tryRecord(const std::string& line) const {
  return m_eventFile < 0 || writeAll(m_eventFile, line + "\n");
}

void Output::record(const std::string& line) const {
  if (!tryRecord(line)) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be written: {}", m_eventFileName, systemReason(errno)));
  }
}

void Output::progress(const Progress& progress) {
  if (const auto event = m_meter.report(progress, ProgressMeter::Clock::now())) {
    show(*event);
  }
}

ProgressSink Output::progressSink() {
  return [this](const Progress& report) { progress(report); };
}

void Output::showHeldBack() {
  if (const auto event = m_meter.takeHeldBack()) {
    show(*event);
  }
}

void Output::event(const runs::RunEvent& event) {
  show(event);
}

void Output::show(const runs::RunEvent& event) {
  const auto line = runs::toLine(event);
  record(line);
  if (m_style.quiet) {
    return;
  }
  if (m_style.json) {
    writeAll(STDOUT_FILENO, line + "\n");
    return;
  }
  if (const auto* progress = std::get_if<runs::ProgressEvent>(&event)) {
    showProgressText(*progress);
  } else if (const auto* metric = std::get_if<runs::MetricEvent>(&event)) {
    showMetricText(*metric);
  } else if (const auto* message = std::get_if<runs::MessageEvent>(&event)) {
    endTextLines();
    writeAll(STDOUT_FILENO, message->text + "\n");
  } else if (const auto* status = std::get_if<runs::StatusEvent>(&event)) {
    endTextLines();
    writeAll(STDOUT_FILENO, fmt::format("Run {}: {}\n", status->run, status->status));
  }
}

void Output::showProgressText(const runs::ProgressEvent& progress) {
  if (m_terminal) {
    writeAll(STDERR_FILENO, "\r\x1b[K" + barText(progress));
    m_barShown = true;
  } else if (m_stagesShown.insert(progress.stage).second) {
    writeAll(STDERR_FILENO, progress.stage + " …\n");
  }
}

void Output::showMetricText(const runs::MetricEvent& metric) {
  if (metric.metric != "loss" && metric.metric != "auprc") {
    return;  // the rest would not fit a line; the table at the end has all
  }
  if (metric.step != m_metricStep) {
    endTextLines();
    m_metricStep = metric.step;
    m_metricLine = fmt::format("{} {:>3}", m_stepWord, metric.step);
  }
  m_metricLine += fmt::format("  {} {} {:.3f}", metric.part, metric.metric, metric.value);
}

void Output::endTextLines() {
  if (m_barShown) {
    writeAll(STDERR_FILENO, "\r\x1b[K");
    m_barShown = false;
  }
  if (!m_metricLine.empty()) {
    writeAll(STDOUT_FILENO, m_metricLine + "\n");
    m_metricLine.clear();
  }
}

void Output::result(const runs::ResultEvent& result, std::string_view text) {
  showHeldBack();
  const auto line = runs::toLine(result);
  record(line);
  endTextLines();
  if (m_style.json) {
    writeAll(STDOUT_FILENO, line + "\n");
  } else if (!text.empty()) {
    writeAll(STDOUT_FILENO, text.back() == '\n' ? std::string(text) : std::string(text) + "\n");
  }
}

void Output::error(const runs::ErrorEvent& error) {
  const auto line = runs::toLine(error);
  endTextLines();
  if (m_style.json) {
    writeAll(STDOUT_FILENO, line + "\n");
  } else {
    writeAll(STDERR_FILENO, fmt::format("twofold-worker: {}\n", error.message));
  }
  // The disk may be what failed; stdout and the exit status have said so already.
  (void)tryRecord(line);
}

bool Output::answer(const formats::Json& json) {
  return writeAll(STDOUT_FILENO,
                  json.dump(-1, ' ', false, formats::Json::error_handler_t::replace) + "\n");
}

}  // namespace twofold::app
