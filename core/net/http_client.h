// One HTTP request at a time, none of which is sent twice unasked. The .cpp is the only user of
// libcurl.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace twofold::net {

/// Goes with every request; all empty: none. A token takes precedence over a user.
struct HttpLogin {
  std::string user;
  std::string password;
  std::string token;  // "Authorization: Bearer …"
};

struct HttpLimits {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds whole{60'000};  // of one request and its answer
  std::size_t answerBytes = 64U << 20U;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
};

struct HttpAnswer {
  int status = 0;  // of HTTP; every one is an answer
  std::string body;
};

class HttpClient {
 public:
  /// Throws Error(Usage) for a login that cannot be a header.
  HttpClient(HttpLogin login, const HttpLimits& limits);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// http and https only; redirections are answers and not followed, so that a login goes nowhere
  /// else. Throws Error(Io) where there is no whole answer, naming the server and the cure, never
  /// the login; StopRequested within a second after the token fires.
  [[nodiscard]] HttpAnswer send(const HttpRequest& request, const std::stop_token& stop);

 private:
  struct Connection;
  std::unique_ptr<Connection> m_connection;
};

/// "http://host:5000" of an URL.
[[nodiscard]] std::string serverOf(const std::string& url);

/// Text as it may stand in an URL's query.
[[nodiscard]] std::string urlEncoded(const std::string& text);

}  // namespace twofold::net
