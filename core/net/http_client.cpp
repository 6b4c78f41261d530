#include "core/net/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/base/progress.h"

namespace twofold::net {

namespace {

struct Headers {
  curl_slist* list = nullptr;

  Headers() = default;
  ~Headers() { curl_slist_free_all(list); }
  Headers(const Headers&) = delete;
  Headers& operator=(const Headers&) = delete;

  void add(const std::string& line) {
    curl_slist* longer = curl_slist_append(list, line.c_str());
    if (longer == nullptr) {
      throw Error(ErrorKind::Memory, "there is no memory for a request");
    }
    list = longer;
  }
};

struct Answer {
  std::string body;
  std::size_t most = 0;
  bool isTooLong = false;
  const std::stop_token* stop = nullptr;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* target) {
  auto& answer = *static_cast<Answer*>(target);
  if (count > answer.most - answer.body.size()) {
    answer.isTooLong = true;
    return 0;
  }
  answer.body.append(bytes, count);
  return count;
}

int stopWanted(void* target, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Answer*>(target)->stop->stop_requested() ? 1 : 0;
}

Error noAnswer(CURLcode code, const std::string& server, const HttpLimits& limits) {
  const auto io = [](const std::string& text) { return Error(ErrorKind::Io, text); };
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return io(fmt::format("{}: no host of this name is known; check the URL", server));
    case CURLE_COULDNT_CONNECT:
      return io(fmt::format("{}: nobody answers; is the server running at this URL?", server));
    case CURLE_OPERATION_TIMEDOUT:
      return io(
          fmt::format("{}: no whole answer within {} s; repeat it when the server has less "
                      "to do",
                      server, static_cast<double>(limits.whole.count()) / 1000));
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return io(
          fmt::format("{}: the server broke off ({}); is it still running? Repeat the command "
                      "then",
                      server, curl_easy_strerror(code)));
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {ErrorKind::Usage, fmt::format("{}: no URL of http or https; write it as in "
                                            "http://localhost:5000",
                                            server)};
    case CURLE_PEER_FAILED_VERIFICATION:
      return io(
          fmt::format("{}: the server's certificate is not one that this machine trusts; add "
                      "its authority to the machine's certificates",
                      server));
    default:
      return io(fmt::format("{}: {}", server, curl_easy_strerror(code)));
  }
}

}  // namespace

struct HttpClient::Connection {
  CURL* handle = curl_easy_init();
  HttpLogin login;
  HttpLimits limits;

  Connection() = default;
  ~Connection() { curl_easy_cleanup(handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  template <class Value>
  void set(CURLoption option, Value value) const {
    if (const CURLcode code = curl_easy_setopt(handle, option, value); code != CURLE_OK) {
      throw Error(ErrorKind::Internal, fmt::format("libcurl: {}", curl_easy_strerror(code)));
    }
  }

  void prepare(const HttpRequest& request, Headers& headers, Answer& answer) const;
};

void HttpClient::Connection::prepare(const HttpRequest& request, Headers& headers,
                                     Answer& answer) const {
  curl_easy_reset(handle);  // the connection stays
  for (const auto& line : request.headers) {
    headers.add(line);
  }
  if (!login.token.empty()) {
    headers.add("Authorization: Bearer " + login.token);
  } else if (!login.user.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERNAME, login.user.c_str());
    set(CURLOPT_PASSWORD, login.password.c_str());
  }
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
  if (request.method != "GET") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    headers.add("Expect:");  // or libcurl waits a second before it sends a long body
    // On a kept connection that the server closes libcurl sends a request again by itself, which
    // may have been heard the first time.
    set(CURLOPT_FRESH_CONNECT, 1L);
  }
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  set(CURLOPT_HTTPHEADER, headers.list);
  set(CURLOPT_WRITEFUNCTION, &take);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&answer));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &stopWanted);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(&answer));
}

HttpClient::HttpClient(HttpLogin login, const HttpLimits& limits)
    : m_connection(std::make_unique<Connection>()) {
  if (m_connection->handle == nullptr) {
    throw Error(ErrorKind::Memory, "libcurl cannot get memory");
  }
  for (const std::string* text : {&login.user, &login.password, &login.token}) {
    if (text->find_first_of("\r\n") != std::string::npos) {
      throw Error(ErrorKind::Usage,
                  "the login for the server has a line break in it; a user, a password or a token "
                  "is one line");
    }
  }
  m_connection->login = std::move(login);
  m_connection->limits = limits;
}

HttpClient::~HttpClient() = default;

HttpAnswer HttpClient::send(const HttpRequest& request, const std::stop_token& stop) {
  throwIfStopped(stop);
  Headers headers;
  Answer answer{{}, m_connection->limits.answerBytes, false, &stop};
  m_connection->prepare(request, headers, answer);
  const CURLcode code = curl_easy_perform(m_connection->handle);
  if (answer.isTooLong) {
    throw Error(ErrorKind::Io, fmt::format("{}: an answer of more than {} MiB; is this the right "
                                           "server?",
                                           serverOf(request.url), answer.most >> 20U));
  }
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    throw StopRequested{};
  }
  if (code != CURLE_OK) {
    throw noAnswer(code, serverOf(request.url), m_connection->limits);
  }
  long status = 0;
  curl_easy_getinfo(m_connection->handle, CURLINFO_RESPONSE_CODE, &status);
  return {static_cast<int>(status), std::move(answer.body)};
}

std::string serverOf(const std::string& url) {
  const auto scheme = url.find("://");
  const auto start = scheme == std::string::npos ? 0 : scheme + 3;
  const auto end = url.find_first_of("/?#", start);
  const auto at = url.rfind('@', end);
  const auto host = at != std::string::npos && at >= start ? at + 1 : start;
  return url.substr(0, start) + url.substr(host, end == std::string::npos ? end : end - host);
}

std::string urlEncoded(const std::string& text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace twofold::net
