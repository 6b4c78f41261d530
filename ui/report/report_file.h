// The report of an experiment of a project, as a file.
#pragma once

#include <QString>
#include <filesystem>
#include <stop_token>
#include <string>

namespace twofold::ui {

/// A name that ends in .pdf is PDF, any other HTML. Any thread, with a connection of its own.
/// Throws as report::factsOf() and writePdf(); StopRequested.
void writeReport(const std::filesystem::path& project, const std::string& experiment,
                 const QString& file, const std::stop_token& stop);

}  // namespace twofold::ui
