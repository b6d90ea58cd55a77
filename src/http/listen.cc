#include "http/listen.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

namespace everseal::http {
namespace {

namespace ip = boost::asio::ip;

std::optional<std::uint16_t> read_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

// "[::1]" without its brackets; a name that everybody knows as its address.
std::string_view read_address(std::string_view text) {
  if (text == "localhost") return "127.0.0.1";
  if (text.starts_with('[') && text.ends_with(']')) return text.substr(1, text.size() - 2);
  return text.find(':') == std::string_view::npos ? text : std::string_view{};
}

}  // namespace

Result<Listen> Listen::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto fault = [&] {
    return Fault::malformed(
        "an address to listen on looks like 127.0.0.1:4566 or [::1]:4566, not " +
        std::string(text));
  };
  if (colon == std::string_view::npos) return fault();
  const auto port = read_port(text.substr(colon + 1));
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(read_address(text.substr(0, colon))), error);
  if (error || !port) return fault();
  return Listen{.address = address.to_string(), .port = *port};
}

std::string Listen::text() const {
  const bool is_v6 = address.find(':') != std::string::npos;
  return (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

bool Listen::is_loopback() const {
  boost::system::error_code error;
  const auto parsed = ip::make_address(address, error);
  return !error && parsed.is_loopback();
}

}  // namespace everseal::http
