#include "services/lambda/runtime/runtime_api.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "clock/time_text.h"
#include "http/response_text.h"

namespace everseal::lambda::runtime {
namespace {

constexpr std::size_t most_connections = 16;
constexpr std::string_view base = "/2018-06-01/runtime/";
constexpr std::string_view status_ok = R"({"status":"OK"})";

}  // namespace

void RuntimeApi::give(const Event& event, TimePoint deadline) {
  event_ = event;
  deadline_ = deadline;
  said_.reset();
  for (auto& connection : connections_) {
    if (!connection.waits || !event_) continue;
    hand_out(connection);
    flush(connection);
  }
}

std::optional<Said> RuntimeApi::take_said() { return std::exchange(said_, std::nullopt); }

bool RuntimeApi::is_ready() const {
  for (const auto& connection : connections_) {
    if (connection.waits) return true;
  }
  return false;
}

void RuntimeApi::add_to(std::vector<pollfd>& wanted) const {
  wanted.push_back({listening_, POLLIN, 0});
  for (const auto& connection : connections_) {
    const short events = connection.outgoing.empty() ? POLLIN : POLLIN | POLLOUT;
    wanted.push_back({connection.socket.number(), events, 0});
  }
}

void RuntimeApi::serve() {
  accept_all();
  connections_.remove_if([this](Connection& connection) { return !serve(connection); });
}

void RuntimeApi::accept_all() {
  pollfd wanted{.fd = listening_, .events = POLLIN, .revents = 0};
  while (connections_.size() < most_connections && poll(&wanted, 1, 0) > 0) {
    Descriptor socket(accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.is_open()) return;
    connections_.emplace_back(std::move(socket), limits_);
  }
}

bool RuntimeApi::serve(Connection& connection) {
  const bool open = read(connection);
  while (!connection.ends && understand(connection)) handle(connection);
  if (!flush(connection)) return false;
  return open && !(connection.ends && connection.outgoing.empty());
}

bool RuntimeApi::read(Connection& connection) {
  std::array<char, 64 << 10> space;
  while (connection.incoming.size() < longest_response) {
    const auto size = recv(connection.socket.number(), space.data(), space.size(), 0);
    if (size == 0) return false;
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    connection.incoming.append(space.data(), static_cast<std::size_t>(size));
  }
  return true;
}

// Whether a whole request is there now.
bool RuntimeApi::understand(Connection& connection) {
  auto& [socket, parser, incoming, head, body, outgoing, waits, ends] = connection;
  if (!head) {
    std::size_t taken = 0;
    auto read = parser.read_head(incoming, taken);
    if (!read) {
      refuse(connection, http::status_of(read.error()), "InvalidRequest", "not HTTP/1.1");
      ends = true;
      return false;
    }
    if (!*read) return false;
    incoming.erase(0, taken);
    head = **std::move(read);
    if (head->expects_continue) outgoing += http::kContinue;
    if (!parser.limit_body(longest_response)) {
      take(connection, Said::Kind::TooLarge);
      return false;
    }
  }
  const auto taken = parser.read_body(incoming, body, longest_response + 1);
  if (!taken) {
    take(connection, Said::Kind::TooLarge);
    return false;
  }
  incoming.erase(0, *taken);
  return parser.is_done();
}

void RuntimeApi::handle(Connection& connection) {
  auto path = connection.head->request.path();
  const auto& method = connection.head->request.method;
  if (!word_.empty()) {
    const bool is_known = path.starts_with("/" + word_);
    path = is_known ? path.substr(1 + word_.size()) : std::string_view();
  }
  const bool is_ours = path.starts_with(base);
  if (is_ours) path.remove_prefix(base.size());
  const auto slash = path.rfind('/');
  const auto last = slash == path.npos ? path : path.substr(slash + 1);
  if (is_ours && method == "GET" && path == "invocation/next") {
    connection.waits = true;
    if (event_) hand_out(connection);
  } else if (is_ours && method == "POST" && path == "init/error") {
    take(connection, Said::Kind::InitError);
  } else if (is_ours && method == "POST" && path.starts_with("invocation/") &&
             (last == "response" || last == "error")) {
    const auto id = path.substr(0, slash).substr(std::string_view("invocation/").size());
    if (id != current_ || current_.empty()) {
      refuse(connection, 400, "InvalidRequestID", "Invalid request ID");
    } else {
      take(connection, last == "error" ? Said::Kind::Error : Said::Kind::Response);
    }
  } else {
    refuse(connection, 404, "NotFound", "There is no such operation");
  }
  connection.head.reset();
  connection.body.clear();
  connection.parser.begin();
}

void RuntimeApi::hand_out(Connection& connection) {
  connection.waits = false;
  http::Response response;
  response.headers = {{"Content-Type", "application/json"},
                      {"Lambda-Runtime-Aws-Request-Id", event_->request_id},
                      {"Lambda-Runtime-Deadline-Ms", std::to_string(to_millis(deadline_))},
                      {"Lambda-Runtime-Invoked-Function-Arn", event_->function_arn},
                      {"Lambda-Runtime-Trace-Id", event_->trace_id}};
  if (!event_->client_context.empty()) {
    response.headers.add("Lambda-Runtime-Client-Context", event_->client_context);
  }
  response.body = std::move(event_->payload);
  http::append_head(connection.outgoing, response, {.keep_alive = true}, /*keep_alive=*/true,
                    to_http_date(wall_.now()));
  connection.outgoing += response.body;
  current_ = std::move(event_->request_id);
  event_.reset();
}

void RuntimeApi::take(Connection& connection, Said::Kind kind) {
  if (!said_) said_ = Said{kind, std::move(connection.body)};
  current_.clear();
  if (kind != Said::Kind::TooLarge) return answer(connection, 202, status_ok);
  refuse(connection, 413, "RequestEntityTooLarge",
         "Exceeded maximum allowed payload size (6291556 bytes).");
  connection.ends = true;
}

void RuntimeApi::answer(Connection& connection, int status, std::string_view body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = body;
  http::append_head(connection.outgoing, response, {.keep_alive = true}, /*keep_alive=*/true,
                    to_http_date(wall_.now()));
  connection.outgoing += response.body;
}

void RuntimeApi::refuse(Connection& connection, int status, std::string_view type,
                        std::string_view text) {
  answer(connection, status,
         R"({"errorMessage":")" + std::string(text) + R"(","errorType":")" + std::string(type) +
             R"("})");
}

bool RuntimeApi::flush(Connection& connection) {
  auto& outgoing = connection.outgoing;
  while (!outgoing.empty()) {
    const auto sent =
        send(connection.socket.number(), outgoing.data(), outgoing.size(), MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EINTR;
    outgoing.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace everseal::lambda::runtime
