// Sends one operation over many keep-alive connections, as fast as the server answers, and prints
// how many were answered a second and how long they took. It signs its requests before it starts
// (a signature is good for fifteen minutes), so that the client is not what is measured.
//
//   load --endpoint http://127.0.0.1:4566 --service acm-pca --target ACMPrivateCA.IssueCertificate
//        --body-file issue.json --connections 64 --seconds 5
//
// Credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; region: AWS_DEFAULT_REGION.
// --record FILE writes each answer's body as a line, as soon as it has arrived.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "aws/sigv4/signer.h"
#include "clock/clock.h"

namespace {

using namespace everseal;
using SteadyClock = std::chrono::steady_clock;

struct Settings {
  std::string endpoint, service, target, body_file, record;
  int connections = 64;
  double seconds = 5;
  long requests = 0;  // 0: as many as fit into the seconds
};

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

Address address_of(const std::string& endpoint) {
  const std::string prefix = "http://";
  const auto colon = endpoint.rfind(':');
  if (!endpoint.starts_with(prefix) || colon <= prefix.size()) {
    std::cerr << "load: the endpoint must look like http://127.0.0.1:4566\n";
    std::exit(2);
  }
  return {endpoint.substr(prefix.size(), colon - prefix.size()),
          static_cast<std::uint16_t>(std::stoi(endpoint.substr(colon + 1)))};
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) {
    std::cerr << "load: " << name << " is not set\n";
    std::exit(2);
  }
  return value;
}

std::string file_content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The bytes of one signed request.
std::string signed_request(const Settings& settings, const std::string& body) {
  const auto address = address_of(settings.endpoint);
  const auto secret = SecretBytes::copy_of(environment("AWS_SECRET_ACCESS_KEY"));
  http::RequestHead head;
  head.method = "POST";
  head.target = "/";
  head.headers.add("Host", address.host + ":" + std::to_string(address.port));
  head.headers.add("Content-Type", "application/x-amz-json-1.1");
  head.headers.add("X-Amz-Target", settings.target);
  aws::sigv4::sign(head, as_bytes(body),
                   {.access_key_id = environment("AWS_ACCESS_KEY_ID"),
                    .secret = secret,
                    .session_token = {},
                    .region = environment("AWS_DEFAULT_REGION"),
                    .service = settings.service},
                   WallClock().now());
  std::string bytes = "POST / HTTP/1.1\r\n";
  for (const auto& header : head.headers) bytes += header.name + ": " + header.value + "\r\n";
  return bytes + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// One connection with at most one request under way.
struct Connection {
  int socket = -1;
  std::string received;
  std::size_t unsent = 0;  // of the request
  SteadyClock::time_point started;
};

int connect_to(const Address& address) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(address.port);
  const int on = 1;
  if (handle < 0 || inet_pton(AF_INET, address.host.c_str(), &where.sin_addr) != 1 ||
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets API
      ::connect(handle, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) != 0) {
    std::cerr << "load: cannot connect\n";
    std::exit(1);
  }
  setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  fcntl(handle, F_SETFL, O_NONBLOCK);
  return handle;
}

// The length of the first whole answer in the buffer, or 0; its status and where its body begins.
struct Answer {
  std::size_t length = 0;
  int status = 0;
  std::size_t body_at = 0;
};

Answer first_answer(const std::string& received) {
  const auto head_end = received.find("\r\n\r\n");
  if (head_end == std::string::npos) return {};
  std::string head = received.substr(0, head_end);
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  std::size_t body = 0;
  const auto field = head.find("\r\ncontent-length: ");
  if (field != std::string::npos) {
    std::from_chars(head.data() + field + 18, head.data() + head.size(), body);
  }
  Answer answer;
  answer.body_at = head_end + 4;
  if (received.size() < answer.body_at + body) return {};
  answer.length = answer.body_at + body;
  std::from_chars(received.data() + 9, received.data() + 12, answer.status);
  return answer;
}

class Load {
 public:
  Load(const Settings& settings, std::string request)
      : settings_(settings), request_(std::move(request)), poll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (!settings.record.empty()) record_ = std::fopen(settings.record.c_str(), "a");
    connections_.resize(static_cast<std::size_t>(settings.connections));
  }

  int run() {
    const auto address = address_of(settings_.endpoint);
    for (std::size_t at = 0; at < connections_.size(); ++at) {
      connections_[at].socket = connect_to(address);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = at;
      epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[at].socket, &event);
    }
    started_ = SteadyClock::now();
    for (auto& connection : connections_) send_next(connection);
    std::array<epoll_event, 64> events{};
    while (!finished()) {
      const int count = epoll_wait(poll_, events.data(), events.size(), 100);
      for (int at = 0; at < count; ++at) {
        receive(connections_[events[static_cast<std::size_t>(at)].data.u64]);
      }
      if (lost_ == connections_.size()) break;
    }
    report();
    return failed_ == 0 && lost_ == 0 ? 0 : 1;
  }

 private:
  bool more_to_send() const {
    if (settings_.requests > 0) return sent_ < settings_.requests;
    return std::chrono::duration<double>(SteadyClock::now() - started_).count() < settings_.seconds;
  }
  bool finished() const { return !more_to_send() && under_way_ == 0; }

  void send_next(Connection& connection) {
    if (!more_to_send()) return;
    connection.started = SteadyClock::now();
    // A request is smaller than the socket's buffer, which is empty: one write takes it all.
    if (::send(connection.socket, request_.data(), request_.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request_.size())) {
      lose(connection);
      return;
    }
    ++sent_;
    ++under_way_;
    connection.unsent = request_.size();
  }

  void receive(Connection& connection) {
    std::array<char, 16384> space{};
    const auto got = ::recv(connection.socket, space.data(), space.size(), 0);
    if (got <= 0) {
      if (connection.unsent > 0) --under_way_;
      lose(connection);
      return;
    }
    connection.received.append(space.data(), static_cast<std::size_t>(got));
    const Answer answer = first_answer(connection.received);
    if (answer.length == 0) return;
    take(connection, answer);
    send_next(connection);
  }

  void take(Connection& connection, const Answer& answer) {
    --under_way_;
    connection.unsent = 0;
    latencies_.push_back(
        std::chrono::duration<double, std::milli>(SteadyClock::now() - connection.started).count());
    if (answer.status != 200) {
      if (failed_++ == 0) std::cerr << connection.received.substr(0, 600) << '\n';
    } else if (record_ != nullptr) {
      std::fprintf(record_, "%.*s\n", static_cast<int>(answer.length - answer.body_at),
                   connection.received.data() + answer.body_at);
      std::fflush(record_);
    }
    connection.received.erase(0, answer.length);
  }

  void lose(Connection& connection) {
    ++lost_;
    epoll_ctl(poll_, EPOLL_CTL_DEL, connection.socket, nullptr);
    ::close(connection.socket);
  }

  void report() {
    const double took = std::chrono::duration<double>(SteadyClock::now() - started_).count();
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [&](double part) {
      if (latencies_.empty()) return 0.0;
      return latencies_[static_cast<std::size_t>(part *
                                                 static_cast<double>(latencies_.size() - 1))];
    };
    std::printf(R"({"answered": %zu, "failed": %ld, "lost": %zu, "per_second": %.1f, )"
                R"("median_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f})"
                "\n",
                latencies_.size(), failed_, lost_, static_cast<double>(latencies_.size()) / took,
                at(0.5), at(0.99), at(1.0));
  }

  const Settings& settings_;
  const std::string request_;
  const int poll_;
  std::FILE* record_ = nullptr;
  std::vector<Connection> connections_;
  std::vector<double> latencies_;
  SteadyClock::time_point started_;
  long sent_ = 0;
  long failed_ = 0;
  std::size_t lost_ = 0;
  int under_way_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app{"Sends one signed operation over many connections"};
  app.add_option("--endpoint", settings.endpoint)->required();
  app.add_option("--service", settings.service, "signing name")->required();
  app.add_option("--target", settings.target, "X-Amz-Target")->required();
  app.add_option("--body-file", settings.body_file)->required();
  app.add_option("--connections", settings.connections)->check(CLI::Range(1, 4096));
  app.add_option("--seconds", settings.seconds)->check(CLI::Range(0.1, 600.0));
  app.add_option("--requests", settings.requests)->check(CLI::Range(1L, 100'000'000L));
  app.add_option("--record", settings.record);
  CLI11_PARSE(app, argc, argv);
  const auto request = signed_request(settings, file_content(settings.body_file));
  return Load(settings, request).run();
}
