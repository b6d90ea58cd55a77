#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <condition_variable>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clock/clock.h"
#include "descriptor/descriptor.h"
#include "gateway/haproxy/haproxy_gateway.h"
#include "http/client.h"
#include "http/server.h"
#include "log/testing/log_lines.h"
#include "result/testing/need.h"
#include "temporary_folder/temporary_folder.h"
#include "tls/testing/identity.h"

// For the tests of this folder: a real HAProxy between a client and a target.
namespace everseal::gateway::haproxy {

inline constexpr std::chrono::seconds kPatience{60};  // a test that waits longer has failed

// Asks again and again until it is so. Whether it is.
inline bool wait_until(const std::function<bool()>& is_so) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 10);  // leaves the processor to what is waited for
  }
  return true;
}

// A free port of loopback that is given to nobody else; who asks for it by name and sets
// SO_REUSEADDR, as HAProxy does, can listen there.
class FreePort {
 public:
  FreePort() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int on = 1;
    setsockopt(socket_.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const general = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    if (bind(socket_.number(), general, length) != 0 ||
        getsockname(socket_.number(), general, &length) != 0) {
      throw std::runtime_error("no free port");
    }
    number_ = ntohs(address.sin_port);
  }
  std::uint16_t number() const { return number_; }

 private:
  Descriptor socket_;
  std::uint16_t number_ = 0;
};

// Answers "target: GET /path", and remembers what it was asked.
class TestTarget final : public http::Handler {
 public:
  explicit TestTarget(std::string name = "target") : name_(std::move(name)) {
    http::Options options{.listen = {http::Listen{}}, .workers = 2, .limits = {}, .tls = nullptr};
    server_ = need(http::Server::open(std::move(options), *this, clock_, log_));
    server_->serve();
  }
  std::uint16_t port() const { return server_->listening().front().port; }

  http::Route route(const http::RequestHead&) override {
    const std::lock_guard lock(mutex_);
    ++heads_;
    changed_.notify_all();
    return http::WholeBody{100'000};
  }
  http::Response respond(http::Request request) override {
    http::Response response{.status = 200, .headers = answered};
    response.body = name_ + ": " + request.head.method + " " + request.head.target;
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(request.head));
    return response;
  }
  std::vector<http::RequestHead> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  // Until that many have begun.
  void wait_for_heads(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [&] { return heads_ >= count; });
  }
  http::Headers answered;  // with each answer; to be set before the first

  // The last request's.
  std::string header(std::string_view name) const {
    const auto all = requests();
    return all.empty() ? "(no request)"
                       : std::string(all.back().headers.find(name).value_or("(none)"));
  }

 private:
  std::string name_;
  WallClock clock_;
  LogLines lines_;
  Log log_{clock_, LogLevel::Debug, lines_.sink()};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t heads_ = 0;
  std::vector<http::RequestHead> requests_;
  std::unique_ptr<http::Server> server_;
};

// What the gateway tells of deaths.
class Deaths {
 public:
  void add(const std::string& ending) {
    const std::lock_guard lock(mutex_);
    all_.push_back(ending);
    changed_.notify_all();
  }
  std::string first() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [&] { return !all_.empty(); });
    return all_.empty() ? "(none)" : all_.front();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> all_;
};

struct TestGateway {
  TemporaryFolder folder = TemporaryFolder::quick();
  WallClock clock;
  LogLines lines;
  Log log{clock, LogLevel::Debug, lines.sink()};
  Deaths deaths;
  FreePort port;
  TestTarget target;
  tls::ServerIdentity identity = tls::testing::make_identity("edge");
  Settings settings{.folder = folder / "gateway",
                    .threads = 1,
                    .patience = kPatience,
                    .start_patience = kPatience};
  State state;
  std::unique_ptr<HaproxyGateway> gateway;

  TestGateway() {
    state.target_groups = {{.id = "group", .health_check = {.enabled = false}, .targets = {one()}}};
    state.load_balancers = {{.id = "edge", .listeners = {listener()}}};
  }

  Target one() const { return {.id = "one", .address = "127.0.0.1", .port = target.port()}; }
  static Action to(std::string group) { return Forward{.shares = {{std::move(group), 1}}}; }
  Listener listener() const {
    return {.id = "listener",
            .port = port.number(),
            .tls = Tls{.certificate = "certificate"},
            .rules = {},
            .otherwise = to("group")};
  }
  Listener& the_listener() { return state.load_balancers.front().listeners.front(); }
  MutualTls& mutual() { return the_listener().tls->mutual; }

  // After settings and state are what the test wants.
  HaproxyGateway& start() {
    open();
    need(gateway->set_certificate("certificate", identity));
    need(gateway->apply(state));
    return *gateway;
  }
  // The same where its patience is so little that a busy machine might use it up.
  HaproxyGateway& start_with_little_patience() {
    settings.patience = std::chrono::milliseconds(500);
    open();
    need(gateway->set_certificate("certificate", identity));
    EXPECT_TRUE(wait_until([&] { return gateway->apply(state).has_value(); }));
    return *gateway;
  }
  HaproxyGateway& open() {
    gateway = need(HaproxyGateway::create(
        settings, log, [this](const std::string& ending) { deaths.add(ending); }));
    return *gateway;
  }

  // As when the program is started again. Until the first apply.
  HaproxyGateway& open_again() {
    gateway.reset();
    return open();
  }

  RuntimeApi api() const { return {settings.folder / "master.sock", kPatience}; }
  pid_t worker() const { return need(api().processes()).worker; }

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port.number()); }
  std::unique_ptr<http::Client> client_trusting(const tls::ServerIdentity& trusted) const {
    const auto file = folder / "trusted.pem";
    std::ofstream(file) << tls::testing::pem_of(trusted);
    return need(http::Client::create(need(http::Url::parse(url())),
                                     {.ca_file = file, .timeout = kPatience}));
  }
  std::unique_ptr<http::Client> client() const { return client_trusting(identity); }
};

inline http::RequestHead get(std::string path) {
  return {.method = "GET", .target = std::move(path)};
}

// "200 target: GET /x", or why there is no answer.
inline std::string answer_to(http::Client& client, const http::RequestHead& head) {
  const auto response = client.send(head, "");
  if (!response) return response.error().cause;
  return std::to_string(response->status) + " " + response->body;
}

}  // namespace everseal::gateway::haproxy
