// Checks that a call throws Error of one kind whose message holds a text.
#pragma once

#include <QTest>
#include <optional>
#include <string>

#include "core/base/error.h"

namespace twofold::tests {

template <class Call>
std::optional<Error> caught(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

}  // namespace twofold::tests

// A macro, so that a failure names the line of the test.
#define EXPECT_ERROR(expression, wantedKind, text)                                         \
  do {                                                                                     \
    const auto error_ = twofold::tests::caught([&] { static_cast<void>(expression); });    \
    QVERIFY2(error_.has_value(), "no error was thrown");                                   \
    QVERIFY2(std::string(error_->what()).find(text) != std::string::npos, error_->what()); \
    QCOMPARE(static_cast<int>(error_->kind()), static_cast<int>(wantedKind));              \
  } while (false)
