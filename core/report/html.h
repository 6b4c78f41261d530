// A report as one HTML file that needs nothing else: styles and figures in it, no scripts, no
// links.
#pragma once

#include <string>

#include "core/report/report.h"

namespace twofold::report {

/// Well-formed XML behind its DOCTYPE. Light or dark as the reader's system says; light and on A4
/// when printed.
[[nodiscard]] std::string htmlOf(const Report& report);

}  // namespace twofold::report
