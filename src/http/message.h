#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/result.h"

namespace everseal::http {

struct Header {
  std::string name;  // as it was sent: "X-Amz-Date"
  std::string value;
};

// Header fields in their order, duplicates included. Names are compared without regard to case.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : headers_(headers) {}

  void add(std::string name, std::string value) {
    headers_.push_back({std::move(name), std::move(value)});
  }
  // Instead of all of that name.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);

  // The first of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name).has_value(); }
  std::size_t count(std::string_view name) const;

  auto begin() const { return headers_.begin(); }
  auto end() const { return headers_.end(); }
  std::size_t size() const { return headers_.size(); }
  bool empty() const { return headers_.empty(); }

 private:
  std::vector<Header> headers_;
};

// Whether two header names are the same: ASCII letters without regard to case.
bool same_name(std::string_view left, std::string_view right);

// What is known of a request before its body. HTTP/1.1 requests have exactly one Host header; the
// connection has refused others, and everything that makes the end of a body ambiguous.
struct RequestHead {
  std::string method{};  // as sent: "POST"
  std::string target{};  // as sent, not decoded: "/2015-03-31/functions/a%3Ab?Qualifier=1"
  Headers headers{};
  std::string peer{};   // address without port: "127.0.0.1", "::1"
  bool secure = false;  // came through TLS

  // The target's parts, as sent. An absolute target ("http://host/a?b") is taken without its host.
  std::string_view path() const;   // before the '?'; "/" when there is none
  std::string_view query() const;  // after the '?'; empty when there is none
};

// A request with its whole body.
struct Request {
  RequestHead head{};
  std::string body{};
};

// A body that is pulled piece by piece while it is sent, for answers that do not fit into memory.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // Fills some of `space` (64 KiB) and says how much; 0 is the end. Called by worker threads, never
  // by two at once, and only when the client has taken what came before. An error cuts the
  // connection, so that the client cannot take a part for the whole.
  virtual Result<std::size_t> read(std::span<std::uint8_t> space) = 0;
};

// An answer. The server adds Date, Content-Length or Transfer-Encoding, and Connection; it leaves
// out the body where there is none (HEAD, 204, 304). Control characters in headers become spaces.
struct Response {
  int status = 200;
  Headers headers{};
  std::string body{};
  // If there is one, it takes the place of `body`. With `length` the answer says Content-Length and
  // the source must give exactly that many octets; without, it is chunked. An answer to HEAD says
  // by `length` how long the body of GET is.
  std::unique_ptr<BodySource> source{};
  std::optional<std::uint64_t> length{};
  bool close = false;  // end the connection after this answer
};

// "Not Found" for 404; empty for a number that has no name.
std::string_view reason_phrase(int status);

}  // namespace everseal::http
