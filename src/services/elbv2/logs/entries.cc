#include "services/elbv2/logs/entries.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "clock/time_text.h"
#include "services/elbv2/log_objects.h"

namespace everseal::elbv2::logs {
namespace {

using gateway::Decision;
using gateway::Endpoint;
using gateway::Handshake;
using gateway::RequestRecord;
using std::chrono::milliseconds;

std::string or_none(std::string_view text) { return std::string(text.empty() ? "-" : text); }

// A backslash may be part of the form.
enum class Backslash { Octet, PartOfForm };

std::string shown(std::string_view text, Backslash backslash) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string all;
  for (const char letter : text) {
    const auto octet = static_cast<unsigned char>(letter);
    if (octet < 0x20 || octet > 0x7e || letter == '"' ||
        (letter == '\\' && backslash == Backslash::Octet)) {
      all.append("\\x").append(1, digits[octet >> 4]).append(1, digits[octet & 15]);
    } else {
      all += letter;
    }
  }
  return all;
}

std::string quoted(std::string_view text, Backslash backslash = Backslash::Octet) {
  return "\"" + shown(or_none(text), backslash) + "\"";
}

std::string padded(std::int64_t number, std::size_t length) {
  const auto digits = std::to_string(number);
  return std::string(length - std::min(length, digits.size()), '0') + digits;
}

std::string seconds(std::optional<milliseconds> time, std::string_view none) {
  if (!time) return std::string(none);
  return std::to_string(time->count() / 1000) + "." + padded(time->count() % 1000, 3);
}

std::string place_if_any(const std::optional<Endpoint>& endpoint) {
  return endpoint ? place(*endpoint) : "-";
}

std::string number(std::optional<int> value) { return value ? std::to_string(*value) : "-"; }

std::string type_of(const RequestRecord& request) {
  const bool has_tls = !request.tls_version.empty();
  if (request.status == 101) return has_tls ? "wss" : "ws";
  if (has_tls && request.version.starts_with("HTTP/2")) return "h2";
  return has_tls ? "https" : "http";
}

std::string_view without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  if (colon == std::string_view::npos) return host;
  return bracket != std::string_view::npos && bracket > colon ? host : host.substr(0, colon);
}

std::string joined(std::initializer_list<std::string_view> fields) {
  std::string line;
  for (const auto field : fields) line.append(line.empty() ? "" : " ").append(field);
  return line;
}

// "GET https://edge.example.com:443/v1/ping HTTP/1.1".
std::string request_line(const RequestRecord& request, std::string_view dns_name) {
  return or_none(request.method) + " " + url_of(request, dns_name) + " " + or_none(request.version);
}

}  // namespace

std::string visible(std::string_view text) { return shown(text, Backslash::Octet); }

std::string url_of(const RequestRecord& request, std::string_view dns_name) {
  const auto host = request.host.empty() ? dns_name : without_port(request.host);
  return (request.tls_version.empty() ? "http://" : "https://") + std::string(host) + ":" +
         std::to_string(request.here.port) + or_none(request.path);
}

std::string_view action_of(const RequestRecord& request) {
  switch (request.decision) {
    case Decision::None:
      break;
    case Decision::Forward:
      return "forward";
    case Decision::Redirect:
      return "redirect";
    case Decision::FixedResponse:
      return "fixed-response";
  }
  return "-";
}

std::string to_text(gateway::Instant at) {
  const auto millis = std::chrono::floor<milliseconds>(at);
  auto text = to_iso8601_millis(millis);
  return text.insert(text.size() - 1, padded((at - millis).count(), 3));
}

std::string place(const Endpoint& endpoint) {
  const bool is_v6 = endpoint.address.find(':') != std::string::npos;
  return (is_v6 ? "[" + endpoint.address + "]" : endpoint.address) + ":" +
         std::to_string(endpoint.port);
}

std::optional<int> status_of(const RequestRecord& request) {
  return request.client_left ? 460 : request.status;
}

std::string access_log_entry(const RequestRecord& request, std::string_view dns_name) {
  const auto target = place_if_any(request.target);
  const auto target_status = number(request.target_status);
  const auto length = [](std::uint64_t octets) { return std::to_string(octets); };
  return joined({type_of(request), to_text(request.ended_at), short_name(request.load_balancer),
                 place(request.client), target, seconds(request.request_time, "-1"),
                 seconds(request.target_time, "-1"), seconds(request.response_time, "-1"),
                 number(status_of(request)), target_status, length(request.received_octets),
                 length(request.sent_octets), quoted(request_line(request, dns_name)),
                 quoted(request.user_agent), or_none(request.tls_cipher),
                 or_none(request.tls_version), or_none(request.target_group), quoted(request.trace),
                 quoted(request.server_name), quoted(request.certificate), number(request.rule),
                 to_text(request.began_at), quoted(action_of(request)), quoted(request.location),
                 // No reason of the gateway's own is among those that are documented.
                 quoted("-"), quoted(target), quoted(target_status),
                 quoted(request.is_malformed ? "Severe" : "-"), quoted("-"),
                 request.connection.empty() ? "-" : "TID_" + request.connection, quoted("-"),
                 quoted("-"), quoted("-"), request.here.address});
}

std::string connection_log_entry(const gateway::ConnectionRecord& connection) {
  const bool has_failed =
      connection.handshake != Handshake::None && connection.handshake != Handshake::Success;
  const auto validity =
      connection.not_before.empty() || connection.not_after.empty()
          ? "-"
          : "NotBefore=" + connection.not_before + ";NotAfter=" + connection.not_after;
  return joined({to_text(connection.at), connection.client.address,
                 std::to_string(connection.client.port), std::to_string(connection.here.port),
                 or_none(connection.tls_version), or_none(connection.tls_cipher),
                 seconds(connection.handshake_time, "-"),
                 quoted(connection.subject, Backslash::PartOfForm), validity,
                 or_none(connection.serial_number),
                 (has_failed ? "Failed:" : "") + std::string(name_of(connection.handshake)),
                 "TID_" + connection.id,
                 "-",  // the group of the key exchange, which HAProxy does not tell
                 short_name(connection.load_balancer), connection.here.address});
}

}  // namespace everseal::elbv2::logs
