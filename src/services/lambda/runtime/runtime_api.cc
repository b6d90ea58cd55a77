#include "services/lambda/runtime/runtime_api.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "clock/time_text.h"
#include "http/response_text.h"

namespace everseal::lambda::runtime {
namespace {

constexpr std::size_t most_connections = 16;
constexpr std::string_view base = "/2018-06-01/runtime/";
constexpr std::string_view invocation = "invocation/";
constexpr std::string_view status_ok = R"({"status":"OK"})";
constexpr int too_large = 413;

// "response" of "invocation/7/response".
std::string_view end_of(std::string_view operation) {
  return operation.substr(operation.rfind('/') + 1);
}

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
  if (has_room()) wanted.push_back({listening_, POLLIN, 0});
  for (const auto& connection : connections_) {
    const short events = connection.outgoing.empty() ? POLLIN : POLLIN | POLLOUT;
    wanted.push_back({connection.socket.number(), events, 0});
  }
}

// Who has shown the word by now is not dropped for who comes.
void RuntimeApi::serve() {
  serve_all();
  accept_all();
  serve_all();
}

void RuntimeApi::serve_all() {
  connections_.remove_if([this](Connection& connection) { return !serve(connection); });
}

bool RuntimeApi::has_room() const {
  return connections_.size() < most_connections ||
         !std::ranges::all_of(connections_, &Connection::is_known);
}

void RuntimeApi::make_room() {
  if (connections_.size() < most_connections) return;
  const auto oldest = std::ranges::find(connections_, false, &Connection::is_known);
  if (oldest != connections_.end()) connections_.erase(oldest);
}

// Not more in one go than there is room for: others may come faster than we take them.
void RuntimeApi::accept_all() {
  pollfd wanted{.fd = listening_, .events = POLLIN, .revents = 0};
  for (std::size_t taken = 0; taken < most_connections && has_room(); ++taken) {
    if (poll(&wanted, 1, 0) <= 0) return;
    Descriptor socket(accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.is_open()) return;
    make_room();
    connections_.emplace_back(std::move(socket), limits_, word_.empty());
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
  if (!connection.head && !understand_head(connection)) return false;
  auto& parser = connection.parser;
  const auto taken = parser.read_body(connection.incoming, connection.body, longest_response + 1);
  if (!taken) {
    refuse_body(connection, http::status_of(taken.error()));
    return false;
  }
  connection.incoming.erase(0, *taken);
  return parser.is_done();
}

bool RuntimeApi::understand_head(Connection& connection) {
  std::size_t taken = 0;
  auto read = connection.parser.read_head(connection.incoming, taken);
  if (!read) {
    connection.ends = true;
    refuse(connection, http::status_of(read.error()), "InvalidRequest", "not HTTP/1.1");
    return false;
  }
  if (!*read) return false;
  connection.incoming.erase(0, taken);
  connection.head = **std::move(read);
  if (!admit(connection)) return false;
  if (const auto limited = connection.parser.limit_body(longest_response); !limited) {
    refuse_body(connection, http::status_of(limited.error()));
    return false;
  }
  if (connection.head->expects_continue) connection.outgoing += http::kContinue;
  return true;
}

// Nothing of a stranger's is taken, and nothing is done for him.
bool RuntimeApi::admit(Connection& connection) {
  if (word_.empty() || connection.head->request.path().starts_with("/" + word_ + "/")) {
    connection.is_known = true;
    return true;
  }
  connection.ends = true;
  refuse_unknown(connection);
  return false;
}

// "invocation/next"; empty: it is none of this API.
std::string_view RuntimeApi::operation_of(const Connection& connection) const {
  auto path = connection.head->request.path();
  if (!word_.empty()) path.remove_prefix(1 + word_.size());
  return path.starts_with(base) ? path.substr(base.size()) : std::string_view();
}

bool RuntimeApi::tells_of_current(const Connection& connection) const {
  if (current_.empty() || connection.head->request.method != "POST") return false;
  const auto operation = operation_of(connection);
  const auto end = end_of(operation);
  return (end == "response" || end == "error") &&
         operation == std::string(invocation).append(current_).append("/").append(end);
}

void RuntimeApi::handle(Connection& connection) {
  const auto operation = operation_of(connection);
  const auto end = end_of(operation);
  const auto& method = connection.head->request.method;
  if (method == "GET" && operation == "invocation/next") {
    connection.waits = true;
    if (event_) hand_out(connection);
  } else if (method == "POST" && operation == "init/error") {
    take(connection, Said::Kind::InitError);
  } else if (tells_of_current(connection)) {
    take(connection, end == "error" ? Said::Kind::Error : Said::Kind::Response);
  } else if (method == "POST" && operation.starts_with(invocation) &&
             (end == "response" || end == "error")) {
    refuse(connection, 400, "InvalidRequestID", "Invalid request ID");
  } else {
    refuse_unknown(connection);
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
  if (kind != Said::Kind::TooLarge) answer(connection, 202, status_ok);
}

// What is too large ends the invocation that it was for, and no other.
void RuntimeApi::refuse_body(Connection& connection, int status) {
  connection.ends = true;
  if (status != too_large) {
    return refuse(connection, status, "InvalidRequest", "not HTTP/1.1");
  }
  if (tells_of_current(connection)) take(connection, Said::Kind::TooLarge);
  refuse(connection, too_large, "RequestEntityTooLarge",
         "Exceeded maximum allowed payload size (6291556 bytes).");
}

void RuntimeApi::answer(Connection& connection, int status, std::string_view body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = body;
  http::append_head(connection.outgoing, response, {.keep_alive = true}, !connection.ends,
                    to_http_date(wall_.now()));
  connection.outgoing += response.body;
}

void RuntimeApi::refuse(Connection& connection, int status, std::string_view type,
                        std::string_view text) {
  answer(connection, status,
         R"({"errorMessage":")" + std::string(text) + R"(","errorType":")" + std::string(type) +
             R"("})");
}

void RuntimeApi::refuse_unknown(Connection& connection) {
  refuse(connection, 404, "NotFound", "There is no such operation");
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
