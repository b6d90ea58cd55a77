#include "http/transport.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <utility>

namespace everseal::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr char kTlsHandshake = 0x16;  // the first octet of a TLS record that begins a handshake
constexpr std::size_t kPortion = 64 * 1024;

bool would_block(const error_code& error) {
  return error == asio::error::would_block || error == asio::error::try_again ||
         error == asio::error::interrupted;
}

}  // namespace

Transport::Transport(Socket socket, const tls::ServerContext* tls)
    : socket_(std::move(socket)), tls_(tls) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Transport::Got Transport::read(std::string& plain) {
  thread_local std::array<char, kPortion> portion;  // one for all connections of an io thread
  error_code error;
  const auto count = socket_.read_some(asio::buffer(portion), error);
  if (would_block(error)) return Got::Nothing;
  if (error == asio::error::eof) return Got::End;
  if (error) return Got::Broken;
  return decode({portion.data(), count}, plain);
}

Transport::Got Transport::decode(std::string_view octets, std::string& plain) {
  if (!first_octet_seen_ && !octets.empty()) {
    first_octet_seen_ = true;
    if (octets.front() == kTlsHandshake) {
      if (tls_ == nullptr) return Got::Broken;
      channel_ = tls_->accept();
    }
  }
  if (!channel_) {
    plain.append(octets);
    return Got::Something;
  }
  const auto before = plain.size();
  if (!channel_->receive(as_bytes(octets), plain)) {
    flush();  // tells the client what is wrong
    return Got::Broken;
  }
  if (plain.size() > before) return Got::Something;
  return channel_->is_closed_by_peer() ? Got::End : Got::Nothing;
}

bool Transport::write(std::string_view plain) {
  if (channel_) return channel_->send(as_bytes(plain)).has_value();
  outgoing_.append(plain);
  return true;
}

bool Transport::write(std::string&& plain) {
  if (channel_ || !outgoing_.empty()) return write(std::string_view(plain));
  std::swap(outgoing_, plain);
  return true;
}

Transport::Sent Transport::flush() {
  if (channel_) channel_->take_outgoing(outgoing_);
  while (sent_ < outgoing_.size()) {
    error_code error;
    sent_ += socket_.write_some(asio::buffer(outgoing_) + sent_, error);
    if (would_block(error)) return Sent::Some;
    if (error) return Sent::Broken;
  }
  slim(outgoing_);
  sent_ = 0;
  return Sent::All;
}

void Transport::end_sending() {
  if (channel_) {
    channel_->close();
    flush();
  }
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void Transport::close() {
  error_code ignored;
  socket_.close(ignored);
}

std::string Transport::peer() const {
  error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  if (error) return {};
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace everseal::http
