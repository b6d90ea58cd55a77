#include "http/client.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <utility>

#include "http/client_socket.h"
#include "tls/context.h"

namespace everseal::http {
namespace {

namespace beast = boost::beast;
using boost::system::error_code;

constexpr std::size_t kPortion = 64 * 1024;

// Collects one answer.
class Answer final : public beast::http::basic_parser<false> {
 public:
  Answer(std::size_t most_bytes, bool to_head) : most_bytes_(most_bytes) {
    eager(true);
    skip(to_head);
    body_limit(boost::none);
    header_limit(256 * 1024);
  }
  Response response;

  // Appends the octets; true when the answer is complete. `ended`: no more will come.
  Result<bool> take(std::string& octets, bool ended) {
    error_code error;
    if (!octets.empty()) {
      const auto taken = put(boost::asio::const_buffer(octets.data(), octets.size()), error);
      octets.erase(0, taken);
    }
    if (ended && !error && !is_done() && got_some()) put_eof(error);
    if (error && error != beast::http::error::need_more) {
      return Fault::malformed("the answer: " + error.message());
    }
    if (ended && !is_done()) return Fault::unavailable("the server ended the connection");
    return is_done();
  }

 private:
  void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int,
                       error_code&) override {}
  void on_response_impl(int code, beast::string_view, int, error_code&) override {
    response.status = code;
  }
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     error_code&) override {
    if (!is_header_done()) {
      response.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    }
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view octets, error_code& error) override {
    return append(octets, error);
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view octets,
                                 error_code& error) override {
    return append(octets, error);
  }
  void on_finish_impl(error_code&) override { response.close = !keep_alive(); }

  std::size_t append(beast::string_view octets, error_code& error) {
    if (response.body.size() + octets.size() > most_bytes_) error = beast::http::error::body_limit;
    response.body.append(octets.data(), octets.size());
    return octets.size();
  }

  const std::size_t most_bytes_;
};

bool is_one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

// Nothing in a head may begin a new line: it would be another header, or another request.
Outcome check_lines(const RequestHead& head) {
  bool fine = is_one_line(head.method) && is_one_line(head.target);
  for (const auto& [name, value] : head.headers) {
    fine = fine && is_one_line(name) && is_one_line(value);
  }
  if (!fine) return Fault::malformed("a line break in the head of a request");
  return {};
}

std::string request_text(const RequestHead& head, std::string_view body, const Url& url) {
  std::string text = head.method + " " + head.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : head.headers) text += name + ": " + value + "\r\n";
  if (!head.headers.contains("Host")) text += "Host: " + url.host_header() + "\r\n";
  const bool framed =
      head.headers.contains("Content-Length") || head.headers.contains("Transfer-Encoding");
  const bool needs_length = !body.empty() || head.method == "POST" || head.method == "PUT";
  if (!framed && needs_length) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text.append("\r\n").append(body);
}

class BlockingClient final : public Client {
 public:
  BlockingClient(Url url, const ClientOptions& options, std::shared_ptr<tls::ClientContext> tls)
      : url_(std::move(url)), options_(options), tls_(std::move(tls)) {}

  Result<Response> send(const RequestHead& head, std::string_view body) override {
    if (const auto fine = check_lines(head); !fine) return fine.error();
    const auto deadline = std::chrono::steady_clock::now() + options_.timeout;
    auto response = exchange(request_text(head, body, url_), head.method == "HEAD", deadline);
    if (!response || response->close) end();
    return response;
  }
  Result<Response> send(const RequestHead& head, BodySource& body, std::uint64_t length) override {
    if (const auto fine = check_lines(head); !fine) return fine.error();
    auto framed = head;
    framed.headers.set("Content-Length", std::to_string(length));
    auto response = stream(framed, body, length);
    if (!response || response->close) end();
    return response;
  }
  const Url& url() const override { return url_; }

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  Deadline soon() const { return std::chrono::steady_clock::now() + options_.timeout; }

  Result<Response> stream(const RequestHead& head, BodySource& body, std::uint64_t length) {
    if (const auto connected = connect(soon()); !connected) return connected.error();
    if (const auto said = say(request_text(head, "", url_), soon()); !said) return said.error();
    Bytes piece(kPortion);
    while (length > 0) {
      const auto count = body.read(piece);
      if (!count) return count.error();
      if (*count == 0 || *count > length) return Fault::broken("a body is not as long as was said");
      length -= *count;
      const auto said = say(as_text(ByteView(piece).first(*count)), soon());
      if (said) continue;
      auto early = hear(head.method == "HEAD", soon());
      if (!early) return said.error();
      early->close = true;
      return early;
    }
    return hear(head.method == "HEAD", soon());
  }

  Result<Response> exchange(std::string_view text, bool to_head, Deadline deadline) {
    if (const auto connected = connect(deadline); !connected) return connected.error();
    if (const auto said = say(text, deadline); !said) return said.error();
    return hear(to_head, deadline);
  }

  Result<Response> hear(bool to_head, Deadline deadline) {
    for (;;) {
      Answer answer{options_.most_bytes, to_head};
      const auto heard = listen(answer, deadline);
      const bool is_final = answer.is_header_done() && answer.response.status >= 200;
      if (!heard && (options_.needs_body || !is_final)) return heard.error();
      if (!answer.is_done()) answer.response.close = true;
      if (is_final) return std::move(answer.response);
    }
  }

  Outcome connect(Deadline deadline) {
    if (socket_) return {};
    auto socket = ClientSocket::connect(url_.host, url_.port, deadline, options_.may_reach);
    if (!socket) return socket.error();
    socket_.emplace(*std::move(socket));
    incoming_.clear();
    if (!tls_) return {};
    channel_ = tls_->connect(url_.host);
    return channel_->start();
  }

  void end() {
    channel_.reset();
    socket_.reset();
  }

  Outcome say(std::string_view text, Deadline deadline) {
    if (!channel_) return socket_->send(text, deadline);
    if (const auto sent = channel_->send(as_bytes(text)); !sent) return sent;
    return flush(deadline);
  }

  Outcome flush(Deadline deadline) {
    std::string wire;
    if (!channel_ || !channel_->take_outgoing(wire)) return {};
    return socket_->send(wire, deadline);
  }

  Outcome listen(Answer& answer, Deadline deadline) {
    bool ended = false;
    for (;;) {
      const auto complete = answer.take(incoming_, ended);
      if (!complete) return complete.error();
      const bool is_enough = answer.is_header_done() && !options_.needs_body;
      if (*complete || is_enough) return {};
      const auto more = receive(deadline);
      if (!more) return more.error();
      ended = !*more;
    }
  }

  // False: the server has ended the connection.
  Result<bool> receive(Deadline deadline) {
    std::array<char, kPortion> portion;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    const auto count = socket_->receive(portion, deadline);
    if (!count) return count.error();
    const std::string_view octets{portion.data(), *count};
    if (!channel_) {
      incoming_.append(octets);
      return *count > 0;
    }
    // An end without a goodbye may be an attacker's: what came is not complete.
    if (*count == 0) return Fault::unavailable("the server cut off the TLS connection");
    const auto heard = channel_->receive(as_bytes(octets), incoming_);
    const auto flushed = flush(deadline);
    if (!heard) return heard.error();
    if (!flushed) return flushed.error();
    return !channel_->is_closed_by_peer();
  }

  const Url url_;
  const ClientOptions options_;
  const std::shared_ptr<tls::ClientContext> tls_;
  std::optional<ClientSocket> socket_;
  std::unique_ptr<tls::Channel> channel_;
  std::string incoming_;
};

}  // namespace

Result<std::unique_ptr<Client>> Client::create(Url url, const ClientOptions& options) {
  std::shared_ptr<tls::ClientContext> tls;
  if (url.secure && options.tls) {
    tls = options.tls;
  } else if (url.secure) {
    auto context = tls::ClientContext::create(options.ca_file);
    if (!context) return context.error();
    tls = *std::move(context);
  }
  return std::unique_ptr<Client>(
      std::make_unique<BlockingClient>(std::move(url), options, std::move(tls)));
}

}  // namespace everseal::http
