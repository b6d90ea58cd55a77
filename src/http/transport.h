#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tls/context.h"

// For the .cc files of this folder only.
namespace everseal::http {

// An idle connection keeps small buffers only.
inline void slim(std::string& buffer) {
  constexpr std::size_t most = 16 * 1024;
  buffer.clear();
  if (buffer.capacity() > most) buffer.shrink_to_fit();
}

// A socket, and TLS on it if the client's first octet says so. Nothing here waits.
class Transport {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  // `tls` may be null: then clients that speak it are cut off.
  Transport(Socket socket, const tls::ServerContext* tls);

  enum class Got { Something, Nothing, End, Broken };
  // Appends to `plain` what has arrived. What TLS wants to say in turn waits for `flush`.
  Got read(std::string& plain);

  // Takes octets for the client; `flush` sends them.
  bool write(std::string_view plain);
  // The same, for much: does not copy where that can be avoided.
  bool write(std::string&& plain);

  enum class Sent { All, Some, Broken };
  Sent flush();

  // Calls once, unless the socket is closed before.
  template <class Ready>
  void when_readable(Ready ready) {
    wait(Socket::wait_read, std::move(ready));
  }
  template <class Ready>
  void when_writable(Ready ready) {
    wait(Socket::wait_write, std::move(ready));
  }

  // No more octets to the client; what it sends is still read.
  void end_sending();
  void close();
  bool is_open() const { return socket_.is_open(); }
  bool is_secure() const { return channel_ != nullptr; }
  std::string peer() const;
  boost::asio::any_io_executor executor() { return socket_.get_executor(); }

 private:
  template <class Ready>
  void wait(Socket::wait_type what, Ready ready) {
    socket_.async_wait(what,
                       [ready = std::move(ready)](const boost::system::error_code& error) mutable {
                         if (error != boost::asio::error::operation_aborted) ready();
                       });
  }
  Got decode(std::string_view octets, std::string& plain);

  Socket socket_;
  const tls::ServerContext* tls_;
  std::unique_ptr<tls::Channel> channel_;
  bool first_octet_seen_ = false;
  std::string outgoing_;  // as it goes over the wire
  std::size_t sent_ = 0;  // of outgoing_
};

}  // namespace everseal::http
