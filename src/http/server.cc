#include "http/server.h"

#include <fcntl.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <thread>
#include <unordered_map>
#include <utility>

#include "http/connection.h"

namespace everseal::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kMostExcess = 256;  // connections that are told that there are too many
constexpr std::chrono::milliseconds kAcceptAgain{50};  // when the system is out of descriptors

// One thread and the connections it serves.
class Loop {
 public:
  explicit Loop(Shared& shared)
      : shared_(shared), sweep_(context_), sweep_every_(interval(shared)) {}

  void start() {
    sweep_later();
    thread_ = std::jthread([this] { context_.run(); });
  }
  void stop() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }
  // Runs it on the loop's thread, after all that was asked of that before; returns when it is done.
  template <class Work>
  void run_and_wait(const Work& work) {
    std::promise<void> done;
    asio::post(context_, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }

  asio::io_context& context() { return context_; }

  void welcome(tcp::socket socket, Welcome welcome) {
    if (shared_.stopping) return;
    auto connection = std::make_shared<Connection>(std::move(socket), shared_, welcome,
                                                   [this](Connection* gone) { forget(gone); });
    connections_.emplace(connection.get(), connection);
    connection->start();
  }
  void drain() {
    for_all([](Connection& connection) { connection.drain(); });
  }
  void end_all() {
    for_all([](Connection& connection) { connection.end(); });
  }

 private:
  using Connections = std::unordered_map<Connection*, std::shared_ptr<Connection>>;

  // Fine enough for the shortest limit.
  static std::chrono::milliseconds interval(const Shared& shared) {
    const auto& l = shared.limits;
    const auto shortest = std::min(
        {l.head, l.body_idle, l.whole_body, l.streamed_body, l.keep_alive, l.write_idle, l.linger});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
  }

  // A connection may end while it is looked at.
  template <class Use>
  void for_all(const Use& use) {
    std::vector<std::shared_ptr<Connection>> all;
    all.reserve(connections_.size());
    for (const auto& [_, connection] : connections_) all.push_back(connection);
    for (const auto& connection : all) use(*connection);
  }

  void forget(Connection* gone) { connections_.erase(gone); }

  // One timer for all, instead of one a connection that is set again with every request.
  void sweep_later() {
    sweep_.expires_after(sweep_every_);
    sweep_.async_wait([this](const error_code& error) {
      if (error) return;
      const auto now = std::chrono::steady_clock::now();
      for_all([&](Connection& connection) { connection.check_deadline(now); });
      sweep_later();
    });
  }

  Shared& shared_;
  asio::io_context context_{1};
  asio::steady_timer sweep_;
  const std::chrono::milliseconds sweep_every_;
  Connections connections_;
  std::jthread thread_;
};

using Loops = std::vector<std::unique_ptr<Loop>>;

// Takes connections on one address and gives them to the loops in turn.
class Acceptor {
 public:
  Acceptor(Loops& loops, Shared& shared)
      : loops_(loops),
        shared_(shared),
        acceptor_(loops[0]->context()),
        again_(loops[0]->context()) {}

  Result<Listen> open(const Listen& listen) {
    error_code error;
    const tcp::endpoint endpoint{asio::ip::make_address(listen.address, error), listen.port};
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return Fault::unavailable("listen on " + listen.text() + ": " + error.message());
    listening_ = listen;
    listening_.port = acceptor_.local_endpoint(error).port();
    return listening_;
  }

  // A socket that listens already, where no other machine can reach it.
  bool adopt(int listening) {
    const int own = fcntl(listening, F_DUPFD_CLOEXEC, 0);
    error_code error;
    if (own >= 0) acceptor_.assign(tcp::v4(), own, error);
    listening_ = {.plain = PlainHttp::Anywhere};
    return own >= 0 && !error;
  }

  void accept() {
    if (!acceptor_.is_open()) return;
    Loop& loop = *loops_[next_++ % loops_.size()];
    acceptor_.async_accept(loop.context(),
                           [this, &loop](const error_code& error, tcp::socket socket) {
                             if (error == asio::error::operation_aborted) return;
                             if (error) return accept_later();
                             welcome(loop, std::move(socket));
                             accept();
                           });
  }

  void close() {
    error_code ignored;
    acceptor_.close(ignored);
    again_.cancel();
  }

 private:
  void accept_later() {
    again_.expires_after(kAcceptAgain);
    again_.async_wait([this](const error_code& error) {
      if (!error) accept();
    });
  }

  void welcome(Loop& loop, tcp::socket socket) {
    ++shared_.connections_accepted;
    const auto open = shared_.connections_open.load();
    if (open >= shared_.limits.connections + kMostExcess) return;  // closes the socket
    const Welcome welcome{.takes_plain_http = listening_.takes_plain_http(),
                          .in_excess = open >= shared_.limits.connections};
    asio::post(loop.context(), [&loop, welcome, moved = std::move(socket)]() mutable {
      loop.welcome(std::move(moved), welcome);
    });
  }

  Loops& loops_;
  Shared& shared_;
  tcp::acceptor acceptor_;
  asio::steady_timer again_;
  Listen listening_;
  std::size_t next_ = 0;
};

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, Handler& handler, const Clock& clock, Log& log)
      : options_(std::move(options)),
        shared_(handler, clock, log, options_.limits, options_.tls, options_.workers) {
    const unsigned loops = std::max(options_.io_threads, 1u);
    for (unsigned i = 0; i < loops; ++i) loops_.push_back(std::make_unique<Loop>(shared_));
  }
  ~Impl() { stop(std::chrono::steady_clock::now()); }

  Outcome open() {
    for (const auto& listen : options_.listen) {
      auto acceptor = std::make_unique<Acceptor>(loops_, shared_);
      const auto listening = acceptor->open(listen);
      if (!listening) return listening.error();
      listening_.push_back(*listening);
      acceptors_.push_back(std::move(acceptor));
    }
    return {};
  }

  void serve() {
    for (auto& acceptor : acceptors_) acceptor->accept();
    for (auto& loop : loops_) loop->start();
    running_ = true;
  }

  std::shared_ptr<void> serve_also(int listening);
  void drain(std::chrono::steady_clock::time_point until);
  void stop(std::chrono::steady_clock::time_point until);
  const std::vector<Listen>& listening() const { return listening_; }
  Stats stats() const {
    return {shared_.connections_accepted, shared_.connections_open, shared_.requests,
            shared_.refused, shared_.workers.waiting()};
  }

 private:
  Options options_;
  Shared shared_;
  Loops loops_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
  std::vector<Listen> listening_;
  bool running_ = false;
};

std::shared_ptr<void> Server::Impl::serve_also(int listening) {
  auto acceptor = std::make_shared<Acceptor>(loops_, shared_);
  if (!acceptor->adopt(listening)) return nullptr;
  auto& context = loops_.front()->context();
  asio::post(context, [acceptor] { acceptor->accept(); });
  // Closed by the loop's thread; what the loop has at hand for the acceptor comes before the second
  // step.
  return {acceptor.get(), [acceptor, &context](Acceptor*) mutable {
            asio::post(context, [&context, moved = std::move(acceptor)]() mutable {
              moved->close();
              asio::post(context, [last = std::move(moved)] {});
            });
          }};
}

void Server::Impl::drain(std::chrono::steady_clock::time_point until) {
  if (!running_) return;
  if (!shared_.stopping.exchange(true)) {
    loops_.front()->run_and_wait([&] {
      for (auto& acceptor : acceptors_) acceptor->close();
    });
    for (auto& loop : loops_) loop->run_and_wait([&] { loop->drain(); });
  }
  shared_.wait_for_connections(until);
}

void Server::Impl::stop(std::chrono::steady_clock::time_point until) {
  if (!running_) return;
  drain(until);
  running_ = false;
  for (auto& loop : loops_) loop->run_and_wait([&] { loop->end_all(); });
  shared_.workers.stop();
  // What the workers still posted is done before the loops end.
  for (auto& loop : loops_) loop->run_and_wait([] {});
  for (auto& loop : loops_) loop->stop();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(Options options, Handler& handler, const Clock& clock,
                                             Log& log) {
  auto impl = std::make_unique<Impl>(std::move(options), handler, clock, log);
  if (const auto opened = impl->open(); !opened) return opened.error();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

void Server::serve() { impl_->serve(); }
std::shared_ptr<void> Server::serve_also(int listening) { return impl_->serve_also(listening); }
const std::vector<Listen>& Server::listening() const { return impl_->listening(); }
Stats Server::stats() const { return impl_->stats(); }
void Server::drain(std::chrono::steady_clock::time_point until) { impl_->drain(until); }
void Server::stop(std::chrono::milliseconds deadline) {
  impl_->stop(std::chrono::steady_clock::now() + deadline);
}

}  // namespace everseal::http
