#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "clock/time_text.h"
#include "http/client.h"
#include "http/client_socket.h"
#include "http/server.h"
#include "log/testing/log_lines.h"
#include "temporary_folder/temporary_folder.h"
#include "tls/context.h"
#include "tls/testing/identity.h"

// For the tests of this folder: a server whose handler says what the test wants, and a client that
// sends whatever octets the test wants.
namespace everseal::http {

inline constexpr std::chrono::seconds kPatience{20};  // a test that waits longer has failed

// As it stands: bodies of at most 1000 octets, answered with the method, the target and the body.
class TestHandler final : public Handler {
 public:
  using Opened = std::variant<std::unique_ptr<BodySink>, Response>;

  std::function<Route(const RequestHead&)> on_route = [](const RequestHead&) {
    return Route{WholeBody{1000}};
  };
  std::function<std::optional<Response>(const Request&)> on_respond_now = [](const Request&) {
    return std::nullopt;
  };
  std::function<Response(Request)> on_respond = [](const Request& request) {
    Response response{.status = 200};
    response.body = request.head.method + " " + request.head.target + " " + request.body;
    return response;
  };
  std::function<Opened(RequestHead)> on_open;
  std::function<Response(Refusal)> on_refuse;  // if the test has words of its own

  Route route(const RequestHead& head) override { return on_route(head); }
  std::optional<Response> respond_now(const Request& request) override {
    return on_respond_now(request);
  }
  Response respond(Request request) override { return on_respond(std::move(request)); }
  Opened open(RequestHead head) override { return on_open(std::move(head)); }
  Response refuse(Refusal refusal, const RequestHead* head) override {
    return on_refuse ? on_refuse(refusal) : Handler::refuse(refusal, head);
  }
};

struct TestServer {
  ManualClock clock{*parse_iso8601("2025-01-02T03:04:05Z")};
  LogLines lines;
  Log log{clock, LogLevel::Debug, lines.sink()};
  TestHandler handler;
  Options options{.listen = {Listen{}}, .workers = 2, .limits = {}, .tls = nullptr};
  std::unique_ptr<Server> server;

  TestServer() = default;
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  // After the options and the handler are what the test wants.
  TestServer& start() {
    auto opened = Server::open(options, handler, clock, log);
    if (!opened) throw std::runtime_error(opened.error().cause);
    server = *std::move(opened);
    server->serve();
    return *this;
  }
  std::uint16_t port() const { return server->listening().front().port; }
};

// A connection on which a test says what no client would say.
class RawClient {
 public:
  explicit RawClient(const TestServer& server)
      : socket_(*ClientSocket::connect("127.0.0.1", server.port(), deadline())) {}

  RawClient& say(std::string_view octets) {
    // A server that has refused need not take all of it.
    static_cast<void>(socket_.send(octets, deadline()).has_value());
    return *this;
  }
  Outcome try_to_say(std::string_view octets, std::chrono::milliseconds time) {
    return socket_.send(octets, std::chrono::steady_clock::now() + time);
  }
  void end_sending() { socket_.end_sending(); }

  // What comes up to and with that text, or all if the connection ends before.
  std::string hear_until(std::string_view end) {
    for (;;) {
      const auto at = heard_.find(end);
      if (at != std::string::npos) {
        auto found = heard_.substr(0, at + end.size());
        heard_.erase(0, at + end.size());
        return found;
      }
      if (!hear_more()) return std::exchange(heard_, {});
    }
  }
  // All there is until the server ends the connection.
  std::string hear_all() {
    while (hear_more()) {
    }
    return std::exchange(heard_, {});
  }
  // The connection has ended, and nothing more was said.
  bool has_ended() { return hear_all().empty(); }

 private:
  static ClientSocket::Deadline deadline() { return std::chrono::steady_clock::now() + kPatience; }
  bool hear_more() {
    std::string portion(64 * 1024, '\0');
    const auto count = socket_.receive(portion, deadline());
    if (!count || *count == 0) return false;
    heard_.append(portion, 0, *count);
    return true;
  }

  ClientSocket socket_;
  std::string heard_;
};

inline std::unique_ptr<Client> client_of(const TestServer& server) {
  auto url = *Url::parse("http://127.0.0.1:" + std::to_string(server.port()));
  return *Client::create(std::move(url), {.ca_file = {}, .timeout = kPatience});
}

// A client that trusts that identity and no other.
inline std::unique_ptr<Client> tls_client_of(const TestServer& server,
                                             const tls::ServerIdentity& trusted) {
  const TemporaryFolder folder;
  const auto file = folder / "ca.pem";
  std::ofstream(file) << tls::testing::pem_of(trusted);
  auto url = *Url::parse("https://127.0.0.1:" + std::to_string(server.port()));
  return *Client::create(std::move(url), {.ca_file = file, .timeout = kPatience});
}

inline RequestHead get(std::string target) {
  return {.method = "GET", .target = std::move(target)};
}
inline RequestHead post(std::string target) {
  return {.method = "POST", .target = std::move(target)};
}

}  // namespace everseal::http
